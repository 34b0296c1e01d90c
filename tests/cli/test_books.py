"""balance, resolve, feedback and status --watch, as an operator types them."""

import csv
import io
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load
from digest.model.feedback import BounceClass, Event, EventKind
from digest.model.mail import Outcome, Receipt
from digest.pipeline.feedback import hear
from digest.sample.day import readers_csv
from tests.cli.conftest import Digest
from tests.cli.newsroom import NOW
from tests.cli.test_editions import begins_to_send

LOST = Receipt(outcome=Outcome.UNCERTAIN, detail="the connection broke")


def suppressed(newsroom: Path, *addresses: str) -> None:
    with opened(load(newsroom / "config.toml"), clock=clock(), progress=lambda *_: None) as app:
        for address in addresses:
            app.line.readers.suppress(address, reason='=HYPERLINK("http://x.example")', at=NOW)


FIRST = readers_csv().splitlines()[1].split(",")[0]


def test_the_balance_sheet_can_be_added_up_again(approved: Path, digest: Digest) -> None:
    suppressed(approved, FIRST)
    digest("send")
    said = digest("balance")
    assert said.code == 0
    assert "books exact" in said.out
    assert "HYPERLINK" in said.out
    rows = list(csv.DictReader(io.StringIO(digest("balance", "--csv").out)))
    assert Counter(row["state"] for row in rows) == {"accepted": 24, "suppressed": 1}
    (out,) = [row for row in rows if row["state"] == "suppressed"]
    assert (out["address"], out["batch"]) == (FIRST, "")
    assert out["reason"].startswith("'=HYPERLINK")
    assert all(row["batch"] and row["reference"] for row in rows if row["state"] == "accepted")


def test_books_that_are_open_say_so_by_their_exit_code_too(approved: Path, digest: Digest) -> None:
    batch = begins_to_send(approved, LOST)
    said = digest("balance")
    assert said.code == 4
    assert "books not" in said.out
    assert f"batch {batch}: uncertain the connection broke" in said.out


def test_the_books_of_an_edition_that_nobody_began_to_send_are_empty(approved: Path, digest: Digest) -> None:
    assert digest("balance").code == 0
    assert digest("balance", "--csv").out.splitlines() == ["delivery,address,state,reason,batch,reference,feedback"]


def test_the_sheet_is_a_page_too(approved: Path, digest: Digest, tmp_path: Path) -> None:
    suppressed(approved, FIRST)
    digest("send")
    page = tmp_path / "books.html"
    assert digest("balance", "--html", str(page)).out == f"wrote {page}\n"
    html = page.read_text(encoding="utf-8")
    assert "its books are <b>exact</b>" in html
    assert "=HYPERLINK(&#34;http" in html
    assert html.isascii()


def test_what_was_told_of_copies_stands_in_the_books(approved: Path, digest: Digest) -> None:
    digest("send")
    event = Event(
        provider="outbox",
        id="1",
        kind=EventKind.BOUNCED,
        at=NOW,
        bounce=BounceClass.SOFT,
        delivery_id=1,
        status="4.2.2",
    )
    with opened(load(approved / "config.toml"), clock=clock(NOW + timedelta(hours=1)), progress=lambda *_: None) as app:
        hear([event], line=app.line)
    assert "soft bounce" in digest("balance").out
    (row, *_) = csv.DictReader(io.StringIO(digest("balance", "--csv").out))
    assert row["feedback"] == "soft bounce"


def test_all_that_is_in_doubt_is_settled_at_once(approved: Path, digest: Digest) -> None:
    batch = begins_to_send(approved, LOST)
    assert digest("resolve", "all", "--accepted", "--by", "Ada").out == f"{batch}: accepted\n"
    again = digest("resolve", "all", "--accepted", "--by", "Ada")
    assert (again.code, again.err.count("no batch is uncertain")) == (2, 1)


def test_the_outbox_hears_of_no_bounce_and_says_so(approved: Path, digest: Digest) -> None:
    said = digest("feedback", "pull")
    assert said.code == 5
    assert "the outbox is a folder: it hears of no bounce" in said.err


def test_watching_ends_with_the_last_edition_that_is_sent(approved: Path, digest: Digest) -> None:
    digest("send")
    assert "sent" in digest("status", "--watch").out


def test_a_machine_does_not_watch(approved: Path, digest: Digest) -> None:
    assert digest("status", "--json", "--watch").code == 2


@pytest.mark.parametrize("said", ["", "daily"])
def test_a_watch_follows_what_is_sent_elsewhere(
    approved: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    batch = begins_to_send(approved, LOST)
    looks: list[float] = []

    def elsewhere(seconds: float) -> None:
        looks.append(seconds)
        digest_in_between("resolve", batch, "--accepted", "--by", "Ada")
        digest_in_between("send")

    digest_in_between = digest
    monkeypatch.setattr("digest.cli.status.time.sleep", elsewhere)
    options = ["--newsletter", said] if said else []
    assert "books exact" in digest("status", "--watch", *options).out
    assert len(looks) == 1

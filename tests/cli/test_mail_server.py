"""A morning with a mail server of one's own: sent, bounced, read from the mailbox, and in the books."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load as settings
from digest.sample.day import load
from digest.sample.server import SampleServer
from tests.cli.conftest import Digest
from tests.cli.newsroom import CONFIG, furnish
from tests.cli.serving import first_line, serving
from tests.mailbox.postfix import free_port
from tests.mailbox.site import BOUNCES, DOMAIN, Site, letters, site

ROOT = Path(__file__).parents[2]
HERE, GONE = (f"ada@{DOMAIN}", f"ben@{DOMAIN}"), f"gone@{DOMAIN}"
READERS = "email,name,frequency,consent_source\n" + "".join(
    f"{address},,daily,sign-up form\n" for address in (*HERE, GONE)
)


@pytest.fixture
def mail_site() -> Iterator[Site]:
    with site(HERE) as running:
        yield running


def configured(config: Path, mail_site: Site, *, port: int) -> None:
    """Write a newsroom's config for this mail server, with its pages on this port."""
    room = f'{CONFIG}public_url = "http://127.0.0.1:{port}"\n[serve]\nport = {port}\n'
    road = f'[provider]\nname = "smtp"\n[provider.smtp]\nhost = "localhost"\nport = {mail_site.server.port}\n'
    box = f'bounce_address = "{BOUNCES}"\nmaildir = "{mail_site.bounces}"\n'
    config.write_text(room + road + box, encoding="utf-8")


def test_a_reader_who_is_gone_bounces_and_is_written_to_no_more(
    digest: Digest, mail_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_site.trusted))
    with SampleServer(load(), now=clock()()) as server:
        config = furnish(tmp_path / "newsroom", server, readers=READERS)
        configured(config, mail_site, port=free_port())
        with serving("--config", str(config), "serve", cwd=ROOT) as pages:
            assert "127.0.0.1" in first_line(pages)
            assert "answers as ours" in digest("doctor").out
        sent = digest("run", "--at-once", "--newsletter", "daily")
    assert sent.code == 0, sent
    assert "sent, books exact" in sent.out
    mail_site.wait_for_mail(*HERE, "bounces+")
    assert len(letters(mail_site.inbox)) == len(HERE)

    first, again = digest("feedback", "pull"), digest("feedback", "pull")
    assert (first.code, again.code) == (0, 0)
    assert "1 new events, 1 addresses suppressed" in first.out
    assert "1 known already" in again.out

    books = digest("balance")
    assert (books.code, "books exact" in books.out, "hard bounce" in books.out) == (0, True, True)
    rows = list(csv.DictReader(io.StringIO(digest("balance", "--csv").out)))
    found = {row["address"]: (row["state"], row["feedback"]) for row in rows}
    assert found == dict.fromkeys(HERE, ("accepted", "")) | {GONE: ("accepted", "hard bounce")}
    with opened(settings(config), clock=clock(), progress=lambda *_: None) as app:
        assert app.line.readers.counts() == {"daily": {"active": 2, "suppressed": 1}}

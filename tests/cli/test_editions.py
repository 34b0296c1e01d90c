"""draft, show, explain, send, status and resolve, as a person types them."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load
from digest.edit.codec import dump
from digest.edit.codec import load as load_judgement
from digest.model.mail import Outcome, Receipt
from digest.model.news import Edit
from tests.cli.conftest import Digest
from tests.cli.folders import contents, header, mails, read
from tests.cli.newsroom import DAY, EDITOR, MOMENT, NOW


def state(digest: Digest) -> str:
    return str(json.loads(digest("status", "--json").out)["newsletters"][0]["state"])


def lead(digest: Digest) -> str:
    return str(json.loads(digest("show", "-f", "json").out)["lead"]["story_id"])


def begins_to_send(newsroom: Path, *receipts: Receipt) -> str:
    """Prepare the approved edition and settle its batch by these receipts; return the batch's id."""
    batch_id = ""
    now = clock()()
    with opened(load(newsroom / "config.toml"), clock=clock(), progress=lambda *_: None) as app:
        record = app.line.editions.latest("daily")
        assert record is not None
        app.line.ledger.prepare(record.id, list_domain="example.org", provider="outbox", batch_size=100, at=now)
        for receipt in receipts:
            batch = app.line.ledger.claim(record.id, worker="w", at=now, lease_seconds=60)
            assert batch is not None
            assert app.line.ledger.settle(batch, receipt, worker="w", at=now)
            batch_id = batch.id
    return batch_id


def test_a_draft_is_printed_and_kept(newsroom: Path, digest: Digest) -> None:
    said = digest("draft", "--now", MOMENT)
    assert said.code == 0
    assert "Subject" in said.out
    assert "Lead" in said.out
    assert "Left out:" in said.out
    assert said.out.rstrip().endswith(f"daily {DAY}: draft")
    assert state(digest) == "draft"


def test_a_dry_draft_touches_nothing(newsroom: Path, digest: Digest) -> None:
    before = contents(newsroom)
    said = digest("draft", "--dry-run", "--now", MOMENT)
    assert said.code == 0
    assert said.out.rstrip().endswith("(a dry run: not kept)")
    assert contents(newsroom) == before


def test_a_draft_that_is_held_stays_held_when_it_is_drafted_anew(drafted: Path, digest: Digest) -> None:
    assert digest("hold").code == 0
    assert digest("draft", "--now", MOMENT).code == 0
    assert state(digest) == "held"


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("html", "<!doctype html>"), ("text", "THE DAILY ROUND-UP"), ("json", "{"), ("table", "Sub")],
)
def test_an_edition_is_shown_in_the_format_asked_for(drafted: Path, digest: Digest, form: str, beginning: str) -> None:
    said = digest("show", "--format", form)
    assert (said.code, said.err) == (0, "")
    assert said.out.lower().startswith(beginning.lower())


def test_a_message_shown_is_whole_and_addressed_to_nobody(drafted: Path, digest: Digest) -> None:
    message = read(digest("show", "-f", "eml").out.encode())
    assert header(message, "To") == "A Reader <reader@example.org>"
    assert header(message, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_there_is_no_mail_of_an_empty_edition(newsroom: Path, digest: Digest) -> None:
    assert digest("draft", "--now", "2026-06-15T05:30:00Z").code == 0
    assert "empty edition" in digest("show").out
    said = digest("show", "-f", "eml")
    assert said.code == 2
    assert "there is no mail to show" in said.err


def test_a_story_is_explained_with_points_that_add_up(drafted: Path, digest: Digest) -> None:
    said = digest("explain", lead(digest))
    assert said.code == 0
    assert "printed as Lead" in said.out
    points = [int(found) for found in re.findall(r"│ +([+-]\d+) │$", said.out, re.MULTILINE)]
    assert len(points) > 3
    assert f"{sum(points)} points" in said.out


def test_a_left_out_story_is_explained_too(drafted: Path, digest: Digest) -> None:
    left_out = json.loads(digest("show", "-f", "json").out)["left_out"][-1]
    said = digest("explain", left_out["story_id"])
    assert f"left out: {left_out['why']}" in said.out
    assert re.search(r"\d+ more points? would move it above \w+: ", said.out)


def test_what_publishers_changed_and_what_is_kept_of_their_articles_is_shown(drafted: Path, digest: Digest) -> None:
    with opened(load(drafted / "config.toml"), clock=clock(NOW), progress=lambda *_: None) as app:
        record = app.line.editions.latest("daily")
        assert record is not None
        judgement = load_judgement(record.edition_json)
        ranked = judgement.ranked[0]
        first, *others = ranked.story.items
        kept = replace(first, raw_date="Friday, early", text="The library stays open. " * 20)
        told = replace(ranked, story=replace(ranked.story, items=(kept, *others)))
        spoilt = replace(judgement, ranked=(told, *judgement.ranked[1:]))
        assert app.line.editions.replace_draft(
            record.id, judgement.edition, dump(spoilt), record.email,
            expected=record.state, state=record.state, reason="", at=NOW,
        )  # fmt: skip
        app.line.items.save_items(
            [],
            edits=[
                Edit(item_id=first.id, at=NOW, field="title", before="Library to close", after="Library stays [open]"),
                Edit(item_id="somebody-else", at=NOW, field="title", before="x", after="y"),
            ],
        )
    said = digest("explain", ranked.story.id)
    assert f"\n{first.id[:8]} {first.publisher}\n  {first.url}\n" in said.out
    assert "UTC (in the feed: «Friday, early»), first seen " in said.out
    assert "  15 May 2026 05:30 UTC: title «Library to close» became «Library stays [open]»\n" in said.out
    assert "  article: The library stays open. The library" in said.out
    assert "… (480 characters are kept)\n" in said.out
    assert said.out.count("became") == 1
    for_machines = json.loads(digest("explain", ranked.story.id, "--json").out)
    assert for_machines["story"]["items"][0]["text"] == kept.text
    assert (for_machines["place"], for_machines["score"]) == (1, ranked.score)
    assert for_machines["fate"] == "printed as Lead"
    assert [edit["after"] for edit in for_machines["edits"]] == ["Library stays [open]"]


@pytest.mark.parametrize("story", ["", "zzz", "0123456789abcdef0123"])
def test_an_unknown_story_is_refused(drafted: Path, digest: Digest, story: str) -> None:
    said = digest("explain", story)
    assert said.code == 2
    assert f"no story is called {story!r}" in said.err


def test_a_beginning_that_several_stories_share_is_refused_with_their_ids(drafted: Path, digest: Digest) -> None:
    edition = json.loads(digest("show", "-f", "json").out)
    ids = {one["story_id"] for one in edition["left_out"] + edition["five"]}
    shared = next(first for first in "abcdef" if sum(one.startswith(first) for one in ids) > 1)
    said = digest("explain", shared)
    assert said.code == 2
    assert f"{shared!r} may be {shared}" in said.err


@pytest.mark.parametrize(("place", "number"), [("lead", 0), ("1", 0), ("3", 2)])
def test_a_story_is_explained_by_its_place(drafted: Path, digest: Digest, place: str, number: int) -> None:
    edition = json.loads(digest("show", "-f", "json").out)
    story_id = [edition["lead"], *edition["five"]][number]["story_id"]
    assert f"Story {story_id}, no. " in digest("explain", place).out


def test_a_place_that_the_edition_has_not_is_refused(drafted: Path, digest: Digest) -> None:
    said = digest("explain", "99")
    assert (said.code, "has no place 99" in said.err) == (2, True)


def test_sending_hands_over_one_copy_each_and_again_nothing(approved: Path, digest: Digest) -> None:
    said = digest("send")
    assert said.code == 0
    assert f"daily {DAY}: sent, books exact" in said.out
    before = contents(approved / "var" / "outbox")
    assert sum(name.endswith(".eml") for name in before) == 25
    again = digest("send")
    assert again.code == 2
    assert "is sent; only an approved one can be sent" in again.err
    assert contents(approved / "var" / "outbox") == before


@pytest.mark.parametrize(
    ("command", "mend"), [("hold", "`digest approve --by NAME` signs it"), ("cancel", "`digest status` shows")]
)
def test_what_cannot_be_sent_says_what_to_do_instead(drafted: Path, digest: Digest, command: str, mend: str) -> None:
    assert digest(command, "--by", "Ada").code == 0
    said = digest("send")
    assert said.code == 2
    assert mend in said.err


def test_an_edition_that_is_being_sent_pauses_and_goes_on(approved: Path, digest: Digest) -> None:
    begins_to_send(approved)
    assert digest("hold", "--reason", "a wrong name").out == f"daily {DAY}: paused\n"
    refused = digest("send")
    assert refused.code == 2
    assert "`digest resume` lets it go on" in refused.err
    assert digest("run", "--at-once", "--now", MOMENT).code == 3
    assert digest("resume").out == f"daily {DAY}: sending\n"
    assert digest("send").code == 0
    assert state(digest) == "sent"


def test_a_proof_goes_to_an_editor_is_marked_and_touches_no_ledger(drafted: Path, digest: Digest) -> None:
    said = digest("send", "--test", EDITOR)
    assert said.code == 0
    assert said.out == f"1 proofs of daily {DAY} sent.\n"
    (path,) = (drafted / "var" / "outbox").rglob("proof-*.eml")
    message = read(path.read_bytes())
    assert header(message, "To") == EDITOR
    assert header(message, "Subject").startswith("Proof: ")
    assert state(digest) == "draft"


def test_a_proof_goes_to_nobody_but_editors(drafted: Path, digest: Digest) -> None:
    said = digest("send", "--test", EDITOR, "--test", "stranger@example.org")
    assert said.code == 2
    assert "stranger@example.org is not an editor's address" in said.err
    assert list(drafted.rglob("*.eml")) == []


def test_the_status_shows_history_books_and_readers(approved: Path, digest: Digest) -> None:
    digest("send")
    said = digest("status")
    assert "approved by Ada" in said.out
    assert "candidates" in said.out
    assert "weekly: no edition yet" in said.out
    assert "Readers  daily: 25 active; weekly: 8 active" in said.out


def test_the_status_for_machines_holds_the_same(approved: Path, digest: Digest) -> None:
    digest("send")
    told = json.loads(digest("status", "--json", "--newsletter", "daily").out)
    assert told["readers"]["daily"] == {"active": 25}
    (daily,) = told["newsletters"]
    assert (daily["newsletter"], daily["day"], daily["state"]) == ("daily", DAY, "sent")
    assert len(daily["sha256"]) == 64
    assert (daily["balance"]["accepted"], daily["balance"]["is_exact"], daily["open_batches"]) == (25, True, [])
    assert [header(one, "Subject") for one in mails(approved)] == [header(mails(approved)[0], "Subject")] * 25


def test_the_status_of_one_day_is_that_of_every_newsletter(drafted: Path, digest: Digest) -> None:
    said = digest("status", "--day", DAY)
    assert said.code == 0
    assert "Friday 15 May 2026: draft" in said.out
    assert "weekly: no edition yet" in said.out


@pytest.mark.parametrize("command", [("show",), ("explain", "1"), ("approve", "--by", "Ada"), ("status",), ("send",)])
def test_an_unknown_newsletter_is_refused_with_the_known_ones(
    newsroom: Path, digest: Digest, command: tuple[str, ...]
) -> None:
    said = digest(*command, "--newsletter", "hourly")
    assert said.code == 2
    assert "there is no newsletter 'hourly'. Mend: write --newsletter with one of: daily, weekly." in said.err


@pytest.mark.parametrize("command", [("show",), ("explain", "1"), ("approve", "--by", "Ada"), ("status",), ("send",)])
def test_a_day_that_is_none_is_refused(newsroom: Path, digest: Digest, command: tuple[str, ...]) -> None:
    said = digest(*command, "--day", "Friday")
    assert said.code == 2
    assert "'Friday' is no date" in said.err


@pytest.mark.parametrize("day", ["", "2026-05-14"])
def test_an_edition_that_is_not_there_says_how_to_make_one(newsroom: Path, digest: Digest, day: str) -> None:
    said = digest("show", "--day", day)
    assert said.code == 2
    assert "daily has no edition" in said.err
    assert "`digest run --at-once` makes one" in said.err


def test_a_lost_answer_is_settled_by_an_operators_word(approved: Path, digest: Digest) -> None:
    batch = begins_to_send(approved, Receipt(outcome=Outcome.UNCERTAIN, detail="the connection broke"))
    assert f"batch {batch}: uncertain the connection broke" in digest("status").out
    assert list(approved.rglob("*.eml")) == []
    assert digest("resolve", batch, "--accepted", "--by", "Ada").code == 0
    assert digest("send").code == 0
    assert list(approved.rglob("*.eml")) == []
    again = digest("resolve", batch, "--accepted", "--by", "Ada")
    assert again.code == 2
    assert "is not uncertain" in again.err


def test_a_batch_that_never_arrived_is_sent_by_an_operators_word(approved: Path, digest: Digest) -> None:
    batch = begins_to_send(approved, Receipt(outcome=Outcome.UNCERTAIN, detail="the connection broke"))
    assert digest("resolve", batch, "--absent", "--by", "Ada").code == 0
    assert digest("send").code == 0
    assert len(mails(approved)) == 25


def test_what_the_outbox_did_not_answer_for_is_written_again_without_a_word(approved: Path, digest: Digest) -> None:
    begins_to_send(approved, Receipt(outcome=Outcome.UNCERTAIN, detail="the connection broke"))
    assert digest("send").code == 0
    assert len(mails(approved)) == 25


def test_nothing_is_resolved_without_saying_how(approved: Path, digest: Digest) -> None:
    said = digest("resolve", "x", "--by", "Ada")
    assert said.code == 2
    assert "--accepted" in said.err


def test_one_newsletter_that_is_not_daily_needs_no_name(newsroom: Path, digest: Digest) -> None:
    (newsroom / "schedules" / "daily.toml").unlink()
    assert digest("draft", "--now", MOMENT).out.rstrip().endswith(f"weekly {DAY}: draft")
    (newsroom / "schedules" / "weekly.toml").rename(newsroom / "schedules" / "north.toml")
    (newsroom / "schedules" / "south.toml").write_bytes((newsroom / "schedules" / "north.toml").read_bytes())
    said = digest("draft", "--now", MOMENT)
    assert said.code == 2
    assert "it is not said which newsletter is meant. Mend: write --newsletter with one of: north, south." in said.err

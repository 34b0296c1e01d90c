"""What the checks say of an edition in the store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.edit.codec import dump, load
from digest.errors import ChecksFailed
from digest.model.mail import EditionRecord, EditionState
from digest.pipeline.approve import approve
from digest.pipeline.checking import findings
from digest.pipeline.draft import draft
from digest.pipeline.gather import collect_now
from digest.pipeline.send import send
from tests.pipeline.conftest import DAILY, SOURCES, Room

FRIDAY = date(2026, 5, 15)


def drafted(room: Room) -> EditionRecord:
    collect_now(room.line, room.clock.now)
    return draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)


def told_again(room: Room, first: EditionRecord) -> EditionRecord:
    """The same edition once more on the Monday after, as a faulty edit would leave it."""
    judgement = load(first.edition_json)
    monday = FRIDAY + timedelta(days=3)
    again = replace(judgement, edition=replace(judgement.edition, day=monday))
    content = (again.edition, dump(again), first.email)
    assert room.line.editions.create(*content, state=EditionState.DRAFT, reason="", at=room.clock.now)
    record = room.line.editions.find(first.newsletter, monday)
    assert record is not None
    return record


def test_a_small_mornings_letter_has_advice_and_no_errors(room: Room) -> None:
    assert {finding.severity.value for finding in findings(drafted(room), line=room.line)} == {"advice"}


def test_news_that_the_last_edition_told_cannot_be_signed(room: Room) -> None:
    first = approve(drafted(room), by="Ada", now=room.clock.now, line=room.line)
    send(first, line=room.line)
    again = told_again(room, first)
    found = findings(again, line=room.line)
    assert {finding.check for finding in found if finding.severity == "error"} == {"repeats"}
    with pytest.raises(ChecksFailed, match="was told on 2026-05-15"):
        approve(again, by="Ada", now=room.clock.now, line=room.line)
    assert room.line.editions.get(again.id).state is EditionState.DRAFT


def test_what_nobody_was_sent_was_not_told(room: Room) -> None:
    again = told_again(room, drafted(room))
    assert {finding.severity.value for finding in findings(again, line=room.line)} == {"advice"}


def test_an_empty_edition_has_no_findings(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    assert findings(drafted(room), line=room.line) == ()


@pytest.mark.parametrize(("template", "is_measured"), [("daily", True), ("weekly", False), ("", True)])
def test_the_length_is_judged_where_the_newsletter_is_printed_as_a_daily(
    room: Room, template: str, is_measured: bool
) -> None:
    """A newsletter that has left the config is taken for a daily."""
    record = drafted(room)
    schedules = (replace(DAILY, template=template),) if template else ()
    line = replace(room.line, newsroom=replace(room.line.newsroom, schedules=schedules))
    assert ("count" in {finding.check for finding in findings(record, line=line)}) == is_measured

"""What editors may look at on a day: the signed bytes, the draft in the templates of now, or what a draft would be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.app.shipped import templates
from digest.errors import UsageError
from digest.model.mail import EditionState
from digest.pipeline.approve import approve
from digest.pipeline.draft import draft, judge
from digest.pipeline.gather import collect_now
from digest.pipeline.preview import Basis, Preview, preview
from digest.pipeline.withhold import cancel
from digest.render.templates import environment
from tests.pipeline.conftest import DAILY, Room

FRIDAY = date(2026, 5, 15)


def seen(room: Room, day: date = FRIDAY) -> Preview:
    return preview(DAILY, day=day, now=room.clock.now, line=room.line)


def with_another_layout(room: Room) -> Room:
    texts = {name: text.replace("<body", '<body data-anew="1"', 1) for name, text in templates().items()}
    return room.with_newsroom(templates=environment(texts))


def test_before_the_draft_it_is_what_a_draft_would_be_and_nothing_is_kept(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    found = seen(room)
    drafted = judge(DAILY, day=FRIDAY, now=room.clock.now, line=room.line)
    assert (found.basis, found.record) == (Basis.NOW, None)
    assert (found.judgement, found.email, found.findings) == (drafted.judgement, drafted.email, drafted.findings)
    assert room.line.editions.find("daily", FRIDAY) is None


def test_a_draft_is_printed_anew_in_the_templates_of_now(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    record = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    found = seen(with_another_layout(room))
    assert found.basis is Basis.DRAFT
    assert found.email is not None
    assert record.email is not None
    assert "data-anew" in found.email.html
    assert found.email.html.replace(' data-anew="1"', "") == record.email.html
    assert room.line.editions.find("daily", FRIDAY) == record


def test_signed_bytes_are_shown_as_they_are_whatever_the_templates_say_now(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    record = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    signed = approve(record, by="Ada", now=room.clock.now, line=room.line)
    found = seen(with_another_layout(room))
    assert (found.basis, found.email, found.record) == (Basis.FROZEN, signed.email, signed)


def test_a_cancelled_draft_is_kept_as_it_was(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    record = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    cancel(record, by="Ada", reason="no news", now=room.clock.now, line=room.line)
    found = seen(with_another_layout(room))
    assert (found.basis, found.email) == (Basis.FROZEN, record.email)


def test_the_checks_look_at_what_is_shown(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    texts = templates()
    broken = {**texts, "layout.html.j2": texts["layout.html.j2"].replace(' lang="en-GB"', "", 1)}
    before = {finding.check for finding in seen(room).findings}
    after = {finding.check for finding in seen(room.with_newsroom(templates=environment(broken))).findings}
    assert "language" in after - before


def test_an_empty_edition_has_no_letter_and_no_findings(room: Room) -> None:
    record = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    found = seen(room)
    assert record.state is EditionState.EMPTY
    assert (found.basis, found.email, found.findings) == (Basis.DRAFT, None, ())


def test_another_day_without_an_edition_has_nothing_to_show(room: Room) -> None:
    with pytest.raises(UsageError, match="daily has no edition of 2026-05-14"):
        seen(room, FRIDAY - timedelta(days=1))


def test_today_is_the_newsletter_s_own_day(room: Room) -> None:
    far = replace(DAILY, timezone="Pacific/Kiritimati")
    found = preview(far, day=FRIDAY, now=room.clock.now, line=room.line)
    assert (found.day, found.basis) == (FRIDAY, Basis.NOW)
    with pytest.raises(UsageError):
        preview(far, day=FRIDAY - timedelta(days=1), now=room.clock.now, line=room.line)

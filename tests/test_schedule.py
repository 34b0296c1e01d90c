"""Days and hours: clock changes, leap days, bank holidays, recess, lateness."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Closed, Policy, Recess, Schedule, Slot
from digest.schedule import Action, hours, local_day, missed_days, slot, step

DAILY = Schedule(
    newsletter="daily",
    title="The Daily",
    weekdays=(0, 1, 2, 3, 4),
    draft_at=time(6, 30),
    deadline=time(7, 30),
    policy=Policy.SEND,
    timezone="Europe/London",
    late_after_hours=3,
    window_hours=26,
    holidays="ENG",
)
SUNDAYS_TOO = replace(DAILY, weekdays=tuple(range(7)), holidays="")
FRIDAY = date(2026, 5, 15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def record(state: EditionState, *, day: date = FRIDAY, approved_at: datetime | None = None) -> EditionRecord:
    return EditionRecord(
        id=1,
        newsletter="daily",
        day=day,
        state=state,
        reason="because",
        email=None,
        sha256="",
        edition_json="{}",
        drafted_at=None,
        approved_at=approved_at,
        approved_by="",
        provider="",
        prepared_at=None,
    )


def open_slot(schedule: Schedule, day: date) -> Slot:
    found = slot(schedule, day)
    assert isinstance(found, Slot)
    return found


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), "07:30"),
        (date(2026, 3, 29), "06:30"),  # the clocks went forward this night: 07:30 is 06:30 UTC
        (date(2026, 10, 24), "06:30"),
        (date(2026, 10, 25), "07:30"),  # the clocks went back this night
        (date(2028, 2, 29), "07:30"),
    ],
)
def test_the_deadline_is_at_half_past_seven_on_the_wall_every_day(day: date, utc: str) -> None:
    assert f"{open_slot(SUNDAYS_TOO, day).deadline:%H:%M}" == utc


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_a_day_of_odd_length_has_one_draft_one_policy_and_one_local_day(day: date) -> None:
    appointment = open_slot(SUNDAYS_TOO, day)
    assert appointment.deadline - appointment.draft_at == timedelta(hours=1)
    assert local_day(SUNDAYS_TOO, appointment.draft_at) == day
    assert step(SUNDAYS_TOO, now=appointment.draft_at, record=None).action is Action.DRAFT
    drafted = record(EditionState.DRAFT, day=day)
    assert step(SUNDAYS_TOO, now=appointment.deadline, record=drafted).action is Action.APPLY_POLICY


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 5, 16), "does not appear on a Saturday"),
        (date(2026, 5, 25), "bank holiday (Spring Bank Holiday)"),
        (date(2026, 12, 28), "bank holiday (Boxing Day"),
        (date(2026, 7, 23), "recess (summer)"),
        (date(2026, 5, 14), "listed under skip"),
    ],
)
def test_a_day_without_an_edition_says_why(day: date, why: str) -> None:
    recess = Recess(name="summer", first=date(2026, 7, 22), last=date(2026, 9, 1))
    found = slot(replace(DAILY, recess=(recess,), skip=(date(2026, 5, 14),)), day)
    assert isinstance(found, Closed)
    assert why in found.why


def test_recess_includes_both_its_days_and_no_other() -> None:
    recess = Recess(name="summer", first=date(2026, 7, 22), last=date(2026, 7, 23))
    schedule = replace(DAILY, recess=(recess,))
    kinds = [type(slot(schedule, date(2026, 7, day))) for day in (21, 22, 23, 24)]
    assert kinds == [Slot, Closed, Closed, Slot]


def test_before_the_hour_nothing_is_due_and_the_reason_names_the_hour() -> None:
    found = step(DAILY, now=at("2026-05-15T05:29:59Z"), record=None)
    assert (found.action, found.why) == (Action.NOTHING, "drafting begins at 06:30 Europe/London")


@pytest.mark.parametrize(
    ("state", "now", "action"),
    [
        (EditionState.DRAFT, "2026-05-15T06:29:59Z", Action.NOTHING),
        (EditionState.DRAFT, "2026-05-15T06:30:00Z", Action.APPLY_POLICY),
        (EditionState.DRAFT, "2026-05-15T10:00:00Z", Action.HOLD),
        (EditionState.APPROVED, "2026-05-15T06:00:00Z", Action.NOTHING),
        (EditionState.APPROVED, "2026-05-15T06:30:00Z", Action.SEND),
        (EditionState.APPROVED, "2026-05-15T10:00:00Z", Action.HOLD),
        (EditionState.SENDING, "2026-05-15T23:00:00Z", Action.SEND),
        (EditionState.SENDING, "2026-05-16T09:31:00Z", Action.HOLD),
        (EditionState.HELD, "2026-05-15T06:30:00Z", Action.NOTHING),
        (EditionState.PAUSED, "2026-05-15T06:30:00Z", Action.NOTHING),
        (EditionState.SENT, "2026-05-15T06:30:00Z", Action.NOTHING),
        (EditionState.EMPTY, "2026-05-15T06:30:00Z", Action.DRAFT),
        (EditionState.EMPTY, "2026-05-15T10:00:00Z", Action.NOTHING),
    ],
)
def test_each_state_has_its_step(state: EditionState, now: str, action: Action) -> None:
    assert step(DAILY, now=at(now), record=record(state)).action is action


def test_a_machine_that_was_off_until_eleven_drafts_and_then_holds() -> None:
    eleven = at("2026-05-15T10:00:00Z")
    assert step(DAILY, now=eleven, record=None).action is Action.DRAFT
    held = step(DAILY, now=eleven, record=record(EditionState.DRAFT))
    assert held.action is Action.HOLD
    assert "late: it was due at 07:30 Europe/London" in held.why


def test_who_signs_a_late_edition_means_it() -> None:
    signed = record(EditionState.APPROVED, approved_at=at("2026-05-15T10:05:00Z"))
    assert step(DAILY, now=at("2026-05-15T10:06:00Z"), record=signed).action is Action.SEND


def test_an_edition_half_sent_is_finished_although_its_day_was_closed_meanwhile() -> None:
    schedule = replace(DAILY, skip=(FRIDAY,))
    assert step(schedule, now=at("2026-05-15T06:30:00Z"), record=record(EditionState.SENDING)).action is Action.SEND
    assert step(schedule, now=at("2026-05-15T06:30:00Z"), record=record(EditionState.DRAFT)).action is Action.NOTHING


@pytest.mark.parametrize(
    ("now", "action"), [("2026-05-19T05:00:00Z", Action.SEND), ("2026-05-19T05:01:00Z", Action.HOLD)]
)
def test_what_a_person_resumed_has_a_day_more(now: str, action: Action) -> None:
    resumed = at("2026-05-18T05:00:00Z")
    assert step(DAILY, now=at(now), record=record(EditionState.SENDING), sending_since=resumed).action is action


def test_yesterdays_draft_is_held_today() -> None:
    assert step(DAILY, now=at("2026-05-18T05:00:00Z"), record=record(EditionState.DRAFT)).action is Action.HOLD


def test_missed_days_are_those_on_which_it_should_have_appeared() -> None:
    assert missed_days(DAILY, after=date(2026, 5, 21), before=date(2026, 5, 27)) == (
        date(2026, 5, 22),
        date(2026, 5, 26),
    )


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        ((0, 1, 2, 3, 4), "Monday to Friday at 07:30"),
        ((5,), "Saturday at 07:30"),
        ((0, 3), "Monday and Thursday at 07:30"),
        ((0, 2, 4), "Monday, Wednesday and Friday at 07:30"),
    ],
)
def test_the_hours_are_said_in_words(weekdays: tuple[int, ...], words: str) -> None:
    assert hours(replace(DAILY, weekdays=weekdays)) == words


def test_a_late_hour_is_measured_in_utc() -> None:
    assert open_slot(DAILY, FRIDAY).late_after == datetime(2026, 5, 15, 9, 30, tzinfo=UTC)

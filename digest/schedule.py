"""Hours and days -> the slot of a day, and the one step that is due now.

Everything a tick decides about time is decided here, from values: the schedule, the instant and
the edition as it stands. Nothing here acts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Closed, Schedule, Slot

STALE_AFTER = timedelta(days=1)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Action(StrEnum):
    """What a tick does next for one newsletter."""

    NOTHING = "nothing"
    DRAFT = "draft"
    APPLY_POLICY = "apply policy"
    SEND = "send"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action and the reason for it, in words an operator can read."""

    action: Action
    why: str


def slot(schedule: Schedule, day: date) -> Slot | Closed:
    """Return the appointment of `schedule` on the local `day`, or why there is none.

    Wall-clock times become instants by the zone's own rules, so an edition at 07:30 is at 07:30
    on both clock-change days.
    """
    why = _closed_because(schedule, day)
    if why:
        return Closed(newsletter=schedule.newsletter, day=day, why=why)
    deadline = _instant(day, schedule.deadline, schedule.timezone)
    return Slot(
        newsletter=schedule.newsletter,
        day=day,
        timezone=schedule.timezone,
        draft_at=_instant(day, schedule.draft_at, schedule.timezone),
        deadline=deadline,
        late_after=deadline + timedelta(hours=schedule.late_after_hours),
    )


def local_day(schedule: Schedule, now: datetime) -> date:
    """Return the date on the newsroom's calendar at the instant `now`: the key of an edition."""
    return now.astimezone(ZoneInfo(schedule.timezone)).date()


def step(
    schedule: Schedule, *, now: datetime, record: EditionRecord | None, sending_since: datetime | None = None
) -> Step:
    """Return what is due for one edition: today's when `record` is None (not drafted yet), else the record's.

    `sending_since` is when its sending was begun, or resumed by a person: that gives it a day more. An edition
    that is being sent is finished even when its day has since been closed in the schedule.
    """
    appointment = slot(schedule, record.day if record else local_day(schedule, now))
    if isinstance(appointment, Slot):
        if record is None:
            return _before_draft(appointment, now)
        return _due(appointment, now=now, record=record, sending_since=sending_since)
    if record and record.state is EditionState.SENDING:
        return Step(action=Action.SEND, why="sending was begun and not finished")
    return Step(action=Action.NOTHING, why=f"no edition on {appointment.day}: {appointment.why}")


def hours(schedule: Schedule) -> str:
    """Return when the newsletter appears, in words for its footer: «Monday to Friday at 07:30»."""
    days = [WEEKDAYS[day] for day in sorted(schedule.weekdays)]
    is_run = len(days) > 2 and max(schedule.weekdays) - min(schedule.weekdays) == len(days) - 1
    listed = f"{days[0]} to {days[-1]}" if is_run else " and ".join(filter(None, (", ".join(days[:-1]), days[-1])))
    return f"{listed} at {schedule.deadline:%H:%M}"


def missed_days(schedule: Schedule, *, after: date, before: date) -> tuple[date, ...]:
    """Return the days between `after` and `before` (neither included) on which an edition should have appeared."""
    days = (after + timedelta(days=n) for n in range(1, (before - after).days))
    return tuple(day for day in days if isinstance(slot(schedule, day), Slot))


def _due(appointment: Slot, *, now: datetime, record: EditionRecord, sending_since: datetime | None) -> Step:
    is_late = now > appointment.late_after
    match record.state:
        case EditionState.EMPTY if not is_late:
            return Step(action=Action.DRAFT, why="empty so far, and there is still time for news to come in")
        case EditionState.DRAFT if is_late:
            return Step(action=Action.HOLD, why=_late(appointment))
        case EditionState.DRAFT if now >= appointment.deadline:
            return Step(action=Action.APPLY_POLICY, why="the deadline has come and nobody has signed or held the draft")
        case EditionState.APPROVED if is_late and not _was_signed_late(record, appointment):
            return Step(action=Action.HOLD, why=_late(appointment))
        case EditionState.APPROVED if now >= appointment.deadline:
            return Step(action=Action.SEND, why="approved, and its hour has come")
        case EditionState.SENDING if now > _stale_after(record, appointment, sending_since):
            return Step(
                action=Action.HOLD, why="half sent, and more than a day old: resume it only if it is still news"
            )
        case EditionState.SENDING:
            return Step(action=Action.SEND, why="sending was begun and not finished")
        case EditionState.DRAFT | EditionState.APPROVED:
            return Step(
                action=Action.NOTHING, why=f"{record.state}: waits for {_wall(appointment.deadline, appointment)}"
            )
        case _:
            return Step(action=Action.NOTHING, why=_standing(record))


def _before_draft(appointment: Slot, now: datetime) -> Step:
    if now < appointment.draft_at:
        return Step(action=Action.NOTHING, why=f"drafting begins at {_wall(appointment.draft_at, appointment)}")
    return Step(action=Action.DRAFT, why="the hour of drafting has come")


def _late(appointment: Slot) -> str:
    due = _wall(appointment.deadline, appointment)
    return f"late: it was due at {due} on {appointment.day}; look at it, then approve or cancel"


def _wall(instant: datetime, appointment: Slot) -> str:
    """Say an instant as the newsroom's clock shows it: «07:30 Europe/London»."""
    return f"{instant.astimezone(ZoneInfo(appointment.timezone)):%H:%M} {appointment.timezone}"


def _stale_after(record: EditionRecord, appointment: Slot, sending_since: datetime | None) -> datetime:
    """Return when the rest of a half-sent edition is no news any more: a day after it was late, signed or resumed."""
    return max(filter(None, (appointment.late_after, record.approved_at, sending_since))) + STALE_AFTER


def _was_signed_late(record: EditionRecord, appointment: Slot) -> bool:
    return record.approved_at is not None and record.approved_at > appointment.late_after


def _standing(record: EditionRecord) -> str:
    return f"the edition of {record.day} is {record.state}" + (f" ({record.reason})" if record.reason else "")


def _closed_because(schedule: Schedule, day: date) -> str:
    if day.weekday() not in schedule.weekdays:
        return f"{schedule.newsletter} does not appear on a {day:%A}"
    if day in schedule.skip:
        return "the day is listed under skip"
    for recess in schedule.recess:
        if recess.first <= day <= recess.last:
            return f"recess ({recess.name})"
    name = _bank_holidays(schedule.holidays, day.year).get(day) if schedule.holidays else None
    return f"bank holiday ({name})" if name else ""


def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


@lru_cache(maxsize=16)
def _bank_holidays(subdivision: str, year: int) -> dict[date, str]:
    # Imported here: the package is large and most days a tick asks for one year at most.
    from holidays.countries.united_kingdom import UnitedKingdom

    return {day: str(name) for day, name in UnitedKingdom(subdiv=subdivision, years=year).items()}

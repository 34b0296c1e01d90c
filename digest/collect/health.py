"""What is remembered of a source -> how it is doing, in numbers and in a sentence. Days are days in UTC."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from digest.collect.due import Reason, is_about, known, rest
from digest.collect.habit import HABIT_DAYS, RAREST, SHORTEST_HISTORY, UNUSUAL, Habit, day_after, habit, is_silent
from digest.model.feed import FeedDay, FeedState
from digest.model.news import Source

HISTORY = timedelta(days=2 * HABIT_DAYS + UNUSUAL / RAREST + 1)
"""How far back days are needed to notice a silence: a habit, its longest pause, and what the rarest source misses then.

A silence that lasts longer is known by having been noticed (`silent`): its habit is forgotten one day.
"""

LATENCY_DAYS = 7
"""Days, today among them, over which the time of an answer is averaged."""


class Condition(StrEnum):
    """How a source is doing, in one word."""

    FINE = "fine"
    NEW = "new"
    FAILING = "failing"
    WAITING = "waiting"
    SILENT = "silent"
    DEAD = "dead"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one source is doing.

    `failures` counts those in a row; `today` and `yesterday` are new items on days in UTC, `average`,
    `weekday_average` and `weekend_average` new items a day by its habit (see `collect.habit`);
    `latency` is in mean seconds a poll over the last seven days. `note` follows the source's name to
    make a sentence, and is "" where there is nothing to say.
    """

    source_id: str
    condition: Condition
    last_success: datetime | None
    failures: int
    today: int
    yesterday: int
    average: float
    weekday_average: float
    weekend_average: float
    latency: float
    moved_to: str
    note: str


def healths(
    sources: Iterable[Source],
    states: Mapping[str, FeedState],
    days: Iterable[FeedDay],
    *,
    now: datetime,
    dead_after: timedelta,
    silent: Collection[str] = (),
) -> tuple[Health, ...]:
    """Return how each source is doing; `states` and `days` (since `now - HISTORY`) may be those of all sources.

    `silent` are the ids of sources of whose silence somebody was told: that ends with news only.
    """
    by_source: dict[str, list[FeedDay]] = defaultdict(list)
    for day in days:
        by_source[day.source_id].append(day)
    return tuple(
        health(
            source,
            states.get(source.id),
            by_source[source.id],
            now=now,
            dead_after=dead_after,
            was_silent=source.id in silent,
        )
        for source in sources
    )


def health(
    source: Source,
    state: FeedState | None,
    days: Sequence[FeedDay],
    *,
    now: datetime,
    dead_after: timedelta,
    was_silent: bool = False,
) -> Health:
    """Return how a source is doing; `days` are its own since `now - HISTORY`, oldest first.

    Days of another address say nothing of this one.
    """
    current = known((source,), {source.id: state} if state else {})[source.id]
    days = () if state and not is_about(state, source) else days
    today = now.astimezone(UTC).date()
    last_new = _last_new(current, days, now)
    usual = habit(days, before=min(today, day_after(last_new)) if last_new else today)
    is_missed = last_new is not None and _is_missed(usual, last_new, now=now, was_silent=was_silent)
    condition = _condition(current, now=now, dead_after=dead_after, is_missed=is_missed)
    new_items = {day.day: day.new_items for day in days}
    return Health(
        source_id=source.id,
        condition=condition,
        last_success=current.last_success,
        failures=current.failures,
        today=new_items.get(today, 0),
        yesterday=new_items.get(today - timedelta(days=1), 0),
        average=usual.average,
        weekday_average=usual.weekday,
        weekend_average=usual.weekend,
        latency=_latency(days, since=today - timedelta(days=LATENCY_DAYS - 1)),
        moved_to=current.moved_to,
        note=_note(condition, current, last_new, usual, now=now),
    )


def _is_missed(usual: Habit, last_new: datetime, *, now: datetime, was_silent: bool) -> bool:
    return is_silent(usual, last_new=last_new, now=now) or (was_silent and now - last_new > timedelta(days=HABIT_DAYS))


def _condition(state: FeedState, *, now: datetime, dead_after: timedelta, is_missed: bool) -> Condition:
    """The gravest thing that can be said."""
    resting = rest(state, now=now)
    if state.gone_at:
        return Condition.GONE
    if state.last_tried is None:
        return Condition.NEW
    if state.failing_since and now - state.failing_since >= dead_after:
        return Condition.DEAD
    if resting and resting.reason is Reason.PATIENCE:
        return Condition.WAITING
    if state.failures:
        return Condition.FAILING
    return Condition.SILENT if is_missed else Condition.FINE


def _last_new(state: FeedState, days: Sequence[FeedDay], now: datetime) -> datetime | None:
    """When the source last brought something; the end of that day where only the day is known.

    What lies in the future was a replay, or a clock that was wrong.
    """
    if state.last_new and state.last_new <= now:
        return state.last_new
    ends = (datetime.combine(day.day, datetime.max.time(), UTC) for day in days if day.new_items)
    return max((end for end in ends if end <= now), default=None)


def _latency(days: Sequence[FeedDay], *, since: date) -> float:
    recent = [day for day in days if day.day >= since]
    polls = sum(day.polls for day in recent)
    return sum(day.seconds for day in recent) / polls if polls else 0.0


def _note(condition: Condition, state: FeedState, last_new: datetime | None, usual: Habit, *, now: datetime) -> str:
    """Say what a person should know."""
    said = _said(condition, state, last_new, usual, now=now)
    if not state.moved_to:
        return said
    if condition is Condition.FINE:
        return f"has moved for good to {state.moved_to}" + (f"; {said}" if said else "")
    return f"{said}; asked at {state.moved_to}"


def _said(condition: Condition, state: FeedState, last_new: datetime | None, usual: Habit, *, now: datetime) -> str:
    resting = rest(state, now=now)
    pause = resting.told(now) if resting else ""
    match condition:
        case Condition.GONE:
            return f"answered 410 Gone on {state.gone_at:%d %B %Y} and is not asked any more"
        case Condition.NEW:
            return "has not been asked yet"
        case Condition.WAITING:
            return f"{pause} ({state.last_error})"
        case Condition.DEAD | Condition.FAILING:
            is_routine = condition is Condition.DEAD and resting and resting.reason is Reason.BACK_OFF
            until = f"; {pause}" if pause and not is_routine else ""
            return f"has failed since {_instant(state.failing_since)}: {state.last_error}{until}"
        case Condition.SILENT:
            habits = f"usual are {usual.weekday:.1f} items a weekday and {usual.weekend:.1f} a day at weekends"
            return f"has brought nothing new since {_instant(last_new)}" + (
                f"; {habits}" if usual.days >= SHORTEST_HISTORY else ""
            )
        case Condition.FINE if last_new and now - last_new > timedelta(days=HABIT_DAYS):
            return f"has brought nothing new since {_instant(last_new)}"
    return ""


def _instant(moment: datetime | None) -> str:
    return f"{moment:%d %B %Y %H:%M} UTC"

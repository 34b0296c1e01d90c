"""The tick: whatever is due now, and nothing twice. Safe to start at any moment, any number of times at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from digest.errors import DigestError, Overtaken
from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Schedule
from digest.pipeline.alert import ring, tell, watch_feeds
from digest.pipeline.approve import AT_ONCE, approve
from digest.pipeline.audience import has_readers
from digest.pipeline.draft import draft
from digest.pipeline.gather import collect_if_due, collect_now
from digest.pipeline.line import Line
from digest.pipeline.report import Outcome, TickReport
from digest.pipeline.steps import NOBODY, carry_out, hand_over
from digest.schedule import local_day, missed_days


def tick(line: Line) -> TickReport:
    """Do what is due: finish what was left, collect, draft, apply the policy, send; then tell what rings.

    An edition in trouble does not keep the others from going out; its error is a line in the report and rings.
    """
    now = line.clock()
    collected = collect_if_due(line, now)
    leftovers = [_leftover(record, line) for record in line.editions.unfinished()]
    todays = [_guarded(schedule, _day(schedule, line), line, _today) for schedule in line.newsroom.schedules]
    troubles = watch_feeds(now=now, line=line) if collected else ()
    return TickReport(
        collected=collected,
        outcomes=tuple(outcome for outcome in (*leftovers, *todays) if outcome is not None),
        troubles=(*troubles, *tell(line)),
    )


def at_once(line: Line, newsletters: Iterable[str]) -> TickReport:
    """Walk the whole line now, whatever the hour: collect, draft, approve, send.

    What went out stays as it is, and so does what a person (or the policy) holds.
    """
    collected = collect_now(line, line.clock())
    chosen = [schedule for schedule in line.newsroom.schedules if schedule.newsletter in set(newsletters)]
    outcomes = tuple(_at_once(schedule, line) for schedule in chosen)
    return TickReport(collected=collected, outcomes=outcomes, troubles=tell(line))


def _at_once(schedule: Schedule, line: Line) -> Outcome:
    now = line.clock()
    day = local_day(schedule, now)
    record = line.editions.find(schedule.newsletter, day)
    done: list[str] = []
    if record is None or record.state in {EditionState.DRAFT, EditionState.EMPTY}:
        record = draft(schedule, day=day, now=now, line=line, may_replace=True)
        done.append(f"drafted: {record.state.value}" + (f", {record.reason}" if record.reason else ""))
    if record.state is EditionState.DRAFT and not has_readers(schedule.newsletter, line):
        done.append(NOBODY)
    elif record.state is EditionState.DRAFT:
        record = _approved(record, done, line)
    return hand_over(record, done, line)


def _approved(record: EditionRecord, done: list[str], line: Line) -> EditionRecord:
    """Sign the draft, unless somebody else was faster: then what he did stands."""
    try:
        record = approve(record, by=AT_ONCE, now=line.clock(), line=line)
    except Overtaken:
        return line.editions.get(record.id)
    done.append("approved without a signature, as --at-once does")
    return record


def _leftover(record: EditionRecord, line: Line) -> Outcome | None:
    """Go on with an edition of an earlier day that was left half done; today's comes after."""
    schedule = _schedule(record.newsletter, line)
    if schedule is None:
        return _orphan(record, line)
    if record.day >= _day(schedule, line):
        return None
    return _guarded(schedule, record.day, line, _go_on)


def _orphan(record: EditionRecord, line: Line) -> Outcome | None:
    """Ring for an edition whose schedule is gone (a renamed file?) while readers still wait for it."""
    if record.state is EditionState.DRAFT:
        return None
    message = (
        f"{record.newsletter} {record.day} is {record.state.value}, and there is no schedule of that name any more: "
        f"put schedules/{record.newsletter}.toml back to finish it"
    )
    troubles = ring(f"orphan:{record.newsletter}:{record.day}", "failure", message, now=line.clock(), line=line)
    return Outcome(
        newsletter=record.newsletter, day=record.day, edition=record, balance=None, done=(), troubles=troubles
    )


def _guarded(schedule: Schedule, day: date, line: Line, act: Callable[[Schedule, date, Line], Outcome]) -> Outcome:
    """Let an error of one edition be a line in the report, and ring."""
    newsletter = schedule.newsletter
    try:
        return act(schedule, day, line)
    except DigestError as error:
        message = f"{newsletter} {day}: {error}"
        troubles = ring(f"failed:{message}", "failure", message, now=line.clock(), line=line)
        record = line.editions.find(newsletter, day)
        return Outcome(newsletter=newsletter, day=day, edition=record, balance=None, done=(), troubles=troubles)


def _go_on(schedule: Schedule, day: date, line: Line) -> Outcome:
    return carry_out(schedule, day, line.editions.find(schedule.newsletter, day), line)


def _today(schedule: Schedule, day: date, line: Line) -> Outcome:
    missed = _ring_if_missed(schedule, day, line)
    outcome = _go_on(schedule, day, line)
    return replace(outcome, troubles=missed + outcome.troubles)


def _ring_if_missed(schedule: Schedule, day: date, line: Line) -> tuple[str, ...]:
    """Ring once for the days since the last edition on which one should have appeared and none was even drafted."""
    latest = line.editions.latest(schedule.newsletter)
    missed = missed_days(schedule, after=latest.day, before=day) if latest else ()
    if not missed:
        return ()
    days = f"{missed[0]}" if len(missed) == 1 else f"{len(missed)} days from {missed[0]} to {missed[-1]}"
    message = f"{schedule.newsletter} had no edition on {days}: no tick ran between its hours"
    key = f"missing:{schedule.newsletter}:{missed[0]}:{missed[-1]}"
    return ring(key, "missing edition", message, now=line.clock(), line=line)


def _schedule(newsletter: str, line: Line) -> Schedule | None:
    return next((one for one in line.newsroom.schedules if one.newsletter == newsletter), None)


def _day(schedule: Schedule, line: Line) -> date:
    return local_day(schedule, line.clock())

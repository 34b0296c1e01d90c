"""The tick: whatever is due now, and nothing twice. Safe to start at any moment, any number of times at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from digest.errors import DigestError
from digest.model.mail import Balance, EditionRecord, EditionState
from digest.model.news import CollectReport
from digest.model.schedule import Schedule
from digest.pipeline.alert import ring, watch_feeds
from digest.pipeline.approve import apply_policy, approve, hold
from digest.pipeline.collect import collect, is_due
from digest.pipeline.draft import draft
from digest.pipeline.line import Line
from digest.pipeline.proof import proof
from digest.pipeline.send import send
from digest.schedule import Action, Step, local_day, missed_days, step


NOBODY = "nobody is subscribed yet: import readers, then run this again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a tick did for one newsletter: the edition as it stands, its books, a line for each thing done or not."""

    newsletter: str
    day: date
    edition: EditionRecord | None
    balance: Balance | None
    done: tuple[str, ...]
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one tick did."""

    collected: CollectReport | None
    outcomes: tuple[Outcome, ...]
    troubles: tuple[str, ...] = ()


def tick(line: Line) -> TickReport:
    """Do what is due: finish what was left, collect, draft, apply the policy, send.

    A newsletter in trouble does not keep the others from going out; its error is a line in the report
    and rings an alert.
    """
    now = line.clock()
    collected = _collect_if_due(line, now)
    leftovers = [_finish(record, line) for record in line.editions.unfinished()]
    outcomes = [_guarded(schedule, line) for schedule in line.newsroom.schedules]
    troubles = watch_feeds(now=now, line=line) if collected else ()
    return TickReport(
        collected=collected,
        outcomes=tuple(outcome for outcome in (*leftovers, *outcomes) if outcome is not None),
        troubles=troubles,
    )


def at_once(line: Line, newsletters: Iterable[str]) -> TickReport:
    """Walk the whole line now, whatever the hour: collect, draft, approve, send.

    What went out stays as it is, and so does what a person (or the policy) holds.
    """
    now = line.clock()
    collected = collect_now(line, now)
    chosen = [schedule for schedule in line.newsroom.schedules if schedule.newsletter in set(newsletters)]
    return TickReport(collected=collected, outcomes=tuple(_at_once(schedule, line) for schedule in chosen))


def collect_now(line: Line, now: datetime) -> CollectReport:
    """Collect every source of the newsroom."""
    return collect(
        line.newsroom.sources,
        fetcher=line.fetcher,
        workers=line.workers,
        items=line.items,
        now=now,
        progress=line.progress,
    )


def _at_once(schedule: Schedule, line: Line) -> Outcome:
    now = line.clock()
    day = local_day(schedule, now)
    record = line.editions.find(schedule.newsletter, day)
    done: list[str] = []
    if record is None or record.state in {EditionState.DRAFT, EditionState.EMPTY}:
        record = draft(schedule, day=day, now=now, line=line, may_replace=True)
        done.append(f"drafted: {record.state.value}" + (f", {record.reason}" if record.reason else ""))
        if record.state is EditionState.DRAFT and not _has_readers(schedule, line):
            done.append(NOBODY)
        elif record.state is EditionState.DRAFT:
            record = approve(record, by="--at-once", now=now, line=line)
            done.append("approved by --at-once")
    return _sent(schedule.newsletter, day, record, done, line)


def _has_readers(schedule: Schedule, line: Line) -> bool:
    counts = line.readers.counts().get(schedule.newsletter, {})
    return counts.get("active", 0) > 0


def _sent(newsletter: str, day: date, record: EditionRecord, done: list[str], line: Line) -> Outcome:
    if record.state not in {EditionState.APPROVED, EditionState.SENDING}:
        done.append(f"nothing to send: the edition of {day} is {record.state.value}")
        balance = line.ledger.balance(record.id) if record.prepared_at else None
        return Outcome(newsletter=newsletter, day=day, edition=record, balance=balance, done=tuple(done))
    balance = send(record, line=line)
    done.append(_books(balance))
    record = line.editions.get(record.id)
    troubles = _ring_if_uncertain(record, balance, line)
    return Outcome(newsletter=newsletter, day=day, edition=record, balance=balance, done=tuple(done), troubles=troubles)


def _books(balance: Balance) -> str:
    return f"{balance.accepted} of {balance.candidates} readers' copies accepted" + (
        f", {balance.pending} still open" if balance.pending else ""
    )


def _ring_if_uncertain(record: EditionRecord, balance: Balance, line: Line) -> tuple[str, ...]:
    if not balance.uncertain_batches and not balance.abandoned:
        return ()
    message = (
        f"{record.newsletter} {record.day}: {balance.uncertain_batches} batches without an answer, "
        f"{balance.abandoned} readers given up; `digest status` lists them, `digest resolve` settles them"
    )
    key = f"uncertain:{record.newsletter}:{record.day}:{balance.uncertain_batches}:{balance.abandoned}"
    return ring(key, "uncertain delivery", message, now=line.clock(), line=line)


def _collect_if_due(line: Line, now: datetime) -> CollectReport | None:
    if not line.newsroom.sources:
        return None
    with line.registry.turn("collect"):  # twenty ticks at once ask each publisher once
        return collect_now(line, now) if _is_collection_due(line, now) else None


def _is_collection_due(line: Line, now: datetime) -> bool:
    states = line.items.feed_states()
    known = [states[source.id] for source in line.newsroom.sources if source.id in states]
    return len(known) < len(line.newsroom.sources) or is_due(known, every=line.newsroom.collect_every, now=now)


def _finish(record: EditionRecord, line: Line) -> Outcome | None:
    """Go on with an edition of an earlier day that was left half done; today's comes after."""
    schedule = next((one for one in line.newsroom.schedules if one.newsletter == record.newsletter), None)
    if schedule is None or record.day >= local_day(schedule, line.clock()):
        return None
    return _carry_out(schedule, record.day, record, line)


def _guarded(schedule: Schedule, line: Line) -> Outcome:
    now = line.clock()
    day = local_day(schedule, now)
    try:
        return _today(schedule, day, line)
    except DigestError as error:
        troubles = ring(f"failed:{schedule.newsletter}:{day}:{error}", "failure", str(error), now=now, line=line)
        record = line.editions.find(schedule.newsletter, day)
        return Outcome(
            newsletter=schedule.newsletter, day=day, edition=record, balance=None, done=(), troubles=troubles
        )


def _today(schedule: Schedule, day: date, line: Line) -> Outcome:
    missed = _ring_if_missed(schedule, day, line)
    record = line.editions.find(schedule.newsletter, day)
    outcome = _carry_out(schedule, day, record, line)
    return replace(outcome, troubles=missed + outcome.troubles)


def _carry_out(schedule: Schedule, day: date, record: EditionRecord | None, line: Line) -> Outcome:
    """Take one step after the other until nothing more is due; each leads to another state, so this ends."""
    done: list[str] = []
    troubles: list[str] = []
    next_step = step(schedule, now=line.clock(), record=record)
    while next_step.action is not Action.NOTHING:
        done.append(f"{next_step.action.value}: {next_step.why}")
        if next_step.action is Action.SEND and record is not None:
            sent = _sent(schedule.newsletter, day, record, done, line)
            return replace(sent, troubles=(*troubles, *sent.troubles))
        record, trouble = _act(schedule, day, record, next_step, line)
        troubles += trouble
        if record.state is EditionState.EMPTY:
            break  # the next tick looks again whether something has come in
        next_step = step(schedule, now=line.clock(), record=record)
    done.append(f"empty: {record.reason}" if record and record.state is EditionState.EMPTY else next_step.why)
    return Outcome(
        newsletter=schedule.newsletter,
        day=day,
        edition=record,
        balance=None,
        done=tuple(done),
        troubles=tuple(troubles),
    )


def _act(
    schedule: Schedule, day: date, record: EditionRecord | None, next_step: Step, line: Line
) -> tuple[EditionRecord, list[str]]:
    now = line.clock()
    if next_step.action is Action.DRAFT or record is None:
        record = draft(schedule, day=day, now=now, line=line, may_replace=record is not None)
        return record, _tell_editors(schedule, record, line)
    if next_step.action is Action.APPLY_POLICY and not _has_readers(schedule, line):
        record = hold(record, by="tick", reason="nobody is subscribed to it yet", now=now, line=line)
    elif next_step.action is Action.APPLY_POLICY:
        record = apply_policy(schedule, record, now=now, line=line)
    else:
        record = hold(record, by="tick", reason=next_step.why, now=now, line=line)
    if record.state is not EditionState.HELD:
        return record, []
    message = f"{schedule.newsletter} {day} is held: {record.reason}"
    return record, [*ring(f"held:{schedule.newsletter}:{day}", "held", message, now=now, line=line)]


def _tell_editors(schedule: Schedule, record: EditionRecord, line: Line) -> list[str]:
    """Send the proof to the editors; on a day without news tell somebody that there is no edition."""
    now = line.clock()
    if record.state is EditionState.EMPTY:
        message = f"{record.newsletter} {record.day} is empty: {record.reason}"
        return [*ring(f"empty:{record.newsletter}:{record.day}", "empty edition", message, now=now, line=line)]
    if not line.newsroom.editors:
        return []
    refused = proof(schedule, record, line.newsroom.editors, now=now, line=line)
    return [f"proof not accepted: {each}" for each in refused]


def _ring_if_missed(schedule: Schedule, day: date, line: Line) -> tuple[str, ...]:
    """Ring for days since the last edition on which one should have appeared and none was even drafted."""
    latest = line.editions.latest(schedule.newsletter)
    if latest is None or latest.day >= day:
        return ()
    troubles: list[str] = []
    for missed in missed_days(schedule, after=latest.day, before=day):
        message = f"{schedule.newsletter} had no edition on {missed}: no tick ran between its hours"
        key = f"missing:{schedule.newsletter}:{missed}"
        troubles += ring(key, "missing edition", message, now=line.clock(), line=line)
    return tuple(troubles)

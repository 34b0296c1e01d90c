"""One newsletter's edition, step after step, until nothing more is due."""

from dataclasses import replace
from datetime import date, datetime

from digest.model.mail import Alert, Balance, EditionRecord, EditionState
from digest.model.schedule import Schedule
from digest.pipeline.alert import ring, ring_for_books, standing_key
from digest.pipeline.approve import apply_policy
from digest.pipeline.audience import has_readers
from digest.pipeline.draft import draft
from digest.pipeline.line import Line
from digest.pipeline.proof import proof
from digest.pipeline.report import Outcome
from digest.pipeline.send import send
from digest.pipeline.withhold import withhold
from digest.schedule import Action, Step, step

NOBODY = "nobody is subscribed yet: import readers, then run this again"


def carry_out(schedule: Schedule, day: date, record: EditionRecord | None, line: Line) -> Outcome:
    """Take one step after the other; each leads to another state, so this ends."""
    done: list[str] = []
    troubles: list[str] = []
    next_step = _due(schedule, record, line)
    while next_step.action is not Action.NOTHING:
        done.append(f"{next_step.action.value}: {next_step.why}")
        if next_step.action is Action.SEND and record is not None:
            sent = hand_over(record, done, line)
            return replace(sent, troubles=(*troubles, *sent.troubles))
        record = _act(schedule, day, record, next_step, line)
        troubles += _ring_for(record, line)
        if record.state is EditionState.EMPTY:
            break  # the next tick looks again whether something has come in
        next_step = _due(schedule, record, line)
    if record and record.state in {EditionState.HELD, EditionState.PAUSED}:
        _ring_for(record, line)  # whoever held or paused it may have died before he could
    if record and record.state is EditionState.DRAFT:
        troubles += _prove(schedule, record, line)
    done.append(f"empty: {record.reason}" if record and record.state is EditionState.EMPTY else next_step.why)
    return Outcome(
        newsletter=schedule.newsletter,
        day=day,
        edition=record,
        balance=None,
        done=tuple(done),
        troubles=tuple(troubles),
    )


def hand_over(record: EditionRecord, done: list[str], line: Line) -> Outcome:
    """Send what is approved or half sent, or say why there is nothing to send; ring for what needs a person."""
    if record.state not in {EditionState.APPROVED, EditionState.SENDING}:
        reason = f" ({record.reason})" if record.reason else ""
        done.append(f"nothing to send: the edition of {record.day} is {record.state.value}{reason}")
        return _outcome(record, line.ledger.balance(record.id) if record.prepared_at else None, done, ())
    balance = send(record, line=line)
    done.append(_books(balance, line.ledger.next_due(record.id)))
    record = line.editions.get(record.id)
    return _outcome(record, balance, done, (*_ring_for(record, line), *ring_for_books(record, balance, line=line)))


def _due(schedule: Schedule, record: EditionRecord | None, line: Line) -> Step:
    return step(schedule, now=line.clock(), record=record, sending_since=_sending_since(record, line))


def _sending_since(record: EditionRecord | None, line: Line) -> datetime | None:
    """When the edition began to be sent, or was resumed last; None while it is not being sent."""
    if record is None or record.state is not EditionState.SENDING:
        return None
    history = line.editions.history(record.id)
    return max((at for at, _, what, _ in history if what == EditionState.SENDING), default=None)


def _outcome(record: EditionRecord, balance: Balance | None, done: list[str], troubles: tuple[str, ...]) -> Outcome:
    return Outcome(
        newsletter=record.newsletter,
        day=record.day,
        edition=record,
        balance=balance,
        done=tuple(done),
        troubles=troubles,
    )


def _act(schedule: Schedule, day: date, record: EditionRecord | None, next_step: Step, line: Line) -> EditionRecord:
    now = line.clock()
    if next_step.action is Action.DRAFT or record is None:
        return draft(schedule, day=day, now=now, line=line, may_replace=record is not None)
    if next_step.action is Action.APPLY_POLICY and not has_readers(schedule.newsletter, line):
        return withhold(record, by="tick", reason="nobody is subscribed to it yet", now=now, line=line)
    if next_step.action is Action.APPLY_POLICY:
        return apply_policy(schedule, record, now=now, line=line)
    return withhold(record, by="tick", reason=next_step.why, now=now, line=line)


def _ring_for(record: EditionRecord, line: Line) -> tuple[str, ...]:
    """Ring for a state in which the edition waits for a person."""
    if record.state not in {EditionState.HELD, EditionState.PAUSED, EditionState.EMPTY}:
        return ()
    kind = "empty edition" if record.state is EditionState.EMPTY else record.state.value
    message = f"{record.newsletter} {record.day} is {record.state.value}: {record.reason}"
    return ring(standing_key(record, record.state), kind, message, now=line.clock(), line=line)


def _books(balance: Balance, due: datetime | None) -> str:
    again = f", tried again from {due:%H:%M} UTC on" if due else ""
    return f"{balance.accepted} of {balance.candidates} readers' copies accepted" + (
        f", {balance.pending} still open{again}" if balance.pending else ""
    )


def _prove(schedule: Schedule, record: EditionRecord, line: Line) -> list[str]:
    """Send the editors the day's proof, once, whichever of many ticks comes to it first."""
    editors = line.newsroom.editors
    claim = Alert(
        key=f"proof:{record.newsletter}:{record.day}",
        kind="proof",
        message=f"proof of {record.newsletter} {record.day} to {len(editors)} editors",
        at=line.clock(),
    )
    if not editors or not line.alerts.record(claim):
        return []
    line.alerts.mark_told(claim, at=line.clock())
    refused = proof(schedule, record, editors, now=line.clock(), line=line)
    return [f"proof not accepted: {each}" for each in refused]

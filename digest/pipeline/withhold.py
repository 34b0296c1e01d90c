"""Withhold: keep an edition from going out, let it go on, or drop it, by a person's word or the program's."""

from datetime import datetime

from digest.errors import EditionRefused, Overtaken
from digest.model.mail import EditionRecord, EditionState
from digest.pipeline.alert import standing_key
from digest.pipeline.line import Line


def withhold(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> EditionRecord:
    """Hold the edition (pause it, where it is being sent) if it still stands as `record` says; a person's word wins."""
    to = EditionState.PAUSED if record.state is EditionState.SENDING else EditionState.HELD
    _move(record, (record.state,), to, by, reason, now, line)
    return line.editions.get(record.id)


def hold(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> EditionRecord:
    """Keep an edition from going out: a draft or approved one is held, one that is being sent pauses."""
    before = (EditionState.DRAFT, EditionState.APPROVED)
    if not _move(record, before, EditionState.HELD, by, reason, now, line) and not _move(
        record, (EditionState.SENDING,), EditionState.PAUSED, by, reason, now, line
    ):
        raise wrong_state(line.editions.get(record.id), "held", (*before, EditionState.SENDING))
    return line.editions.get(record.id)


def resume(record: EditionRecord, *, by: str, now: datetime, line: Line) -> EditionRecord:
    """Let a paused edition go on sending what is left, with the time for it that a fresh one has."""
    if not line.ledger.resume(record.id, by=by, at=now):
        raise _not_paused(line.editions.get(record.id))
    line.alerts.forget(standing_key(record, EditionState.PAUSED))  # the next pause is news again
    return line.editions.get(record.id)


def cancel(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> EditionRecord:
    """Drop an edition; where it is being sent, what has not gone out yet stays here, and is counted as given up.

    EditionRefused while calls are under way: the edition pauses, and their answers are waited for. Overtaken when
    somebody resumes it meanwhile.
    """
    before = (EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED)
    if not _move(record, before, EditionState.CANCELLED, by, reason, now, line):
        _cancel_the_rest(record, by=by, reason=reason, now=now, line=line)
    return line.editions.get(record.id)


def wrong_state(record: EditionRecord, wanted: str, expected: tuple[EditionState, ...]) -> EditionRefused:
    """Refuse to do with an edition what its state does not allow, naming the states that do."""
    states = " or ".join(state.value for state in expected)
    return EditionRefused(
        f"the edition of {record.day} is {record.state.value} and can be {wanted} only while it is {states}",
        mend="`digest status` shows where it stands.",
    )


def _cancel_the_rest(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> None:
    _move(record, (EditionState.SENDING,), EditionState.PAUSED, by, reason, now, line)
    state = line.editions.get(record.id).state
    if state is not EditionState.PAUSED:
        allowed = (EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED, EditionState.SENDING)
        raise wrong_state(line.editions.get(record.id), "cancelled", allowed)
    line.ledger.release_stale(record.id, at=now, is_alive=line.registry.is_alive)
    if line.ledger.cancel(record.id, by=by, reason=reason, at=now):
        return
    state = line.editions.get(record.id).state
    if state is not EditionState.PAUSED:
        raise Overtaken(
            f"the edition of {record.day} was paused to be cancelled, and is {state.value} by another's word",
            mend="run this again if it is still to be cancelled.",
        )
    raise EditionRefused(
        f"calls for the edition of {record.day} are under way, and their answers are waited for; it is paused",
        mend="run this again in a minute.",
    )


def _move(
    record: EditionRecord,
    expected: tuple[EditionState, ...],
    to: EditionState,
    by: str,
    reason: str,
    now: datetime,
    line: Line,
) -> bool:
    return line.editions.move(record.id, expected=expected, to=to, by=by, reason=reason, at=now)


def _not_paused(record: EditionRecord) -> EditionRefused:
    if record.state is not EditionState.HELD:
        return wrong_state(record, "resumed", (EditionState.PAUSED,))
    return EditionRefused(
        f"the edition of {record.day} is held, not paused: no copy has gone out",
        mend="sign it with `digest approve --by NAME`.",
    )

"""Approve, hold, cancel: a person's word on an edition, or the policy's at the deadline."""

from datetime import datetime

from digest.errors import ChecksFailed, EditionRefused, Overtaken
from digest.model.mail import EditionRecord, EditionState, Email, Finding, Severity
from digest.model.schedule import Policy, Schedule
from digest.pipeline.checking import findings
from digest.pipeline.draft import judge, replace_draft
from digest.pipeline.line import Line
from digest.render.fingerprint import sha256

OPEN = (EditionState.DRAFT, EditionState.HELD)
"""States in which the content of an edition may still be signed."""

AT_ONCE, POLICY = "digest run --at-once", "policy "
"""Who signs where no person does: the command that does the whole line at once, or a schedule's policy and its name."""


def approve(record: EditionRecord, *, by: str, now: datetime, line: Line) -> EditionRecord:
    """Freeze the bytes of the draft or held edition `record` under their SHA-256 and sign them.

    What is signed is what was looked at: when the edition has meanwhile been moved, or drafted anew, nothing is.

    Raises:
        ChecksFailed: when the checks find an error.
        Overtaken: when the edition is no longer as `record` says.
        EditionRefused: when it is empty, or in a state that cannot be signed.

    """
    email = _mail(record)
    if record.state not in OPEN:
        raise _wrong_state(record, "approved", OPEN)
    found = findings(record, line=line)
    _refuse_errors(record, found)
    signed = line.editions.approve(
        record.id,
        email,
        expected=record.state,
        sha256=sha256(email),
        by=by,
        reason=_accepted(found),
        at=now,
    )
    if not signed:
        raise Overtaken(
            f"the edition of {record.day} was moved or drafted anew while it was being signed",
            mend="look at it again with `digest show` and `digest status`.",
        )
    return line.editions.get(record.id)


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
        raise _wrong_state(line.editions.get(record.id), "held", (*before, EditionState.SENDING))
    return line.editions.get(record.id)


def resume(record: EditionRecord, *, by: str, now: datetime, line: Line) -> EditionRecord:
    """Let a paused edition go on sending what is left."""
    if not _move(record, (EditionState.PAUSED,), EditionState.SENDING, by, "resumed", now, line):
        raise _not_paused(line.editions.get(record.id))
    return line.editions.get(record.id)


def cancel(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> EditionRecord:
    """Drop an edition; where it is being sent, what has not gone out yet stays here, and is counted as given up.

    EditionRefused while calls are under way: the edition pauses, and their answers are waited for.
    """
    before = (EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED)
    if not _move(record, before, EditionState.CANCELLED, by, reason, now, line):
        _cancel_the_rest(record, by=by, reason=reason, now=now, line=line)
    return line.editions.get(record.id)


def _cancel_the_rest(record: EditionRecord, *, by: str, reason: str, now: datetime, line: Line) -> None:
    _move(record, (EditionState.SENDING,), EditionState.PAUSED, by, reason, now, line)
    state = line.editions.get(record.id).state
    if state is not EditionState.PAUSED:
        allowed = (EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED, EditionState.SENDING)
        raise _wrong_state(line.editions.get(record.id), "cancelled", allowed)
    line.ledger.release_stale(record.id, at=now, is_alive=line.registry.is_alive)
    if not line.ledger.cancel(record.id, by=by, reason=reason, at=now):
        raise EditionRefused(
            f"calls for the edition of {record.day} are under way, and their answers are waited for; it is paused",
            mend="run this again in a minute.",
        )


def apply_policy(schedule: Schedule, record: EditionRecord, *, now: datetime, line: Line) -> EditionRecord:
    """Do at the deadline what the schedule says for a draft nobody has signed: send, hold, or send what is safe.

    Whatever somebody else did with the edition in the meantime stands.
    """
    by = POLICY + schedule.policy.value
    if schedule.policy is Policy.HOLD:
        return withhold(record, by=by, reason="nobody approved it by the deadline", now=now, line=line)
    if schedule.policy is Policy.SAFE:
        safe = judge(schedule, day=record.day, now=now, line=line, safe_only=True)
        edition = safe.judgement.edition
        if edition.lead is None:
            return withhold(record, by=by, reason=edition.empty_because, now=now, line=line)
        if not replace_draft(record, safe, at=now, line=line):
            return line.editions.get(record.id)  # somebody decided something: the next tick judges it again
        record = line.editions.get(record.id)
    if record.state is not EditionState.DRAFT:
        return record
    try:
        return approve(record, by=by, now=now, line=line)
    except ChecksFailed as failed:
        return withhold(record, by=by, reason=failed.detail, now=now, line=line)
    except Overtaken:
        return line.editions.get(record.id)


def _mail(record: EditionRecord) -> Email:
    if record.email is None:
        raise EditionRefused(
            f"the edition of {record.day} is empty ({record.reason}), so there is nothing to sign",
            mend="collect more, then run `digest draft`.",
        )
    return record.email


def _accepted(found: tuple[Finding, ...]) -> str:
    """Return the warnings that were accepted by signing, for the history."""
    warnings = [finding.what for finding in found if finding.severity is Severity.WARNING]
    return f"in spite of: {'; '.join(warnings)}" if warnings else ""


def _refuse_errors(record: EditionRecord, found: tuple[Finding, ...]) -> None:
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        listed = "; ".join(f"{finding.what} ({finding.where})" for finding in errors)
        raise ChecksFailed(f"{record.day}: {listed}", mend=errors[0].mend)


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
        return _wrong_state(record, "resumed", (EditionState.PAUSED,))
    return EditionRefused(
        f"the edition of {record.day} is held, not paused: no copy has gone out",
        mend="sign it with `digest approve --by NAME`.",
    )


def _wrong_state(record: EditionRecord, wanted: str, expected: tuple[EditionState, ...]) -> EditionRefused:
    states = " or ".join(state.value for state in expected)
    return EditionRefused(
        f"the edition of {record.day} is {record.state.value} and can be {wanted} only while it is {states}",
        mend="`digest status` shows where it stands.",
    )

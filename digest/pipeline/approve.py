"""Approve: a person signs an edition, or the policy does at the deadline."""

from datetime import datetime

from digest.errors import ChecksFailed, EditionRefused, Overtaken
from digest.model.mail import EditionRecord, EditionState, Email, Finding, Severity
from digest.model.schedule import Policy, Schedule
from digest.pipeline.checking import findings
from digest.pipeline.draft import judge, replace_draft
from digest.pipeline.line import Line
from digest.pipeline.withhold import withhold, wrong_state
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
        raise wrong_state(record, "approved", OPEN)
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

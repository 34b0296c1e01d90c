"""Proof: a draft -> a mail to editors, marked as one; it touches no ledger."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from digest.edit.codec import load
from digest.edit.saying import told as in_log
from digest.errors import EditionRefused, UsageError
from digest.model.mail import EditionRecord, EditionState, Finding, Outcome, Recipient, Severity
from digest.model.proof import Proof
from digest.model.schedule import Policy, Schedule, Slot
from digest.pipeline.checking import findings
from digest.pipeline.envelope import envelope
from digest.pipeline.line import Line
from digest.pipeline.printing import letter
from digest.render.words import in_words
from digest.schedule import slot

AT_THE_DEADLINE = {
    Policy.SEND: "If nobody has signed or held it by then, it is sent as it stands, unless the checks find an error.",
    Policy.HOLD: "If nobody has signed it by then, it is held: readers get nothing until somebody signs it.",
    Policy.SAFE: "If nobody has signed or held it by then, only stories with two independent sources are sent.",
}
AS_IT_STANDS = {
    EditionState.HELD: "It is held: readers get nothing until somebody signs it.",
    EditionState.APPROVED: "It is signed and goes out then, unless somebody holds it.",
}
"""What a person has decided stands above the policy."""

OVER = "It is {state}; its deadline decides nothing any more."
"""Of an edition in any other state."""


def proof(
    schedule: Schedule, record: EditionRecord, addresses: tuple[str, ...], *, now: datetime, line: Line
) -> tuple[str, ...]:
    """Send the edition as a proof to `addresses`; return a line for each that the provider did not accept.

    Raises:
        UsageError: when an address is not among the newsroom's editors.
        EditionRefused: when the edition is empty.

    """
    room = line.newsroom
    strangers = sorted(set(addresses) - set(room.editors))
    if strangers:
        raise UsageError(
            f"{', '.join(strangers)} is not an editor's address", mend="add it to newsroom.editors in the config."
        )
    edition = load(record.edition_json).edition
    if edition.lead is None:
        raise EditionRefused(
            f"the edition of {record.day} is empty ({record.reason})", mend="there is nothing to prove."
        )
    email = letter(edition, schedule, line, proof=banner(schedule, record, line))
    head = envelope(line, newsletter=record.newsletter, day=record.day, sent_at=now)
    failed = []
    for n, address in enumerate(addresses):
        reader = Recipient(delivery_id=0, address=address, name="", unsubscribe_url=room.link(0))
        # One for each editor: a provider that takes it for a key would take the second proof for the first.
        tag = f"proof-{record.newsletter}-{record.day.isoformat()}-{now:%H%M%S}-{n}"
        receipt = line.provider.submit(line.provider.payload(email, head, (reader,), tag=tag))
        if receipt.outcome is not Outcome.ACCEPTED:
            failed.append(f"{address}: {receipt.outcome.value} {receipt.detail}".rstrip())
    return tuple(failed)


def banner(schedule: Schedule, record: EditionRecord, line: Line) -> Proof:
    """Return what stands above the edition: deadline, what happens then, findings, decisions, commands."""
    plain = told(schedule, day=record.day, state=record.state, found=findings(record, line=line))
    return replace(plain, decisions=tuple(map(in_log, load(record.edition_json).decisions)))


def told(schedule: Schedule, *, day: date, state: EditionState, found: Iterable[Finding]) -> Proof:
    """Return the same from what is known of an edition; advice is left to the desk."""
    which = f"--newsletter {schedule.newsletter} --day {day}"
    return Proof(
        deadline=_deadline(schedule, day),
        then=_then(schedule, state),
        findings=tuple(one for one in found if one.severity is not Severity.ADVICE),
        commands=(
            ("To sign it", f"digest approve {which} --by YOUR-NAME"),
            ("To hold it", f"digest hold {which} --by YOUR-NAME"),
        ),
    )


def _deadline(schedule: Schedule, day: date) -> str:
    """Say the deadline as the newsroom's clock shows it: «It is due at 07:30 on Monday 23 November 2026 (…)»."""
    appointment = slot(schedule, day)
    if not isinstance(appointment, Slot):
        return f"It has no hour of its own: {appointment.why}."
    local = appointment.deadline.astimezone(ZoneInfo(appointment.timezone))
    return f"It is due at {local:%H:%M} on {in_words(local.date())} ({appointment.timezone})."


def _then(schedule: Schedule, state: EditionState) -> str:
    if state is EditionState.DRAFT:
        return AT_THE_DEADLINE[schedule.policy]
    return AS_IT_STANDS.get(state, OVER.format(state=state.value))

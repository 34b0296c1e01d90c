"""Proof: a draft -> a mail to editors, marked as one; it touches no ledger."""

from datetime import datetime

from digest.edit.codec import load
from digest.errors import EditionRefused, UsageError
from digest.model.mail import EditionRecord, Outcome, Recipient
from digest.model.schedule import Schedule
from digest.pipeline.draft import brand
from digest.pipeline.line import Line
from digest.pipeline.send import envelope
from digest.render.edition import render


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
    email = render(edition, brand=brand(schedule, line), environment=room.templates, proof=True)
    head = envelope(line, newsletter=record.newsletter, day=record.day, sent_at=now)
    failed = []
    for address in addresses:
        reader = Recipient(delivery_id=0, address=address, name="", unsubscribe_url=room.link(0))
        tag = f"proof-{record.newsletter}-{record.day.isoformat()}-{now:%H%M%S}"
        receipt = line.provider.submit(line.provider.payload(email, head, (reader,), tag=tag))
        if receipt.outcome is not Outcome.ACCEPTED:
            failed.append(f"{address}: {receipt.outcome.value} {receipt.detail}".rstrip())
    return tuple(failed)

"""Send: an approved edition -> every reader's copy, batch by batch, each call written down before and after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from digest.deliver.halves import halves
from digest.errors import DigestError, EditionRefused
from digest.model.mail import (
    Balance,
    Batch,
    EditionRecord,
    EditionState,
    Email,
    Envelope,
    Fate,
    Outcome,
    Receipt,
    Recipient,
)
from digest.pipeline.doubts import clear_doubts
from digest.pipeline.line import Line
from digest.pipeline.restored import distrust_restored
from digest.pipeline.withhold import withhold
from digest.render.fingerprint import sha256

LEASE_SECONDS = 300.0
"""How long a worker that cannot be asked is believed to be at work on a batch; far longer than any call may last."""

GIVE_UP_AFTER = timedelta(hours=6)
"""A batch first tried so long ago and still open is abandoned, counted and reported: news goes stale."""


MOST_REFUSALS = 7
"""Calls that a provider may refuse before it has taken one; then the edition pauses, with the copies that are left."""


def send(record: EditionRecord, *, line: Line) -> Balance:
    """Prepare the edition if nobody has, hand over every batch that can be claimed, and close when the books are exact.

    Any number of senders may run at once, and any of them may die at any instant: each batch is
    claimed by compare-and-set and committed as in flight before the provider is called. Returns the
    books as they stand afterwards.

    Raises:
        EditionRefused: when nobody is subscribed, or the frozen bytes no longer have their hash, or belong to
            another provider.

    """
    if record.state is EditionState.APPROVED:
        _refuse_nobody(record, line)
        fits = line.provider.fits(record.email) if record.email else line.provider.batch_size
        size = min(fits, line.provider.batch_size)
        line.ledger.prepare(record.id, provider=line.provider.name, batch_size=size, at=line.clock())
        record = line.editions.get(record.id)
    if record.state is EditionState.SENDING:
        email = _frozen(record, line)
        line.ledger.release_stale(record.id, at=line.clock(), is_alive=line.registry.is_alive)
        distrust_restored(record, line=line)
        clear_doubts(record, line=line)
        _hand_over_all(record, email, line)
        line.ledger.abandon_open(record.id, before=line.clock() - GIVE_UP_AFTER, at=line.clock())
        line.ledger.close(record.id, at=line.clock())
    return line.ledger.balance(record.id)


def envelope(line: Line, *, newsletter: str, day: date, sent_at: datetime) -> Envelope:
    """Return what the headers of every copy of one edition share."""
    room = line.newsroom
    return Envelope(
        newsletter=newsletter,
        day=day,
        sender=room.sender,
        reply_to=room.reply_to,
        list_id=f"{newsletter}.{room.list_domain}",
        sent_at=sent_at,
        message_domain=room.list_domain,
    )


def has_readers(newsletter: str, line: Line) -> bool:
    """Say whether anybody is subscribed."""
    return line.readers.counts().get(newsletter, {}).get("active", 0) > 0


def _refuse_nobody(record: EditionRecord, line: Line) -> None:
    """An edition that went to nobody could not be sent again to those who come later in the day."""
    if not has_readers(record.newsletter, line):
        raise EditionRefused(
            f"nobody is subscribed to {record.newsletter}",
            mend="import readers with `digest subscribers import`, then run this again.",
        )


def _frozen(record: EditionRecord, line: Line) -> Email:
    """Return the approved bytes, having made sure that they are the approved bytes."""
    if record.email is None or sha256(record.email) != record.sha256:
        raise EditionRefused(
            f"the stored bytes of the edition of {record.day} no longer have the hash that was signed",
            mend="restore the database from a backup, or cancel the edition.",
        )
    if record.provider != line.provider.name:
        raise EditionRefused(
            f"the edition of {record.day} was prepared for {record.provider}, the config now says {line.provider.name}",
            mend=f'set provider.name = "{record.provider}" until this edition is finished.',
        )
    return record.email


def _hand_over_all(record: EditionRecord, email: Email, line: Line) -> None:
    """Hand over every batch that can be claimed, several at a time; what was begun is written down before any end."""
    sent_at = record.prepared_at or line.clock()
    head = envelope(line, newsletter=record.newsletter, day=record.day, sent_at=sent_at)
    books = line.ledger.balance(record.id)
    done, is_taken, refused = books.candidates - books.pending, books.accepted > 0, 0
    line.progress("send", done, books.candidates)
    with line.interrupts() as is_interrupted:
        for batch, receipt in line.calls.map(
            lambda batch: _hand_over(batch, email, head, line),
            _claimed(record, line, is_interrupted),
            at_once=line.provider.connections,
            per_second=line.provider.per_second,
        ):
            line.ledger.settle(batch, receipt, worker=line.registry.name, at=line.clock())
            done += _settled(batch, receipt)
            line.progress("send", done, books.candidates)
            is_taken = is_taken or receipt.outcome is Outcome.ACCEPTED
            refused += receipt.outcome is Outcome.REJECTED
            if receipt.halts or (refused >= MOST_REFUSALS and not is_taken):
                _pause(record, f"{line.provider.name} refuses us: {receipt.detail}", line)


def _pause(record: EditionRecord, reason: str, line: Line) -> None:
    """Pause the edition once, however many calls that were under way come back with the same answer."""
    standing = line.editions.get(record.id)
    if standing.state is EditionState.SENDING:
        withhold(standing, by="digest", reason=reason, now=line.clock(), line=line)


def _settled(batch: Batch, receipt: Receipt) -> int:
    """How many copies of the batch came to their end by this answer."""
    is_final = receipt.outcome is Outcome.ACCEPTED or (receipt.outcome is Outcome.REJECTED and not batch.is_replay)
    if not is_final:
        return 0
    again = sum(fate.outcome is Outcome.RETRYABLE for fate in receipt.fates)
    return len(batch.recipients) - again - sum(len(half) for half in halves(batch, receipt))


def _claimed(record: EditionRecord, line: Line, is_interrupted: Callable[[], bool]) -> Iterator[Batch]:
    """Claim one batch after the other, until none waits, somebody pauses the edition, or the program is to end."""
    while not is_interrupted():
        batch = line.ledger.claim(
            record.id,
            worker=line.registry.name,
            at=line.clock(),
            lease_seconds=LEASE_SECONDS,
            link=line.newsroom.link,
        )
        if batch is None:
            return
        line.high_water.raise_to(batch.serial)
        yield batch


def _hand_over(batch: Batch, email: Email, head: Envelope, line: Line) -> Receipt:
    """Hand over the copies of a batch; those of which no call can be made are refused by ourselves, with the reason."""
    payload = partial(line.provider.payload, email, head, tag=batch.id)
    refused: tuple[Fate, ...] = ()
    try:
        made = payload(batch.recipients)
    except DigestError as error:
        refused = tuple(_refusals(payload, batch.recipients))
        named = {fate.delivery_id for fate in refused}
        taken = [reader for reader in batch.recipients if reader.delivery_id not in named]
        if not refused or not taken:
            return Receipt(outcome=Outcome.REJECTED, detail=str(error), fates=refused)
        made = payload(taken)
    receipt = line.provider.submit(made)
    if receipt.outcome is Outcome.RETRYABLE:  # the whole batch is tried again, and they are refused again
        return receipt
    return replace(receipt, fates=receipt.fates + refused)


def _refusals(payload: Callable[[Sequence[Recipient]], object], readers: Sequence[Recipient]) -> Iterator[Fate]:
    """The copies of which no call can be made even alone, such as one with an impossible address."""
    for reader in readers:
        try:
            payload((reader,))
        except DigestError as error:
            yield Fate(delivery_id=reader.delivery_id, outcome=Outcome.REJECTED, detail=str(error))

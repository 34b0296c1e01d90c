"""Send: an approved edition -> every reader's copy, batch by batch, each call written down before and after."""

from datetime import timedelta

from digest.errors import EditionRefused
from digest.model.mail import Balance, EditionRecord, EditionState, Email
from digest.pipeline.alert import ring_for_books
from digest.pipeline.audience import has_readers
from digest.pipeline.doubts import clear_doubts
from digest.pipeline.hand_over import hand_over
from digest.pipeline.line import Line
from digest.pipeline.restored import distrust_restored
from digest.render.fingerprint import sha256

GIVE_UP_AFTER = timedelta(hours=6)
"""A batch first tried so long ago and still open is abandoned, counted and reported: news goes stale."""


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
        domain = line.newsroom.list_domain
        line.ledger.prepare(
            record.id, list_domain=domain, provider=line.provider.name, batch_size=size, at=line.clock()
        )
        record = line.editions.get(record.id)
    if record.state is EditionState.SENDING:
        email = _frozen(record, line)
        line.ledger.release_stale(record.id, at=line.clock(), is_alive=line.registry.is_alive)
        distrust_restored(record, line=line)
        clear_doubts(record, line=line)
        hand_over(record, email, line=line)
        if line.editions.get(record.id).state is EditionState.SENDING:  # what is paused waits for a person
            line.ledger.abandon_open(record.id, before=line.clock() - GIVE_UP_AFTER, at=line.clock())
            ring_for_books(record, line.ledger.balance(record.id), line=line)  # what is closed nobody looks at again
            line.ledger.close(record.id, at=line.clock())
    return line.ledger.balance(record.id)


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

"""Books: an edition -> its balance sheet."""

from digest.model.books import Sheet
from digest.model.mail import EditionRecord
from digest.pipeline.line import Line


def sheet(record: EditionRecord, *, line: Line) -> Sheet:
    """Return the books of an edition as they stand, from the ledger alone."""
    return Sheet(
        record=record,
        balance=line.ledger.balance(record.id),
        endings=tuple(line.ledger.endings(record.id)),
        open_batches=tuple(line.ledger.open_batches(record.id)),
        feedback=line.feedback.tally(record.id),
    )

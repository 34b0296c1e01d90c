"""Doubts: a batch whose answer was lost -> what the provider's key or its records make of it, without a person."""

from datetime import UTC, datetime, time, timedelta

from digest.model.mail import Doubt, EditionRecord
from digest.pipeline.line import Line

BEFORE = timedelta(days=1)
"""So long before its day nothing of an edition can have been handed over."""

MOST_SEARCHES = 100
"""Batches that the provider is asked for in one sending, those first that were not asked for longest: of a restored
database a thousand may be in doubt for hours, and there is more to do."""

ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
NEVER = (ALWAYS[1], ALWAYS[0])


def clear_doubts(record: EditionRecord, *, line: Line) -> None:
    """Settle what can be settled (delivery.md, «The ledger», 7).

    While a provider knows the batch's key, the same bytes are handed over again. Else, once its records are
    complete, it is asked whether it knows the batch: what it knows was accepted, what it does not is absent, and
    stays so until an operator says that it may be sent again. All others wait, for a webhook or for an operator; so
    does a batch of which it knows a part, and what a restored database has: its readers may have had their copies in
    batches that it does not know.
    """
    sought = []
    for doubt in line.ledger.doubts(record.id):
        now, (known_from, known_until) = line.clock(), _key_lives(doubt, line)
        if known_from <= now < known_until:
            line.ledger.replay(doubt.batch_id, at=now, until=known_until)
        elif _is_final(doubt, line):
            sought.append(doubt.batch_id)
    for batch_id, found in line.calls.map(
        lambda batch_id: line.provider.search(batch_id, since=since(record)),
        sought[:MOST_SEARCHES],
        at_once=line.provider.connections,
        per_second=line.provider.per_second,
    ):
        line.ledger.trace(batch_id, found, at=line.clock())


def since(record: EditionRecord) -> datetime:
    """From when on a provider is asked for what it took of an edition.

    Never from the ledger's own times: they are wrong where a clock was, and in a database that was restored.
    """
    return datetime.combine(record.day, time(), UTC) - BEFORE


def _key_lives(doubt: Doubt, line: Line) -> tuple[datetime, datetime]:
    """For ever, where handing over again writes the same file; else for so long. Never of bytes that may be others.

    What was tried first in the future was tried nobody knows when: a clock has been set back.
    """
    if not doubt.may_replay:
        return NEVER
    replay_for = line.provider.replay_for
    if replay_for == timedelta.max:
        return ALWAYS
    return doubt.first_tried_at, doubt.first_tried_at + replay_for


def _is_final(doubt: Doubt, line: Line) -> bool:
    after = line.provider.search_after
    return after is not None and line.clock() - doubt.last_tried_at >= after

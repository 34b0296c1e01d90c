"""Doubts: a batch whose answer was lost -> what the provider's key or its records make of it, without a person."""

from datetime import timedelta

from digest.model.mail import Doubt, Trace
from digest.pipeline.line import Line

EARLY = timedelta(minutes=1)
"""A provider's clock may differ from ours by so much, when it is asked what it took since an attempt."""


def clear_doubts(edition_id: int, *, line: Line) -> None:
    """Settle what can be settled (delivery.md, «The ledger», 7).

    While a provider knows the batch's key, the same bytes are handed over again. Else, once its records are
    complete, it is asked whether it knows the batch: what it knows was accepted, what it does not is absent, and
    stays so until an operator says that it may be sent again. All others wait, for a webhook or for an operator.
    """
    for doubt in line.ledger.doubts(edition_id):
        if _knows_key(doubt, line):
            line.ledger.replay(doubt.batch_id, at=line.clock())
        elif _is_final(doubt, line):
            found = line.provider.search(doubt.batch_id, since=doubt.first_tried_at - EARLY)
            if found is not Trace.UNKNOWN:
                line.ledger.trace(doubt.batch_id, was_found=found is Trace.FOUND, at=line.clock())


def _knows_key(doubt: Doubt, line: Line) -> bool:
    """Always, where handing over again writes the same file; else while the key lives, of bytes that are the same."""
    replay_for = line.provider.replay_for
    return replay_for == timedelta.max or (doubt.may_replay and line.clock() - doubt.first_tried_at < replay_for)


def _is_final(doubt: Doubt, line: Line) -> bool:
    after = line.provider.search_after
    return after is not None and line.clock() - doubt.last_tried_at >= after

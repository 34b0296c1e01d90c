"""A call that was refused -> its readers in two calls, so that one of them cannot cost the others their copy."""

from digest.model.mail import Batch, Outcome, Receipt


def halves(batch: Batch, receipt: Receipt) -> tuple[tuple[int, ...], ...]:
    """The deliveries of a call that was refused as a whole, in runs for calls of their own; else nothing.

    Providers refuse a thousand readers for one address that they do not like. Ten halvings find it. One reader alone is
    not halved. Where the answer spoke of some singly, they were the reason, and all others stay together. Nothing is of
    a replay, whose first call may have been taken.
    """
    if receipt.outcome is not Outcome.REJECTED or batch.is_replay:
        return ()
    told = {fate.delivery_id for fate in receipt.fates}
    left = tuple(reader.delivery_id for reader in batch.readers if reader.delivery_id not in told)
    middle = len(left) // 2
    if told and left:
        return (left,)
    return (left[:middle], left[middle:]) if middle else ()

"""A call that was refused -> its readers in two calls, so that one of them cannot cost the others their copy."""

from digest.model.mail import Batch, Outcome, Receipt


def halves(batch: Batch, receipt: Receipt) -> tuple[tuple[int, ...], ...]:
    """The deliveries of a call that was refused as a whole, in two runs for calls of their own; else nothing.

    Providers refuse a thousand readers for one address that they do not like. Ten halvings find it. One reader alone is
    not halved, nor are those of whom the answer spoke singly; nor is a replay, whose first call may have been taken.
    """
    if receipt.outcome is not Outcome.REJECTED or batch.is_replay:
        return ()
    told = {fate.delivery_id for fate in receipt.fates}
    left = tuple(reader.delivery_id for reader in batch.readers if reader.delivery_id not in told)
    middle = len(left) // 2
    return (left[:middle], left[middle:]) if middle else ()

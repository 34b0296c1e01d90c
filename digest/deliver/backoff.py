"""How many times a batch was tried -> how long to wait before the next time."""

from datetime import timedelta

WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
)
LONGEST = timedelta(days=1)
"""A provider that asks for more has no place in a daily newsletter's morning; the send window ends it earlier."""


def wait(attempt: int, *, retry_after: float = 0.0) -> timedelta:
    """Wait this long after attempt number `attempt` (from 1): our table, or the provider's wish where it is longer.

    `retry_after` is in seconds (RFC 9110, section 10.2.3). The last row of the table stands for all later attempts.
    """
    ours = WAITS[min(max(attempt, 1), len(WAITS)) - 1]
    theirs = timedelta(seconds=min(max(retry_after, 0.0), LONGEST.total_seconds()))
    return max(ours, theirs)

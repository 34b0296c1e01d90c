"""The only place where the program asks what time it is."""

from datetime import UTC, datetime

from digest.ports.world import Clock


def clock(fixed: datetime | None = None) -> Clock:
    """Return the source of «now» (aware, UTC): the machine's clock, or one instant for a replay (`--now`)."""
    if fixed is not None:
        return lambda: fixed
    return lambda: datetime.now(UTC)

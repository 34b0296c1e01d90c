"""What one feed may cost, and the words for the one that costs more."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one feed may cost: seconds in all, decoded bytes, decoded bytes per byte received, hops."""

    seconds: float = 20.0
    bytes: int = 5 * 1024 * 1024
    ratio: int = 100
    redirects: int = 5


class Refused(Exception):
    """The answer cannot be used; the message says why, in words for the report."""

    def __init__(self, why: str, *, retry_after: float = 0.0) -> None:
        """`retry_after` in seconds, 0.0 if unsaid."""
        super().__init__(why)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant of the monotonic clock, `seconds` after a beginning."""

    seconds: float
    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(seconds, time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left; Refused when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise Refused(self.missed)
        return left

    @property
    def missed(self) -> str:
        """What to say when it is over."""
        return f"timed out after {self.seconds:g} s"

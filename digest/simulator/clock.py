"""A clock that can be moved, so that what takes a day to run out need not be waited for."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The time of this machine, and whatever it was moved by."""

    def __init__(self) -> None:
        """It begins with the machine's time."""
        self._moved = timedelta(0)

    def now(self) -> datetime:
        """The instant, aware and in UTC."""
        return datetime.now(UTC) + self._moved  # noqa: TID251 - a provider has its own clock

    def move(self, by: timedelta) -> None:
        """Go on by so much, or back."""
        self._moved += by

"""The shape of a round: who is killed where, what goes wrong besides, and when the others come."""

import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from digest.simulator.script import Rule

MOST_READERS = 40
"""In a round: enough for a handful of batches, few enough for a round to be cheap."""


class Kind(StrEnum):
    """What a round is about. A seed's kind is its remainder: see `invent.plan`."""

    KILLED = "killed"
    CROWD = "crowd"
    SHUTDOWN = "shutdown"
    DOUBTS = "doubts"
    LOCKED = "locked"
    FULL = "full"
    RESTORED = "restored"
    UNMARKED = "unmarked"
    CLOCK = "clock"


class Trouble(StrEnum):
    """What is wrong with the disk or the database while a shift is at work."""

    NONE = ""
    LOCKED = "locked by another for a while"
    BUSY = "locked for longer than a sender waits"
    PAGES = "no page more for the database"
    QUOTA = "no file may grow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The nth time that a sender comes to a place; `boundaries` names the places."""

    at: str
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Doom:
    """Which signal a sender gets where; after a SIGTERM, `then` is where it is killed for good, counted from there."""

    spot: Spot
    number: signal.Signals = signal.SIGKILL
    then: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One process: its doom, how wrong its clock is, where the clock jumps, where it copies the database.

    Of one that `is_stranger` nobody can say whether it lives, as if it were of another machine: its lease decides.
    """

    doom: Doom | None = None
    skew: timedelta = timedelta(0)
    jump_at: int = 0
    jump: timedelta = timedelta(0)
    copies: Spot | None = None
    is_stranger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Senders that work at once, `after` so long; what is done to the database before, and what is wrong meanwhile.

    `restores` puts the older copy in the database's place, `forgets` takes the mark and the workers' files away too;
    `leaver` is a reader who is suppressed before.
    """

    after: timedelta
    senders: tuple[Sender, ...]
    trouble: Trouble = Trouble.NONE
    room: int = 0
    restores: bool = False
    forgets: bool = False
    leaver: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A round. `begins` is when the first shift would begin if it waited for nothing."""

    seed: int
    kind: Kind
    road: str
    readers: int
    batch_size: int
    connections: int
    patience: float
    begins: datetime
    night: bool
    rules: tuple[Rule, ...]
    listed_after: float
    shifts: tuple[Shift, ...]

    @property
    def batches(self) -> int:
        """How many batches there are, before any is split."""
        return -(-self.readers // self.batch_size)

    @property
    def fewest_batches(self) -> int:
        """How many there are where whoever leaves has left before they were cut."""
        leavers = {shift.leaver for shift in self.shifts if shift.leaver is not None}
        return -(-(self.readers - len(leavers)) // self.batch_size)

    @property
    def has_wrong_clocks(self) -> bool:
        """True when a sender's clock is not the provider's."""
        return any(sender.skew or sender.jump for shift in self.shifts for sender in shift.senders)

    @property
    def has_strangers(self) -> bool:
        """True when a sender that is alive may be taken for dead."""
        return any(sender.is_stranger for shift in self.shifts for sender in shift.senders)

    @property
    def is_restored(self) -> bool:
        """True when an older copy of the database takes its place."""
        return any(shift.restores for shift in self.shifts)

"""What a tick did, for those who watch it."""

from dataclasses import dataclass
from datetime import date

from digest.model.feed import CollectReport
from digest.model.mail import Balance, EditionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done for one newsletter: the edition as it stands, its books, a line for each thing done or not.

    An outcome with troubles and nothing done was ended by an error.
    """

    newsletter: str
    day: date
    edition: EditionRecord | None
    balance: Balance | None
    done: tuple[str, ...]
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one tick did; `troubles` are those of no newsletter in particular."""

    collected: CollectReport | None
    outcomes: tuple[Outcome, ...]
    troubles: tuple[str, ...] = ()

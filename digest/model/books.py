"""The balance sheet of an edition: what anybody can add up again."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model.mail import Balance, BatchState, DeliveryState, EditionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One candidate's line: what became of the copy, why, in which call (none: it was never to be handed over).

    `reference` is the provider's own name for the message, `feedback` what it told of it later.
    """

    delivery_id: int
    address: str
    state: DeliveryState
    reason: str
    batch_id: str
    reference: str
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """So many copies that ended alike."""

    state: DeliveryState
    reason: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The books of one edition as they stand: sums, endings with their reasons, calls that are open, what was told."""

    record: EditionRecord
    balance: Balance
    endings: tuple[Ending, ...]
    open_batches: tuple[tuple[str, BatchState, str], ...]
    feedback: Mapping[str, int]

"""Feedback: what became of single copies after a provider had accepted them, as it or a mail server tells us."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened to a copy. A provider's words become one of these by its table; what no table knows is unknown."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    UNKNOWN = "unknown"


class BounceClass(StrEnum):
    """What a bounce says of the reader's address: hard (there is none), soft (not now), ours (we were refused)."""

    HARD = "hard"
    SOFT = "soft"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing a provider told, in our words.

    `id` is the provider's own, or a hash of what was said where it gives none: the same event twice is one. `bounce`
    stands with bounced alone. `batch_id` (the tag of its call), `delivery_id` (0 is none) and `address` say whose copy
    it was, as far as the provider said. `status` is an enhanced status code (RFC 3463), empty where none was given;
    `payload` is what was said, as it came; `nonce` a proof that may be used once, where the provider signs no more.
    `is_sealed` says that the delivery is proven by our own seal, so that the address may be one to which he forwards.
    `speaks_for_batch` says that what proves this copy was taken proves it of its whole batch: its call had one answer.
    """

    provider: str
    id: str
    kind: EventKind
    at: datetime
    bounce: BounceClass | None = None
    batch_id: str = ""
    delivery_id: int = 0
    address: str = ""
    status: str = ""
    detail: str = ""
    payload: str = ""
    nonce: str = ""
    is_sealed: bool = False
    speaks_for_batch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of events: how many were new, known already, or of nobody here, and what followed from them.

    `suppressed` counts addresses that are written to no more, `left` subscriptions that ended, `ours` bounces that say
    we were refused, `settled` batches whose answer had been lost. `complaints` names the editions complained of,
    `old_complaints` those of complaints that were known already.
    """

    new: int = 0
    known: int = 0
    unmatched: int = 0
    suppressed: int = 0
    left: int = 0
    ours: int = 0
    settled: int = 0
    complaints: frozenset[int] = frozenset()
    old_complaints: frozenset[int] = frozenset()

    def __add__(self, other: "Heard") -> "Heard":
        """Return both as one."""
        return Heard(
            new=self.new + other.new,
            known=self.known + other.known,
            unmatched=self.unmatched + other.unmatched,
            suppressed=self.suppressed + other.suppressed,
            left=self.left + other.left,
            ours=self.ours + other.ours,
            settled=self.settled + other.settled,
            complaints=self.complaints | other.complaints,
            old_complaints=self.old_complaints | other.old_complaints,
        )

"""Events of a copy, in any order -> what stands beside it, and whether an address has bounced too often."""

from collections.abc import Sequence
from enum import StrEnum

from digest.model.feedback import BounceClass, Event, EventKind


class Standing(StrEnum):
    """What is known of an accepted copy, from the least to the most that can be said of it."""

    UNKNOWN = ""
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    SOFT = "soft bounce"
    OURS = "refused"
    HARD = "hard bounce"
    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"


_RANKS = {standing: rank for rank, standing in enumerate(Standing)}
_BOUNCES = {
    BounceClass.HARD: Standing.HARD,
    BounceClass.SOFT: Standing.SOFT,
    BounceClass.OURS: Standing.OURS,
    None: Standing.SOFT,
}
_KINDS = {
    EventKind.DEFERRED: Standing.DEFERRED,
    EventKind.DELIVERED: Standing.DELIVERED,
    EventKind.UNSUBSCRIBED: Standing.UNSUBSCRIBED,
    EventKind.COMPLAINED: Standing.COMPLAINED,
}


def standing(event: Event) -> Standing:
    """What one event alone says of its copy."""
    if event.kind is EventKind.BOUNCED:
        return _BOUNCES[event.bounce]
    return _KINDS.get(event.kind, Standing.UNKNOWN)


def later(known: Standing, told: Standing) -> Standing:
    """What stands after both: the graver. Events come late, twice and out of order; this comes to the same."""
    return max(known, told, key=_RANKS.__getitem__)


def bounced_too_often(standings: Sequence[Standing], *, limit: int) -> bool:
    """Whether so many copies in a row bounced softly; `standings` are those of an address, in the order of editions."""
    run = 0
    for each in standings:
        run = run + 1 if each is Standing.SOFT else 0
        if run >= limit:
            return True
    return False

"""Who is written to: readers as they are imported, and whether they are."""

from dataclasses import dataclass
from enum import StrEnum


class SubscriptionState(StrEnum):
    """Whether a reader is written to; suppressed is for ever unless the reader asks again."""

    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A reader as imported: `frequencies` names the newsletters asked for."""

    address: str
    name: str
    frequencies: tuple[str, ...]
    consent_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row of an import that was not taken, with its line in the file and the reason."""

    line: int
    row: str
    why: str

"""When a newsletter appears: hours and days as the newsroom wrote them, and the slot they make on one day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

LETTERS = ("daily", "weekly")
"""The letters that come with the program and print an edition; a newsroom may add its own."""


class Policy(StrEnum):
    """What happens at the deadline when nobody has signed the draft (editorial.md, «The desk»)."""

    SEND = "send"
    HOLD = "hold"
    SAFE = "safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recess:
    """Days (both included) on which Parliament is away and the newsletter pauses."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One newsletter's hours. Times are wall-clock times of `timezone`; `weekdays` counts Monday as 0.

    `holidays` names a subdivision of the UK as the `holidays` package does ("ENG"), or is empty
    where holidays are working days. `window_hours` is how far back an edition looks for news.
    `template` names the letter it is printed as; `wire` and `per_section`, where they are not None,
    hold for this newsletter instead of the newsroom's own.
    """

    newsletter: str
    title: str
    weekdays: tuple[int, ...]
    draft_at: time
    deadline: time
    policy: Policy
    timezone: str
    late_after_hours: float
    window_hours: float
    strapline: str = ""
    template: str = "daily"
    wire: int | None = None
    per_section: int | None = None
    holidays: str = ""
    recess: tuple[Recess, ...] = ()
    skip: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One newsletter's appointment on one local day, as instants (UTC); `timezone` is for saying them in words."""

    newsletter: str
    day: date
    timezone: str
    draft_at: datetime
    deadline: datetime
    late_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A day without an edition, and why."""

    newsletter: str
    day: date
    why: str

"""The page behind an item: whether it was read, what came of it, and what its host allows robots to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PageOutcome(StrEnum):
    """What became of an item's page."""

    READ = "read"
    EMPTY = "empty"
    FORBIDDEN = "forbidden"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One linked page: when it was last asked for, how often in vain, and why (`detail`). The text is the item's."""

    url: str
    item_id: str
    at: datetime
    outcome: PageOutcome
    tries: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A host's robots.txt as it was fetched (RFC 9309): `status` 0 where the host could not be reached."""

    origin: str
    at: datetime
    status: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesLine:
    """What the pages of one source came to in one collection.

    `left` were not asked after all, because their host was in trouble or asked for time, and are
    asked at a later collection; `problems` says why pages gave no text.
    """

    source_id: str
    read: int = 0
    empty: int = 0
    forbidden: int = 0
    failed: int = 0
    left: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesReport:
    """What one collection made of the pages behind its items, source by source, ordered by id."""

    lines: tuple[ArticlesLine, ...] = ()

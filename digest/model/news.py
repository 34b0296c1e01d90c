"""What comes in: sources, the bytes they serve, the entries in them, and items with an identity."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus


class Kind(StrEnum):
    """What sort of journalism an item is; readers must be able to tell news from comment."""

    NEWS = "news"
    ANALYSIS = "analysis"
    COMMENT = "comment"
    LIVE = "live"


class SectionName(StrEnum):
    """The sections of an edition, in the order in which they are printed."""

    GOVERNMENT = "Government"
    PARLIAMENT = "Parliament"
    PARTY = "Party"
    UNIONS = "Unions"
    NATIONS = "Nations and councils"
    POLLS = "Polls"


class SourceKind(StrEnum):
    """What sort of publisher stands behind a source."""

    LABOUR = "labour"
    NATIONAL = "national"
    BROADCASTER = "broadcaster"
    WIRE = "wire"
    UNION = "union"
    COUNCIL = "council"
    REGIONAL = "regional"
    BLOG = "blog"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed we read. Several sources may share one publisher (who speaks)."""

    id: str
    name: str
    url: str
    publisher: str
    weight: float = 1.0
    kind: SourceKind = SourceKind.NATIONAL
    sections: tuple[SectionName, ...] = ()
    labour: bool = False
    paywalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """What to fetch, with the validators of the last good answer (RFC 9110, section 13)."""

    source_id: str
    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer of a feed's server: status 200 with a decoded body, or 304 with none."""

    source_id: str
    url: str
    status: int
    body: bytes
    content_type: str
    etag: str
    last_modified: str
    seconds: float

    @property
    def is_unchanged(self) -> bool:
        """True for a 304: the last entries still stand."""
        return self.status == HTTPStatus.NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """A feed that did not arrive: a value in the report, never an exception through the run."""

    source_id: str
    url: str
    error: str
    seconds: float
    status: int = 0


FeedAnswer = Document | FetchFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one feed says of one article, cleaned: text is plain text, `url` absolute and canonical.

    `published` is None where the feed gave no usable date. `position` counts from 0 at the top
    of the feed. `repairs` names everything that had to be mended on the way in.
    """

    source_id: str
    publisher: str
    guid: str
    url: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None
    kind: Kind = Kind.NEWS
    position: int = 0
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The entries of one document; `problems` names what was wrong with the feed as a whole."""

    source_id: str
    title: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article with an identity of its own, whatever feeds, guids, addresses and headlines it came under.

    `title` is the latest headline and `titles` every one seen, oldest first. `published` is the
    feed's date made sane, else `first_seen`. `position` is the best (lowest) seen in any feed.
    """

    id: str
    publisher: str
    url: str
    title: str
    summary: str
    author: str
    kind: Kind
    published: datetime
    first_seen: datetime
    last_seen: datetime
    position: int
    sources: tuple[str, ...]
    titles: tuple[str, ...]
    urls: tuple[str, ...]
    guids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a source between runs; `failing_since` is the first failure since the last success."""

    source_id: str
    url: str
    etag: str = ""
    last_modified: str = ""
    last_tried: datetime | None = None
    last_success: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    last_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One line of the collection's report: what a source gave, or what went wrong with it."""

    source_id: str
    outcome: str
    entries: int = 0
    new_items: int = 0
    seconds: float = 0.0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectReport:
    """What one collection did, source by source."""

    at: datetime
    sources: tuple[SourceReport, ...]
    new_items: int
    changed_items: int

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that gave nothing because something was wrong."""
        return tuple(line for line in self.sources if line.outcome == "failed")

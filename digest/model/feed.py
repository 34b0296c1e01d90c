"""What we ask of the web and what comes back: requests, documents, failures, parsed feeds, and each feed's record."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from digest.model.news import Entry
from digest.model.page import ArticlesReport


class Wanted(StrEnum):
    """What sort of document a request is for; it decides what we say we accept."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch, and for which source, with the validators of the last good answer (RFC 9110, section 13).

    Validators are sent only to `validated_url`, the address that gave them; "" means `url` itself.
    `led_by` is the address of the feed or page in which `url` was found, "" where the newsroom
    named it: a stranger's document must not lead us to the newsroom's own hosts.
    """

    source_id: str
    url: str
    etag: str = ""
    last_modified: str = ""
    validated_url: str = ""
    wanted: Wanted = Wanted.FEED
    led_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer of a server: status 200 with a decoded body, or 304 with none.

    `asked` is the request's address, `url` the one that answered, `moved_to` where an unbroken
    run of permanent redirects (301, 308) from `asked` led, "" if there was none.
    """

    source_id: str
    asked: str
    url: str
    status: int
    body: bytes
    content_type: str
    etag: str
    last_modified: str
    seconds: float
    moved_to: str = ""

    @property
    def is_unchanged(self) -> bool:
        """True for a 304: the last entries still stand."""
        return self.status == HTTPStatus.NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """A document that did not arrive: a value in the report, never an exception through the run.

    `url` is the address that was asked, `status` that of the last answer, be it a 200 or a redirect
    of which nothing could be made (0 where none came whole, and in time), `retry_after` the seconds
    for which the server asked to be left alone (0.0 if it did not).
    """

    source_id: str
    url: str
    error: str
    seconds: float
    status: int = 0
    retry_after: float = 0.0


FetchAnswer = Document | FetchFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The entries of one document; `problems` names what was wrong with the feed as a whole."""

    source_id: str
    title: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a source between runs. Everything in it is about `url`, the source's configured address.

    `moved_to` is asked instead of `url` once permanent redirects led there. `failing_since` is
    the first failure since the last success; `retry_at` until when its server asked to be left
    alone (Retry-After; our own back-off follows from `failures` and `last_tried`); `gone_at` is
    when it answered 410 Gone and was retired; `last_new` when it last brought a new item;
    `seconds` how long its last answer took.
    """

    source_id: str
    url: str
    moved_to: str = ""
    etag: str = ""
    last_modified: str = ""
    validated_url: str = ""
    last_tried: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    gone_at: datetime | None = None
    failures: int = 0
    last_error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDay:
    """What one source did on one day (UTC): how often it was asked and failed, its new items, seconds in all."""

    source_id: str
    day: date
    polls: int = 0
    failures: int = 0
    new_items: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDocument:
    """The last document of a source in which something was wrong, kept for whoever looks into it."""

    source_id: str
    url: str
    at: datetime
    content_type: str
    body: bytes
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long each kind of memory is kept: items since last seen, feeds' days, pages asked for, documents."""

    items: timedelta = timedelta(days=120)
    feed_days: timedelta = timedelta(days=400)
    pages: timedelta = timedelta(days=30)
    documents: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One line of the collection's report: what a source gave, or what went wrong with it.

    `outcome` is read, unchanged, failed, waiting (asked to be left alone, or backing off) or gone (410).
    """

    source_id: str
    outcome: str
    entries: int = 0
    new_items: int = 0
    seconds: float = 0.0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectReport:
    """What one collection did, source by source; `forgotten` says what was too old to be kept any longer."""

    at: datetime
    sources: tuple[SourceReport, ...]
    new_items: int
    changed_items: int
    articles: ArticlesReport = field(default_factory=ArticlesReport)
    forgotten: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that gave nothing because something was wrong."""
        return tuple(line for line in self.sources if line.outcome == "failed")

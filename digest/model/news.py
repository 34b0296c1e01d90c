"""The news: sources, the entries of their feeds, items with an identity, and how items were edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sort of journalism an item is; readers must be able to tell news from comment."""

    NEWS = "news"
    ANALYSIS = "analysis"
    COMMENT = "comment"
    LIVE = "live"


class Medium(StrEnum):
    """How an item is taken in."""

    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"


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
    """A feed we read. Several sources may share one publisher (who speaks).

    `full_text` asks for the articles behind its links; `own_host` says that its host is the
    newsroom's own and may lie on a private network; `by_weight` that an editor puts the weightiest
    first, where most feeds are in order of time.
    """

    id: str
    name: str
    url: str
    publisher: str
    weight: float = 1.0
    kind: SourceKind = SourceKind.NATIONAL
    sections: tuple[SectionName, ...] = ()
    labour: bool = False
    paywalled: bool = False
    full_text: bool = False
    own_host: bool = False
    by_weight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one feed says of one article, cleaned: text is plain text, `url` absolute and canonical.

    `published` is None where the feed gave no usable date. `position` counts from 0 at the top
    of the feed. `repairs` names everything that had to be mended on the way in. `raw_date` is the
    feed's own word for when; `picture` an absolute URL, or "". `own` is whether a feed of the
    publisher's says it; an aggregator's speaks for nobody, whomever it names.
    """

    source_id: str
    publisher: str
    guid: str
    url: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None
    raw_date: str = ""
    kind: Kind = Kind.NEWS
    medium: Medium = Medium.TEXT
    picture: str = ""
    position: int = 0
    repairs: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article with an identity of its own, whatever feeds, guids, addresses and headlines it came under.

    `title` is the latest headline and `titles` every one seen, oldest first. `published` is the
    feed's date made sane, else `first_seen`. `position` is the best (lowest) seen in any feed.
    `text` is the article's own text where the page behind the link was read (capped), else "".
    `said` is what each source said of it last, as fingerprints (see `collect.said`). `foreign` are
    those of its sources, addresses, guids and headlines which no feed of its publisher's gave
    (see `collect.foreign`).
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
    raw_date: str = ""
    medium: Medium = Medium.TEXT
    picture: str = ""
    text: str = ""
    said: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def is_placed(self, sources: Mapping[str, Source]) -> bool:
        """Say whether an editor gave it its position: every feed that has it is one in order of weight."""
        return all(source in sources and sources[source].by_weight for source in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A publisher’s change to an item: `field` (title, summary, author or url), before, after, and when it was seen."""

    item_id: str
    at: datetime
    field: str
    before: str
    after: str

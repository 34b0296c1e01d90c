"""The TOML and CSV files beside this module -> the sample day as frozen values."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Any

from digest.model.news import Kind, SectionName, Source, SourceKind
from digest.model.reader import Subscriber

FREQUENCIES = {"daily": ("daily",), "weekly": ("weekly",), "both": ("daily", "weekly")}


class Format(StrEnum):
    """The format a feed is written in: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


class Markup(StrEnum):
    """How HTML stands inside a feed's XML."""

    ESCAPED = "escaped"
    CDATA = "cdata"


class Fault(StrEnum):
    """What is wrong with a feed as a whole."""

    NONE = ""
    DEAD = "dead"
    TRUNCATED = "truncated"


class Dating(StrEnum):
    """What an entry's date looks like; all but NORMAL are mistakes seen in real RSS feeds."""

    NORMAL = "normal"
    MISSING = "missing"
    TOMORROW = "tomorrow"
    COLON_ZONE = "colon zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an article says at one time: `summary` is HTML or plain text, `ago` counts back from the feed's `now`."""

    title: str
    summary: str
    ago: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleItem:
    """One article in one feed. `key` is "feed/slug"; items about one event carry the same `story`.

    `wordings` holds one wording per edition of the feed; the last one stands for all later editions.
    `labour` says whether an editor would call it Labour news.
    """

    key: str
    outlet: str
    slug: str
    story: str
    wordings: tuple[Wording, ...]
    author: str
    category: str
    kind: Kind
    labour: bool
    dating: Dating

    @property
    def title(self) -> str:
        """The headline of the first edition, without the publisher's suffix."""
        return self.wordings[0].title

    @property
    def summary(self) -> str:
        """The text of the first edition, without the publisher's footer."""
        return self.wordings[0].summary

    def wording(self, edition: int) -> Wording:
        """What the article says in the feed's n-th edition, counted from 1."""
        return self.wordings[min(edition, len(self.wordings)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    """A source, its items from top to bottom, and the publisher's habits (named in sources.toml).

    `site` has no path; `source.url` is the feed's own invented address, not the loopback one.
    """

    source: Source
    site: str
    items: tuple[SampleItem, ...]
    format: Format
    markup: Markup
    fault: Fault
    suffix: str
    footer: str
    tracking: str
    relative: bool
    gzip: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an editor would make of the day; `sections` holds every story that is Labour news, by section."""

    lead: str
    wire: str
    twins: str
    retitled: str
    boilerplate_item: str
    apart: tuple[tuple[str, str], ...]
    boilerplate: tuple[str, ...]
    sections: Mapping[str, SectionName]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDay:
    """A day's news, the readers it is sent to, and what ought to come of it."""

    feeds: tuple[SampleFeed, ...]
    readers: tuple[Subscriber, ...]
    expected: Expected

    @property
    def items(self) -> tuple[SampleItem, ...]:
        """Every item of every feed."""
        return tuple(item for feed in self.feeds for item in feed.items)


def load() -> SampleDay:
    """Read the whole sample day from the package's own files."""
    return SampleDay(
        feeds=tuple(_feed(row) for row in _toml("sources.toml")["feeds"]),
        readers=tuple(_reader(row) for row in csv.DictReader(readers_csv().splitlines())),
        expected=_expected(_toml("expected.toml")),
    )


def readers_csv() -> str:
    """The sample readers as a newsroom would hand them over: email, name, frequency, consent_source."""
    return (files("digest.sample") / "readers.csv").read_text(encoding="utf-8")


def _toml(path: str) -> dict[str, Any]:
    return tomllib.loads((files("digest.sample") / path).read_text(encoding="utf-8"))


def _feed(row: Mapping[str, Any]) -> SampleFeed:
    source = Source(
        id=row["id"],
        name=row["name"],
        url=f"{row['site']}/feed",
        publisher=row["publisher"],
        weight=row["weight"],
        kind=SourceKind(row["kind"]),
        sections=tuple(SectionName(name) for name in row.get("sections", ())),
        labour=row.get("labour", False),
        paywalled=row.get("paywalled", False),
    )
    fault = Fault(row.get("fault", ""))
    written = () if fault is Fault.DEAD else _toml(f"content/{source.id}.toml")["items"]
    return SampleFeed(
        source=source,
        site=row["site"],
        items=tuple(_item(entry, source) for entry in written),
        format=Format(row["format"]),
        markup=Markup(row.get("markup", "escaped")),
        fault=fault,
        suffix=row.get("suffix", ""),
        footer=row.get("footer", ""),
        tracking=row.get("tracking", ""),
        relative=row.get("relative", False),
        gzip=row.get("gzip", False),
    )


def _item(row: Mapping[str, Any], source: Source) -> SampleItem:
    return SampleItem(
        key=f"{source.id}/{row['slug']}",
        outlet=source.publisher,
        slug=row["slug"],
        story=row["story"],
        wordings=tuple(_wording(text) for text in (row, row.get("later")) if text),
        author=row.get("author", source.publisher),
        category=row.get("category", "Politics"),
        kind=Kind(row.get("kind", "news")),
        labour=row.get("labour", True),
        dating=Dating(row.get("date", "normal")),
    )


def _wording(row: Mapping[str, Any]) -> Wording:
    # The files are wrapped for those who read them; a feed has no such line breaks.
    return Wording(title=row["title"], summary=" ".join(row["summary"].split()), ago=_duration(row["ago"]))


def _duration(written: str) -> timedelta:
    hours, minutes = re.findall(r"\d+", written)
    return timedelta(hours=int(hours), minutes=int(minutes))


def _reader(row: Mapping[str, str]) -> Subscriber:
    return Subscriber(
        address=row["email"],
        name=row["name"],
        frequencies=FREQUENCIES[row["frequency"]],
        consent_source=row["consent_source"],
    )


def _expected(row: Mapping[str, Any]) -> Expected:
    return Expected(
        lead=row["lead"],
        wire=row["wire"],
        twins=row["twins"],
        retitled=row["retitled"],
        boilerplate_item=row["boilerplate_item"],
        apart=tuple((one, other) for one, other in row["apart"]),
        boilerplate=tuple(row["boilerplate"]),
        sections={story: SectionName(name) for story, name in row["sections"].items()},
    )

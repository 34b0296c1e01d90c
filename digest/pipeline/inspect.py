"""Inspect an address: what we would make of it as a feed, or which feeds its page leads to; nothing is kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeGuard

from digest.collect.discover import FeedKind, FoundFeed, feeds_in, is_page, usual_places
from digest.collect.identity import merge
from digest.collect.parse import ParseTask, parse
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest, ParsedFeed
from digest.model.news import Entry, Item, Source
from digest.ports.world import Fetcher, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One address read as a feed: the answer, then the feed and the items it would become, or why there are none."""

    url: str
    answer: FetchAnswer
    feed: ParsedFeed | None = None
    items: tuple[Item, ...] = ()
    error: str = ""

    @property
    def is_usable(self) -> bool:
        """Say whether anything came of it that could stand in an edition."""
        return bool(self.items)

    @property
    def doubles(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries that would be one item, several at a time: what was recognised as the same article."""
        entries = self.feed.entries if self.feed else ()
        gathered = (tuple(entry for entry in entries if _is_of(entry, item)) for item in self.items)
        return tuple(several for several in gathered if len(several) > 1)

    @property
    def repairs(self) -> tuple[tuple[str, int], ...]:
        """How often each repair was made, by its name (what stands before the colon), the most frequent first."""
        entries = self.feed.entries if self.feed else ()
        counted = Counter(repair.partition(":")[0] for entry in entries for repair in entry.repairs)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """An address as it answered (`asked`), the feeds its page leads to, and the feed that was tested.

    `tested` is `asked` itself where that is a feed, and None where nothing led to one.
    """

    asked: Reading
    found: tuple[FoundFeed, ...] = ()
    tested: Reading | None = None

    @property
    def why_none(self) -> str:
        """Why no feed was found, "" when one was."""
        if self.found or not _is_page(self.asked.answer):
            return "" if self.found else self.asked.error
        return "it is a page that names no feed, and there is none at the usual addresses"


@dataclass(frozen=True, slots=True)
class _Tools:
    """What reading takes."""

    fetcher: Fetcher
    workers: Workers
    now: datetime


def inspect(source: Source, *, fetcher: Fetcher, workers: Workers, now: datetime) -> Inspection:
    """Read the source's address as a feed; where it is a web page, find its feeds and read the first.

    A page that names none is asked for at the usual addresses of its site, all at once: eight
    requests at the most. Every failure is a value.
    """
    tools = _Tools(fetcher, workers, now)
    asked = _read([source], tools)[0]
    if asked.feed:
        itself = FoundFeed(url=source.url, title=asked.feed.title, kind=FeedKind.ITSELF)
        return Inspection(asked=asked, found=(itself,), tested=asked)
    page = asked.answer
    if not _is_page(page):
        return Inspection(asked=asked)
    found = feeds_in(page.body, url=page.url, content_type=page.content_type)
    if found:
        tested = _read([replace(source, url=found[0].url)], tools, led_by=page.url)[0]
        return Inspection(asked=asked, found=found, tested=tested)
    guesses = [replace(source, url=guess.url) for guess in usual_places(page.url)]
    readings = _once(_read(guesses, tools, led_by=page.url))
    usual = tuple(FoundFeed(url=one.url, title=one.feed.title, kind=FeedKind.USUAL) for one in readings if one.feed)
    return Inspection(asked=asked, found=usual, tested=readings[0] if readings else None)


def _is_page(answer: FetchAnswer) -> TypeGuard[Document]:
    return isinstance(answer, Document) and is_page(answer.body, answer.content_type)


def _read(sources: Sequence[Source], tools: _Tools, *, led_by: str = "") -> list[Reading]:
    """Fetch and parse, in the order asked; the sources differ in their addresses only."""
    requests = [FetchRequest(source_id=one.id, url=one.url, led_by=led_by) for one in sources]
    answers = {_asked(answer): answer for answer in tools.fetcher.fetch(requests)}
    documents = [answer for answer in answers.values() if isinstance(answer, Document)]
    tasks = [ParseTask(document=document, source=sources[0], now=tools.now) for document in documents]
    made = {task.document.asked: outcome for task, outcome in tools.workers.map(parse, tasks)}
    return [_reading(one.url, answers[one.url], made.get(one.url), tools.now) for one in sources]


def _asked(answer: FetchAnswer) -> str:
    return answer.asked if isinstance(answer, Document) else answer.url


def _reading(url: str, answer: FetchAnswer, made: ParsedFeed | Exception | None, now: datetime) -> Reading:
    if isinstance(answer, FetchFailure):
        return Reading(url=url, answer=answer, error=answer.error)
    if not isinstance(made, ParsedFeed):
        return Reading(url=url, answer=answer, error=str(made))
    merged = merge((), (made,), now=now)
    return Reading(url=url, answer=answer, feed=made, items=merged.changed)


def _is_of(entry: Entry, item: Item) -> bool:
    """Say whether the item was made of this entry; the headline decides only where nothing else identifies the item."""
    if f"{entry.source_id} {entry.guid}" in item.guids or entry.url in item.urls:
        return True
    return not (item.urls or item.guids) and entry.title in item.titles


def _once(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readable ones, each feed once: several usual addresses redirect to the same one."""
    kept: dict[str, Reading] = {}
    for reading in readings:
        if reading.feed and isinstance(reading.answer, Document):
            kept.setdefault(reading.answer.url, reading)
    return list(kept.values())

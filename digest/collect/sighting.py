"""An entry or a known item -> the keys by which it is recognised, and when a headline counts as one."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from digest.collect.address import is_home, same_page_key
from digest.collect.foreign import has_spoken, others, own
from digest.model.feed import ParsedFeed
from digest.model.news import Entry, Item
from digest.text.headline import near_headline_key, same_headline_key

EQUAL_WITHIN = timedelta(days=3)
"""An equal headline of one publisher is the same article under a new address; later it may be a yearly one."""

NEAR_WITHIN = timedelta(hours=24)
"""A headline that differs only in light words is an edit; the next day it may be the next day's."""

RUBRIC_WITHIN = timedelta(hours=12)
"""«Letters» and «Politics live» come every day: so short a headline is one article for half a day only."""

SHORTEST_HEADLINE = 4
SHORTEST_NEAR = 5
"""Words; fewer are a rubric, or say too little for being nearly alike to mean anything."""

MOST_HEADLINES = 2
"""Headlines that one document may give to one guid or address before we stop believing that it names an article."""

MOST_PAGES = 2
"""Pages that one document may give to one guid or headline, likewise: more would make one article of them all."""


MOST_KNOWN = 2
"""Known items with one headline at one time from which on it names none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry or a known item with what identifies it.

    `own` is whether a feed of the publisher's says it. A known item to which others added is two
    sightings, what its publisher said and what they did. `since`..`until` is when it was
    published, or when it was seen if that is unknown. `pages` and `headlines` are keys;
    the first word of a headline's says which window holds for it; `rubrics` are headlines that one
    document gives to many. `date` is the one it was given, None if it has none. `id` is the known item's, or
    what an item of this entry alone would get: two that have one id are one article.
    """

    urls: tuple[str, ...]
    guids: tuple[str, ...]
    titles: tuple[str, ...]
    sources: tuple[str, ...]
    publisher: str
    own: bool
    since: datetime
    until: datetime
    id: str
    pages: tuple[str, ...]
    headlines: frozenset[str]
    rubrics: frozenset[str] = frozenset()
    date: datetime | None = None
    item: Item | None = None
    entry: Entry | None = None


def of_item(item: Item) -> list[Sighting]:
    """How a known item is recognised: by every guid, address and headline it ever had."""
    if not item.foreign:
        return [_of_item(item, own, is_own=True)]
    if not has_spoken(item):
        return [_of_item(item, others, is_own=False)]
    return [_of_item(item, own, is_own=True), _of_item(item, others, is_own=False)]


def of_entries(feed: ParsedFeed, *, now: datetime) -> list[Sighting]:
    """How the entries of one document are recognised.

    A guid or an address that one document gives to more than two headlines (the home page as
    every link, «0» as every guid) identifies none of them; two are an article and its edit. Nor
    does a guid or a headline that it gives to more than two pages, nor ever a home page.
    """
    titles: dict[str, set[str]] = defaultdict(set)
    pages: dict[str, set[str]] = defaultdict(set)
    for entry in feed.entries:
        page = _page(entry.url)
        for key in (page, _guid(entry)):
            titles[key].add(same_headline_key(entry.title))
        for key in (_guid(entry), *_headlines(entry.title)):
            pages[key].add(page)
    shared = {key for key, among in titles.items() if len(among) > MOST_HEADLINES}
    shared |= {key for key, among in pages.items() if len(among) > MOST_PAGES}
    shared |= {_page(entry.url) for entry in feed.entries if is_home(entry.url)}
    shared |= {_guid(entry) for entry in feed.entries if is_home(entry.guid)}
    return [_of_entry(entry, shared, now) for entry in feed.entries]


def linked_by_headline(key: str, sightings: Sequence[tuple[int, Sighting]]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, each sighting with the one before it, where those with one key are near enough in time.

    Two known items with one headline were told apart when they came: such a headline names neither.
    """
    for chain in _chains(sightings, _window(key)):
        known = {sighting.item.id for _, sighting in chain if sighting.item}
        if len(known) < MOST_KNOWN:
            yield from pairwise(index for index, _ in chain)


def left_over(
    key: str, known: Sequence[tuple[int, Sighting]], shown: Sequence[tuple[int, Sighting]]
) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, a known item and an entry of one headline and one date each, of those that nothing else knows.

    A feed with a new guid and a new address for each of its «Letters» at every poll has no news for it.
    """
    waiting: dict[datetime | None, list[tuple[int, Sighting]]] = defaultdict(list)
    for numbered in known:
        waiting[numbered[1].date].append(numbered)
    for index, sighting in shown:
        before = waiting[sighting.date]
        if before and sighting.since - before[0][1].until <= _window(key):
            yield before.pop(0)[0], index


def _chains(sightings: Sequence[tuple[int, Sighting]], window: timedelta) -> Iterator[list[tuple[int, Sighting]]]:
    """The sightings in the order of their times, parted where there is a gap longer than the window."""
    ordered = sorted(sightings, key=lambda each: (each[1].since, each[1].until))
    chain, latest = ordered[:1], ordered[0][1].until
    for numbered in ordered[1:]:
        if numbered[1].since - latest > window:
            yield chain
            chain = []
        chain.append(numbered)
        latest = max(latest, numbered[1].until)
    yield chain


def _of_item(item: Item, part: Callable[..., tuple[str, ...]], *, is_own: bool) -> Sighting:
    """What one side said of a known item."""
    is_dated = item.published != item.first_seen
    urls, titles = part(item, "urls"), part(item, "titles")
    return Sighting(
        urls=urls,
        guids=part(item, "guids"),
        titles=titles,
        sources=part(item, "sources"),
        publisher=item.publisher.casefold(),
        own=is_own,
        since=item.published,
        until=item.published if is_dated else item.last_seen,
        id=item.id,
        pages=tuple(map(_page, urls)),
        headlines=frozenset(key for title in titles for key in _headlines(title)),
        date=item.published if is_dated else None,
        item=item,
    )


def _of_entry(entry: Entry, shared: set[str], now: datetime) -> Sighting:
    """One entry with the keys that are its own; a guid means something within its source only."""
    when = entry.published or now
    page, guid = _page(entry.url), _guid(entry)
    headlines = frozenset(_headlines(entry.title))
    return Sighting(
        urls=() if page in shared else (entry.url,),
        guids=() if guid in shared or not entry.guid else (guid,),
        titles=(entry.title,),
        sources=(entry.source_id,),
        publisher=entry.publisher.casefold(),
        own=entry.own,
        since=when,
        until=when,
        id=_id(entry, _nameless(entry) if page in shared else page),
        pages=() if page in shared else (page,),
        headlines=headlines - shared,
        rubrics=headlines & shared,
        date=entry.published,
        entry=entry,
    )


def _page(url: str) -> str:
    """The key of a page."""
    return f"address {same_page_key(url)}"


def _guid(entry: Entry) -> str:
    """The guid as it is remembered, with its source."""
    return f"{entry.source_id} {entry.guid}"


def _nameless(entry: Entry) -> str:
    """What stands in for the key of a page that names no article: it with headline and instant."""
    published = entry.published.isoformat() if entry.published else ""
    return f"{_page(entry.url)} {same_headline_key(entry.title)} {published}"


def _id(entry: Entry, page: str) -> str:
    """Sixteen hex digits of publisher and page."""
    return hashlib.sha256(f"{entry.publisher.casefold()}\n{page}".encode()).hexdigest()[:16]


def _headlines(title: str) -> tuple[str, ...]:
    """The keys of one headline."""
    same, near = same_headline_key(title), near_headline_key(title)
    if len(same.split()) < SHORTEST_HEADLINE:
        return (f"rubric {same}",) if same else ()
    return (f"equal {same}", *((f"near {near}",) if len(near.split()) >= SHORTEST_NEAR else ()))


def _window(key: str) -> timedelta:
    """How far apart two sightings with this key may be."""
    return {"equal": EQUAL_WITHIN, "near": NEAR_WITHIN, "rubric": RUBRIC_WITHIN}[key.partition(" ")[0]]

"""An entry or a known item -> the keys by which it is recognised, and when a headline counts as one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from digest.collect.address import same_page_key
from digest.model.news import Entry, Item, ParsedFeed
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry or a known item with its keys. `since`..`until` is when it was published, or seen if that is unknown."""

    keys: tuple[str, ...]
    headlines: tuple[str, ...]
    publisher: str
    since: datetime
    until: datetime
    item: Item | None = None
    entry: Entry | None = None
    fallback: str = ""


def of_item(item: Item) -> Sighting:
    """How a known item is recognised: by every guid, address and headline it ever had."""
    dated = item.published != item.first_seen
    return Sighting(
        keys=(*(f"guid {guid}" for guid in item.guids), *(f"page {same_page_key(url)}" for url in item.urls)),
        headlines=tuple(sorted({key for title in item.titles for key in _headlines(title)})),
        publisher=item.publisher.casefold(),
        since=item.published,
        until=item.published if dated else item.last_seen,
        item=item,
    )


def of_entries(feed: ParsedFeed, *, now: datetime) -> list[Sighting]:
    """How the entries of one document are recognised.

    A guid or an address that one document gives to entries with different headlines (the home
    page as every link, «0» as every guid) identifies none of them.
    """
    titles = {same_headline_key(entry.title) + "\n" + key for entry in feed.entries for key in _keys(entry)}
    shared = Counter(titled.partition("\n")[2] for titled in titles)
    return [_of_entry(entry, {key for key, count in shared.items() if count > 1}, now) for entry in feed.entries]


def scoped_guid(entry: Entry) -> str:
    """A guid means something within its source only."""
    return f"{entry.source_id} {entry.guid}"


def linked_by_headline(key: str, sightings: Sequence[tuple[int, Sighting]]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, each sighting with the one before it, where those with one key are near enough in time."""
    window = _window(key)
    ordered = sorted(sightings, key=lambda numbered: (numbered[1].since, numbered[1].until))
    latest = ordered[0][1].until
    for (before, _), (index, sighting) in pairwise(ordered):
        if sighting.since - latest <= window:
            yield before, index
        latest = max(latest, sighting.until)


def _of_entry(entry: Entry, shared: set[str], now: datetime) -> Sighting:
    """One entry with the keys that are its own."""
    keys = tuple(key for key in _keys(entry) if key not in shared)
    when = entry.published or now
    return Sighting(
        keys=keys,
        headlines=_headlines(entry.title),
        publisher=entry.publisher.casefold(),
        since=when,
        until=when,
        entry=entry,
        fallback=f"{same_headline_key(entry.title)} {when:%Y-%m-%d}",
    )


def _keys(entry: Entry) -> tuple[str, ...]:
    """The page first: it is what an item's id is made of."""
    return (f"page {same_page_key(entry.url)}", *((f"guid {scoped_guid(entry)}",) if entry.guid else ()))


def _headlines(title: str) -> tuple[str, ...]:
    """The headline's keys; the first word says which window holds for it."""
    same, near = same_headline_key(title), near_headline_key(title)
    if len(same.split()) < SHORTEST_HEADLINE:
        return (f"rubric {same}",) if same else ()
    return (f"equal {same}", *((f"near {near}",) if len(near.split()) >= SHORTEST_NEAR else ()))


def _window(key: str) -> timedelta:
    """How far apart two sightings with this key may be."""
    return {"equal": EQUAL_WITHIN, "near": NEAR_WITHIN, "rubric": RUBRIC_WITHIN}[key.partition(" ")[0]]

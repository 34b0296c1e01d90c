"""An entry or a known item -> the keys by which it is recognised, and when a headline counts as one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from digest.collect.address import same_page_key
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry or a known item with what identifies it.

    `since`..`until` is when it was published, or when it was seen if that is unknown. `fallback`
    makes the id of an entry that nothing identifies but its headline.
    """

    urls: tuple[str, ...]
    guids: tuple[str, ...]
    titles: tuple[str, ...]
    publisher: str
    since: datetime
    until: datetime
    item: Item | None = None
    entry: Entry | None = None
    fallback: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Addresses and guids. An item's id is made of the alphabet's first, which is an address if there is one."""
        return (*(_page(url) for url in self.urls), *(f"guid {guid}" for guid in self.guids))

    @property
    def headlines(self) -> frozenset[str]:
        """The keys of every headline; the first word of each says which window holds for it."""
        return frozenset(key for title in self.titles for key in _headlines(title))


def of_item(item: Item) -> Sighting:
    """How a known item is recognised: by every guid, address and headline it ever had."""
    dated = item.published != item.first_seen
    return Sighting(
        urls=item.urls,
        guids=item.guids,
        titles=item.titles,
        publisher=item.publisher.casefold(),
        since=item.published,
        until=item.published if dated else item.last_seen,
        item=item,
    )


def of_entries(feed: ParsedFeed, *, now: datetime) -> list[Sighting]:
    """How the entries of one document are recognised.

    A guid or an address that one document gives to more than two headlines (the home page as
    every link, «0» as every guid) identifies none of them; two are an article and its edit.
    """
    titled = {(key, same_headline_key(entry.title)) for entry in feed.entries for key in (_page(entry.url), entry.guid)}
    shared = {key for key, count in Counter(key for key, _ in titled).items() if count > MOST_HEADLINES}
    return [_of_entry(entry, shared, now) for entry in feed.entries]


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
    """One entry with the keys that are its own; a guid means something within its source only."""
    when = entry.published or now
    return Sighting(
        urls=() if _page(entry.url) in shared else (entry.url,),
        guids=() if entry.guid in shared or not entry.guid else (f"{entry.source_id} {entry.guid}",),
        titles=(entry.title,),
        publisher=entry.publisher.casefold(),
        since=when,
        until=when,
        entry=entry,
        fallback=f"{same_headline_key(entry.title)} {when:%Y-%m-%d}",
    )


def _page(url: str) -> str:
    """The key of a page."""
    return f"address {same_page_key(url)}"


def _headlines(title: str) -> tuple[str, ...]:
    """The keys of one headline."""
    same, near = same_headline_key(title), near_headline_key(title)
    if len(same.split()) < SHORTEST_HEADLINE:
        return (f"rubric {same}",) if same else ()
    return (f"equal {same}", *((f"near {near}",) if len(near.split()) >= SHORTEST_NEAR else ()))


def _window(key: str) -> timedelta:
    """How far apart two sightings with this key may be."""
    return {"equal": EQUAL_WITHIN, "near": NEAR_WITHIN, "rubric": RUBRIC_WITHIN}[key.partition(" ")[0]]

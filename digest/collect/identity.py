"""Entries of many feeds + the items we know -> items, each article once, whatever it came under.

Two sightings are the same article when they share a guid of one source, a canonical URL, or a
headline of one publisher near in time (see `collect.sighting`). Sightings that are linked,
directly or over others, make one item; nothing depends on the order in which feeds arrive.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.collect.item import EDITED, edits_between, joined
from digest.collect.sighting import Sighting, linked_by_headline, of_entries, of_item
from digest.model.feed import ParsedFeed
from digest.model.news import Edit, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """What one source gave: its entries, and how many of the new items it carried (several sources may carry one)."""

    source_id: str
    entries: int
    new_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a collection found, ordered by id.

    `changed` are new items and those of which a reader would see a difference; `seen_again` are
    the others that a feed still carries, with `last_seen`, position and keys brought up to date
    (save both). `absorbed` pairs the id of an item that turned out to be another one with the id
    that stays; everything it had is in the one that stays. `edits` says what changed of the known
    items, ordered by item.
    """

    changed: tuple[Item, ...]
    new_ids: frozenset[str]
    seen_again: tuple[Item, ...]
    absorbed: tuple[tuple[str, str], ...]
    by_source: tuple[SourceCount, ...]
    edits: tuple[Edit, ...]


def merge(known: Sequence[Item], feeds: Sequence[ParsedFeed], *, now: datetime) -> Merged:
    """Recognise each entry as a known item or a new one.

    `known` must reach back as far as feeds do (weeks), for what is not known is new. The result is the
    same for any order of `known` and `feeds`; near-linear in the number of sightings.
    """
    sightings = [of_item(item) for item in known]
    for feed in feeds:
        sightings += of_entries(feed, now=now)
    changed: list[Item] = []
    seen_again: list[Item] = []
    absorbed: list[tuple[str, str]] = []
    edits: list[Edit] = []
    fresh: list[list[Sighting]] = []
    for group in _groups(sightings):
        if len(group) == 1 and group[0].item:
            continue
        item = joined(group, now=now)
        olds = [sighting.item for sighting in group if sighting.item]
        absorbed += [(old.id, item.id) for old in olds if old.id != item.id]
        edits += [edit for old in olds if old.id == item.id for edit in edits_between(old, item, at=now)]
        fresh += [group] if not olds else []
        (seen_again if _reads_the_same(item, olds) else changed).append(item)
    return Merged(
        changed=tuple(sorted(changed, key=lambda item: item.id)),
        new_ids=frozenset(item.id for item in changed) - {item.id for item in known},
        seen_again=tuple(sorted(seen_again, key=lambda item: item.id)),
        absorbed=tuple(sorted(absorbed)),
        by_source=_counts(feeds, fresh),
        edits=tuple(sorted(edits, key=lambda edit: edit.item_id)),
    )


def _groups(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Gather linked sightings (union-find with path halving)."""
    parents = list(range(len(sightings)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for first, second in _links(sightings):
        parents[root(first)] = root(second)
    groups: dict[int, list[Sighting]] = defaultdict(list)
    for index, sighting in enumerate(sightings):
        groups[root(index)].append(sighting)
    return list(groups.values())


def _links(sightings: Sequence[Sighting]) -> Iterable[tuple[int, int]]:
    """Pairs that are the same article; as few as make the groups."""
    by_key: dict[str, int] = {}
    by_headline: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, sighting in enumerate(sightings):
        for key in sighting.keys:
            yield by_key.setdefault(key, index), index
        for headline in sighting.headlines:
            by_headline[(sighting.publisher, headline)].add(index)
    for (_, headline), indexes in by_headline.items():
        yield from linked_by_headline(headline, [(index, sightings[index]) for index in indexes])


def _reads_the_same(item: Item, olds: Sequence[Item]) -> bool:
    """Whether a reader would see no difference to the one item it was."""
    return len(olds) == 1 and all(
        getattr(item, name) == getattr(olds[0], name)
        for name in (*EDITED, "id", "publisher", "kind", "medium", "picture", "published", "sources", "titles")
    )


def _counts(feeds: Sequence[ParsedFeed], fresh: Sequence[Sequence[Sighting]]) -> tuple[SourceCount, ...]:
    """Entries and new items, source by source."""
    entries: dict[str, int] = defaultdict(int)
    for feed in feeds:
        entries[feed.source_id] += len(feed.entries)
    new: dict[str, int] = defaultdict(int)
    for group in fresh:
        for source_id in {sighting.entry.source_id for sighting in group if sighting.entry}:
            new[source_id] += 1
    return tuple(
        SourceCount(source_id=source_id, entries=count, new_items=new[source_id])
        for source_id, count in sorted(entries.items())
    )

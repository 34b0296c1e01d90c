"""Entries of many feeds + the items we know -> items, each article once, whatever it came under.

Two sightings are the same article when they share a guid of one source, a canonical URL, or a
headline of one publisher near in time (see `collect.sighting`). Sightings that are linked,
directly or over others, make one item, unless trust forbids it (see `collect.linkage`); nothing
depends on the order in which feeds arrive.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.collect.item import EDITED, edits_between, joined
from digest.collect.linkage import linked
from digest.collect.sighting import Sighting, of_entries, of_item
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


def merge(known: Sequence[Item], feeds: Sequence[ParsedFeed], *, now: datetime, live: Collection[str] = ()) -> Merged:
    """Recognise each entry as a known item or a new one.

    `known` must reach back as far as feeds do (weeks), for what is not known is new. `live` are
    the ids of all sources of today, so that what one said which is no more binds nobody; without
    any, all are believed to live. The result is the same for any order of `known` and `feeds`;
    near-linear in the number of sightings.
    """
    sightings = [sighting for item in known for sighting in of_item(item)]
    for feed in feeds:
        sightings += of_entries(feed, now=now)
    changed: list[Item] = []
    seen_again: list[Item] = []
    absorbed: list[tuple[str, str]] = []
    edits: list[Edit] = []
    fresh: list[list[Sighting]] = []
    for group in linked(sightings):
        olds = list({sighting.item.id: sighting.item for sighting in group if sighting.item}.values())
        if len(olds) == 1 and all(sighting.item for sighting in group):
            continue
        item = joined(group, now=now, live=live)
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

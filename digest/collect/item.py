"""Sightings of one article -> the item, with the latest headline, the best address and everything it ever was."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from digest.collect.address import is_aggregator
from digest.collect.said import believed, said
from digest.collect.sighting import Sighting
from digest.model.news import Edit, Entry, Item, Kind, Medium

MOST_REMEMBERED = 50
"""Guids, addresses and headlines kept of one item: a feed that invents a guid at every poll must not make it grow."""

KINDS = (Kind.LIVE, Kind.COMMENT, Kind.ANALYSIS, Kind.NEWS)
"""Where sightings differ, the first of these: one feed knows that a piece is comment, another calls everything news."""

MEDIA = (Medium.VIDEO, Medium.AUDIO, Medium.TEXT)
"""The same for how it is taken in."""

EDITED = ("title", "summary", "author", "url")
"""What a publisher may change and a reader sees."""


def joined(group: Sequence[Sighting], *, now: datetime) -> Item:
    """Make one item of all sightings of it. Of several known items the oldest gives the id, and none loses anything."""
    known = sorted(((seen.item, seen) for seen in group if seen.item), key=_seniority)
    entered = sorted(((seen.entry, seen) for seen in group if seen.entry), key=_authority)
    olds, entries = [item for item, _ in known], [entry for entry, _ in entered]
    before, seen_now = [seen for _, seen in known], [seen for _, seen in entered]
    old, best = (olds[0] if olds else None), (entries[-1] if entries else None)
    every: list[Item | Entry] = [*olds, *entries]
    heard = sorted(olds, key=lambda item: (item.last_seen, item.id))
    latest = heard[-1] if heard else None
    published, raw_date = _date(olds, entries, now)
    urls = _kept("urls", before, seen_now, latest.url if latest else "")
    return Item(
        id=old.id if old else _new_id(seen_now),
        publisher=_publisher(old, best),
        url=_url(latest, urls, best),
        title=believed("title", latest, entries),
        summary=believed("summary", latest, entries),
        author=believed("author", latest, entries),
        kind=min((one.kind for one in every), key=KINDS.index),
        published=published,
        first_seen=old.first_seen if old else now,
        last_seen=max([*(item.last_seen for item in olds), *([now] if entries else [])]),
        position=min(one.position for one in every),
        sources=_sources(olds, entries),
        titles=_kept("titles", before, seen_now, latest.title if latest else ""),
        urls=urls,
        guids=_kept("guids", before, seen_now, ""),
        raw_date=raw_date,
        medium=min((one.medium for one in every), key=MEDIA.index),
        picture=believed("picture", latest, entries),
        text=next((item.text for item in reversed(heard) if item.text), ""),
        said=said(heard, entries),
    )


def edits_between(old: Item, new: Item, *, at: datetime) -> list[Edit]:
    """What a reader of the old item would find changed in the new one, field by field."""
    return [
        Edit(item_id=new.id, at=at, field=field, before=before, after=after)
        for field in EDITED
        if (before := getattr(old, field)) != (after := getattr(new, field))
    ]


def _seniority(numbered: tuple[Item, Sighting]) -> tuple[datetime, str]:
    """Sort known items by age."""
    return numbered[0].first_seen, numbered[0].id


def _authority(numbered: tuple[Entry, Sighting]) -> tuple[object, ...]:
    """Sort so that the entry to believe comes last: the publisher's own before an aggregator's, then the latest."""
    entry, seen = numbered
    own = not is_aggregator(entry.url)
    return own, seen.since, -entry.position, entry.source_id, entry.url, entry.title, entry.guid, entry.summary


def _new_id(entered: Sequence[Sighting]) -> str:
    """Sixteen hex digits of publisher and first key, the same whichever feed came first."""
    first = entered[-1]
    keys = [key for seen in entered for key in seen.keys if seen.publisher == first.publisher]
    return hashlib.sha256(f"{first.publisher}\n{min(keys, default=first.fallback)}".encode()).hexdigest()[:16]


def _publisher(old: Item | None, best: Entry | None) -> str:
    """Who speaks; an item first met through an aggregator takes the name its publisher gives itself."""
    if best and (old is None or not is_aggregator(best.url)):
        return best.publisher
    return old.publisher if old else ""


def _date(olds: Sequence[Item], entries: Sequence[Entry], now: datetime) -> tuple[datetime, str]:
    """The earliest date anyone gave, with the feed's own words for it; without any, the words we could not use."""
    dates = [(item.published, item.raw_date) for item in olds]
    dates += [(entry.published, entry.raw_date) for entry in entries if entry.published]
    unusable = next((entry.raw_date for entry in reversed(entries) if entry.raw_date), "")
    return min(dates, key=lambda date: date[0], default=(now, unusable))


def _url(old: Item | None, urls: Sequence[str], best: Entry | None) -> str:
    """Where a reader is sent: the address we gave before if it was the publisher's own, else the best there is now."""
    own = [url for url in urls if not is_aggregator(url)]
    if old and (old.url in own or not own):
        return old.url
    if own and not (best and best.url in own):
        return own[0]
    return best.url if best else ""


def _sources(olds: Sequence[Item], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Every source that ever carried it, the first first."""
    before = [source_id for item in olds for source_id in item.sources]
    return tuple(dict.fromkeys((*before, *sorted(entry.source_id for entry in entries))))


def _kept(name: str, before: Sequence[Sighting], now: Sequence[Sighting], standing: str) -> tuple[str, ...]:
    """Every address, guid or headline once, the oldest first; of too many old ones go, but not what stands or is new.

    What a feed still shows must never be forgotten: it would look like something never seen before.
    """
    shown = [value for seen in now for value in getattr(seen, name)]
    every = dict.fromkeys((*(value for seen in before for value in getattr(seen, name)), *shown))
    spare = [value for value in every if value not in {standing, *shown}]
    for value in spare[: max(0, len(every) - MOST_REMEMBERED)]:
        del every[value]
    return tuple(every)[-MOST_REMEMBERED:]

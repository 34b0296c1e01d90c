"""Sightings of one article -> the item, with the latest headline, the best address and everything it ever was."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from digest.collect.address import is_aggregator
from digest.collect.sighting import Sighting
from digest.model.news import Entry, Item, Kind

MOST_REMEMBERED = 50
"""Guids, addresses and headlines kept of one item, the latest: a feed that invents a guid at every poll must not
make it grow for ever."""

KINDS = (Kind.LIVE, Kind.COMMENT, Kind.ANALYSIS, Kind.NEWS)
"""Where sightings differ, the first of these: one feed knows that a piece is comment, another calls everything news."""


def joined(group: Sequence[Sighting], *, now: datetime) -> Item:
    """Make one item of all sightings of it. Of several known items the oldest gives the id, and none loses anything."""
    known = sorted(((seen.item, seen) for seen in group if seen.item), key=_seniority)
    entered = sorted(((seen.entry, seen) for seen in group if seen.entry), key=_authority)
    olds, entries = [item for item, _ in known], [entry for entry, _ in entered]
    ordered = [seen for _, seen in known] + [seen for _, seen in entered]
    old, best = (olds[0] if olds else None), (entries[-1] if entries else None)
    latest = max(olds, key=lambda item: (item.last_seen, item.id), default=None)
    dates = [*(item.published for item in olds), *(entry.published for entry in entries if entry.published)]
    urls = _all(seen.urls for seen in ordered)
    return Item(
        id=old.id if old else _new_id([seen for _, seen in entered]),
        publisher=_publisher(old, best),
        url=_url(latest, urls, best),
        title=_title(latest, entries),
        summary=_latest((entry.summary for entry in entries), latest.summary if latest else ""),
        author=_latest((entry.author for entry in entries), latest.author if latest else ""),
        kind=min([*(item.kind for item in olds), *(entry.kind for entry in entries)], key=KINDS.index),
        published=min(dates, default=now),
        first_seen=old.first_seen if old else now,
        last_seen=max([*(item.last_seen for item in olds), *([now] if entries else [])]),
        position=min([*(item.position for item in olds), *(entry.position for entry in entries)]),
        sources=_all([*(item.sources for item in olds), sorted(entry.source_id for entry in entries)]),
        titles=_all(seen.titles for seen in ordered),
        urls=urls,
        guids=_all(seen.guids for seen in ordered),
    )


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


def _url(old: Item | None, urls: Sequence[str], best: Entry | None) -> str:
    """Where a reader is sent: the address we gave before if it was the publisher's own, else the best there is now."""
    own = [url for url in urls if not is_aggregator(url)]
    if old and (old.url in own or not own):
        return old.url
    if own and not (best and best.url in own):
        return own[0]
    return best.url if best else ""


def _title(old: Item | None, entries: Sequence[Entry]) -> str:
    """The latest headline. One never seen before wins; a feed that lags behind with an older one changes nothing."""
    titles = [entry.title for entry in entries]
    if old is None:
        return titles[-1]
    unseen = [title for title in titles if title not in old.titles]
    if unseen:
        return unseen[-1]
    return old.title if old.title in titles or not titles else titles[-1]


def _latest(values: Iterable[str], old: str) -> str:
    """The last value that is not empty, else the old one."""
    return next((value for value in reversed(list(values)) if value), old)


def _all(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Everything once, the oldest first, as many of the latest as are remembered."""
    return tuple(dict.fromkeys(value for some in values for value in some))[-MOST_REMEMBERED:]

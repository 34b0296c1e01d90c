"""Sightings of one article -> the item, with the latest headline, the best address and everything it ever was."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from digest.collect.address import is_aggregator
from digest.collect.sighting import Sighting, scoped_guid
from digest.model.news import Entry, Item, Kind

MOST_REMEMBERED = 50
"""Guids, addresses and headlines kept of one item, the latest: a feed that invents a guid at every poll must not
make it grow for ever."""

KINDS = (Kind.LIVE, Kind.COMMENT, Kind.ANALYSIS, Kind.NEWS)
"""Where sightings differ, the first of these: one feed knows that a piece is comment, another calls everything news."""


def joined(group: Sequence[Sighting], *, now: datetime) -> Item:
    """Make one item of all sightings of it. Of several known items the oldest gives the id, and none loses anything."""
    olds = sorted((seen.item for seen in group if seen.item), key=lambda item: (item.first_seen, item.id))
    entered = sorted((seen for seen in group if seen.entry), key=_authority)
    entries = [seen.entry for seen in entered if seen.entry]
    best, old = (entries[-1] if entries else None), (olds[0] if olds else None)
    dates = [*(item.published for item in olds), *(entry.published for entry in entries if entry.published)]
    urls = _all((item.urls for item in olds), (seen.entry.url for seen in entered if seen.entry and is_own_page(seen)))
    guids = _all(
        (item.guids for item in olds), (scoped_guid(seen.entry) for seen in entered if seen.entry and is_own_guid(seen))
    )
    titles = _all((item.titles for item in olds), (entry.title for entry in entries))
    latest_old = max(olds, key=lambda item: (item.last_seen, item.id), default=None)
    return Item(
        id=old.id if old else _new_id(entered),
        publisher=_publisher(old, best),
        url=_url(latest_old, urls, best),
        title=_title(latest_old, entries),
        summary=_latest((entry.summary for entry in entries), latest_old.summary if latest_old else ""),
        author=_latest((entry.author for entry in entries), latest_old.author if latest_old else ""),
        kind=next(kind for kind in KINDS if kind in {*(i.kind for i in olds), *(e.kind for e in entries)}),
        published=min(dates, default=now),
        first_seen=old.first_seen if old else now,
        last_seen=max([*(item.last_seen for item in olds), *([now] if entries else [])]),
        position=min([*(item.position for item in olds), *(entry.position for entry in entries)]),
        sources=_all((item.sources for item in olds), sorted(entry.source_id for entry in entries)),
        titles=titles[-MOST_REMEMBERED:],
        urls=urls[-MOST_REMEMBERED:],
        guids=guids[-MOST_REMEMBERED:],
    )


def _authority(sighting: Sighting) -> tuple[object, ...]:
    """Sort so that the entry to believe comes last: the publisher's own before an aggregator's, then the latest."""
    entry = sighting.entry
    if entry is None:
        return ()
    return (
        not is_aggregator(entry.url),
        sighting.since,
        -entry.position,
        entry.source_id,
        entry.url,
        entry.title,
        entry.guid,
    )


def _new_id(entered: Sequence[Sighting]) -> str:
    """Sixteen hex digits of publisher and first key, the same whichever feed came first."""
    first = entered[-1]
    key = min(
        (key for seen in entered for key in seen.keys if seen.publisher == first.publisher), default=first.fallback
    )
    return hashlib.sha256(f"{first.publisher}\n{key}".encode()).hexdigest()[:16]


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


def _all(olds: Iterable[Iterable[str]], new: Iterable[str]) -> tuple[str, ...]:
    """Everything once, the oldest first."""
    return tuple(dict.fromkeys([*(value for values in olds for value in values), *new]))

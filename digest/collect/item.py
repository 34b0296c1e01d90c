"""Sightings of one article -> the item, with the latest headline, the best address and everything it ever was."""

from collections.abc import Collection, Sequence
from datetime import datetime

from digest.collect.address import is_aggregator
from digest.collect.foreign import Name, lines
from digest.collect.said import Said, believed, said
from digest.collect.sighting import Sighting
from digest.model.news import Edit, Entry, Item, Kind, Medium

NAMES: tuple[Name, ...] = ("sources", "urls", "guids", "titles")

MOST_REMEMBERED = 50
"""Values of each kept of one item, the publisher's own and others': what invents a guid at every poll must not grow."""

KINDS = (Kind.LIVE, Kind.COMMENT, Kind.ANALYSIS, Kind.NEWS)
"""Where sightings differ, the first of these: one feed knows that a piece is comment, another calls everything news."""

MEDIA = (Medium.VIDEO, Medium.AUDIO, Medium.TEXT)
"""The same for how it is taken in."""

EDITED = ("title", "summary", "author", "url")
"""What a publisher may change and a reader sees."""


def joined(group: Sequence[Sighting], *, now: datetime, live: Collection[str] = ()) -> Item:
    """Make one item of all sightings of it. None of several known items loses anything.

    Once its own publisher's feeds have spoken, nobody else has a say in it, but that an author, a
    summary or a picture which others brought stands until they give one. Of several known items the
    oldest gives the id, one of the publisher's own before any other.
    """
    ours, theirs = [seen for seen in group if seen.own], [seen for seen in group if not seen.own]
    voices = ours or theirs
    every, olds = _known(group), _known(voices)
    entries = _entries(voices)
    told: list[Item | Entry] = [*olds, *entries]
    old = next(iter(olds or every), None)
    latest = max(olds or every, key=_heard, default=None)
    said_now = Said(before=latest, ours=_entries(ours), theirs=_entries(theirs), live=live)
    published, raw_date = _date(olds, entries, old.first_seen if old else now)
    own, others = _remembered(ours, latest), _remembered(theirs, latest)
    foreign = {name: tuple(value for value in others[name] if value not in own[name]) for name in NAMES}
    return Item(
        id=old.id if old else _new_id([seen for _, seen in _shown(voices)]),
        publisher=_publisher(old, ours, theirs),
        url=_url(latest if olds else None, [url for seen in voices for url in seen.urls], entries),
        title=believed("title", said_now),
        summary=believed("summary", said_now),
        author=believed("author", said_now),
        kind=min((one.kind for one in told), key=KINDS.index),
        published=published,
        first_seen=old.first_seen if old else now,
        last_seen=max([*(item.last_seen for item in every), *(now for seen in group if seen.entry)]),
        position=min(one.position for one in told),
        sources=_sources(every, _entries(group)),
        titles=own["titles"] + foreign["titles"],
        urls=own["urls"] + foreign["urls"],
        guids=own["guids"] + foreign["guids"],
        raw_date=raw_date,
        medium=min((one.medium for one in told), key=MEDIA.index),
        picture=believed("picture", said_now),
        text=next((item.text for item in sorted(olds, key=_heard, reverse=True) if item.text), ""),
        said=said(sorted(every, key=_heard), _entries(group)),
        foreign=tuple(line for name in NAMES for line in lines(name, foreign[name])),
    )


def edits_between(old: Item, new: Item, *, at: datetime) -> list[Edit]:
    """What a reader of the old item would find changed in the new one, field by field."""
    return [
        Edit(item_id=new.id, at=at, field=field, before=before, after=after)
        for field in EDITED
        if (before := getattr(old, field)) != (after := getattr(new, field))
    ]


def _known(sightings: Sequence[Sighting]) -> list[Item]:
    """The known items among them, the oldest first."""
    items = {seen.item.id: seen.item for seen in sightings if seen.item}
    return sorted(items.values(), key=lambda item: (item.first_seen, item.id))


def _entries(sightings: Sequence[Sighting]) -> list[Entry]:
    """The entries among them, the one to believe last."""
    return [entry for entry, _ in _shown(sightings)]


def _shown(sightings: Sequence[Sighting]) -> list[tuple[Entry, Sighting]]:
    """The sightings of now, the one to believe last."""
    return sorted(((seen.entry, seen) for seen in sightings if seen.entry), key=_authority)


def _authority(shown: tuple[Entry, Sighting]) -> tuple[object, ...]:
    """Sort so that the entry to believe comes last: the publisher's own, a link to its own page, then the latest."""
    entry, seen = shown
    leads = not is_aggregator(entry.url)
    return (
        seen.own,
        leads,
        seen.since,
        -entry.position,
        entry.source_id,
        entry.url,
        entry.title,
        entry.guid,
        entry.summary,
    )


def _heard(item: Item) -> tuple[datetime, str]:
    """Sort known items by when a feed carried them last."""
    return item.last_seen, item.id


def _new_id(shown: Sequence[Sighting]) -> str:
    """The id of an item that nobody knew, the same whichever feed came first; no other has it (see `Sighting.id`)."""
    return min(seen.id for seen in shown if seen.publisher == shown[-1].publisher)


def _publisher(old: Item | None, ours: Sequence[Sighting], theirs: Sequence[Sighting]) -> str:
    """Who speaks; an item first met through an aggregator takes the name its publisher gives itself."""
    shown = _entries(ours)
    if shown:
        return shown[-1].publisher
    return old.publisher if old else _entries(theirs)[-1].publisher


def _date(olds: Sequence[Item], entries: Sequence[Entry], seen: datetime) -> tuple[datetime, str]:
    """The earliest date anyone gave, with the feed's own words for it; without any, the words we could not use."""
    dates = [(item.published, item.raw_date) for item in olds]
    dates += [(entry.published, entry.raw_date) for entry in entries if entry.published]
    unusable = next((entry.raw_date for entry in reversed(entries) if entry.raw_date), "")
    return min(dates, key=lambda date: date[0], default=(seen, unusable))


def _url(old: Item | None, urls: Sequence[str], entries: Sequence[Entry]) -> str:
    """Where a reader is sent: the address we gave before if it was the publisher's own, else the best there is now."""
    own = [url for url in urls if not is_aggregator(url)]
    if old and (old.url in own or not own):
        return old.url
    best = entries[-1].url if entries else ""
    return best if best in own or not own else own[0]


def _sources(olds: Sequence[Item], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Every source that ever carried it, the first first."""
    before = [source_id for item in olds for source_id in item.sources]
    return tuple(dict.fromkeys((*before, *sorted(entry.source_id for entry in entries))))


def _remembered(sightings: Sequence[Sighting], standing: Item | None) -> dict[Name, tuple[str, ...]]:
    """Every address, guid, headline and source that one side ever gave, the oldest first."""
    if not sightings:
        return dict.fromkeys(NAMES, ())
    known = {seen.item.id: seen for seen in sightings if seen.item}
    before = [known[item.id] for item in _known(sightings)]
    shown = [seen for _, seen in _shown(sightings)]
    stays = {standing.url, standing.title} if standing else set()
    return {name: _kept(name, before, shown, stays) for name in NAMES}


def _kept(name: Name, before: Sequence[Sighting], now: Sequence[Sighting], stays: Collection[str]) -> tuple[str, ...]:
    """Each value once; of too many old ones go, but not what stands or is new.

    What a feed still shows must never be forgotten: it would look like something never seen before.
    """
    shown = [value for seen in now for value in getattr(seen, name)]
    every = dict.fromkeys((*(value for seen in before for value in getattr(seen, name)), *shown))
    kept = {*stays, *shown}
    spare = [value for value in every if value not in kept]
    for value in spare[: max(0, len(every) - MOST_REMEMBERED)]:
        del every[value]
    return tuple(every)[-MOST_REMEMBERED:]

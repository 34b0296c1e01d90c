"""Rows -> articles: what a file says of reports goes the road that the entries of feeds go, each article once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from digest.collect.address import canonical, is_aggregator
from digest.collect.item import joined
from digest.collect.kind import kind_of
from digest.collect.linkage import linked
from digest.collect.medium import medium_of
from digest.collect.naming import headline
from digest.collect.raw import RawEntry
from digest.collect.row import Row
from digest.collect.sighting import Sighting, of_entries, of_item
from digest.collect.speaker import speaker
from digest.lexicon.publishers import Publisher, publisher_at, publisher_named
from digest.model.feed import ParsedFeed
from digest.model.news import Entry, Item, Source, SourceKind
from digest.text.clean import plain
from digest.text.headline import without_kind_label
from digest.text.mojibake import mended

FUTURE_ALLOWED = timedelta(minutes=15)
"""As in `collect.dates`: a row that says it came out later than this after it was seen does not know when it did."""

UNKNOWN_POSITION = 100
"""A row does not say how high in its feed it stood: too low to count."""

LONGEST_TITLE = 300
LONGEST_TEXT = 20_000
"""Characters that are kept of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article with the rows that told of it, ordered by time, then id."""

    item: Item
    rows: tuple[Row, ...]

    @property
    def moments(self) -> tuple[datetime, ...]:
        """When its rows came out, in order; none where no row says."""
        return tuple(row.moment for row in self.rows if row.moment)


def articles(rows: Iterable[Row], *, untimed: datetime) -> tuple[tuple[Article, ...], Mapping[str, Source]]:
    """Recognise which rows are one article: the articles ordered by id, and their sources by id.

    The same for any order of `rows`. What one source shows at one moment counts as one document of its feed; a row
    without an address, which no feed has, stands in one of its own. Rows without times are taken to have come out
    when others at their address did, or else all together at the instant `untimed`.
    """
    sources: dict[str, Source] = {}
    documents: dict[tuple[str, datetime, str], list[tuple[Entry, Row]]] = defaultdict(list)
    every = tuple(rows)
    seen = _seen(every, untimed)
    told = _in_time(every, seen)
    for entry, row in _settled([(_entry(row, seen[row.id], sources), row) for row in told]):
        documents[entry.source_id, seen[row.id], "" if row.url else row.id].append((entry, row))
    sightings: list[Sighting] = []
    rows_of: dict[int, Row] = {}
    for (source_id, at, _), shown in documents.items():
        feed = ParsedFeed(source_id=source_id, title="", entries=tuple(entry for entry, _ in shown))
        for sighting, (_, row) in zip(of_entries(feed, now=at), shown, strict=True):
            sightings.append(sighting)
            rows_of[id(sighting)] = row
    found = (_article(group, [rows_of[id(sighting)] for sighting in group], seen) for group in linked(sightings))
    return tuple(sorted(found, key=lambda article: article.item.id)), sources


def _seen(rows: Iterable[Row], untimed: datetime) -> Mapping[str, datetime]:
    """Return when each row, by its id, was seen first, as far as is known."""
    known = {row.id: at for row in rows if (at := row.first_seen or row.published)}
    first: dict[str, datetime] = {}
    for row in rows:
        if row.id in known and row.url:
            first[row.url] = min(known[row.id], first.get(row.url, known[row.id]))
    return {row.id: known.get(row.id) or first.get(row.url, untimed) for row in rows}


def _in_time(rows: Iterable[Row], seen: Mapping[str, datetime]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.moment or seen[row.id], row.id))


def _article(group: Sequence[Sighting], rows: Sequence[Row], seen: Mapping[str, datetime]) -> Article:
    """Let the item grow from poll to poll, as it does in a newsroom: the latest headline is the one that stands."""
    polls: dict[datetime, list[Sighting]] = defaultdict(list)
    for sighting, row in zip(group, rows, strict=True):
        polls[seen[row.id]].append(sighting)
    (first, *later) = sorted(polls)
    item = joined(polls[first], now=first)
    for at in later:
        item = joined([*of_item(item), *polls[at]], now=at)
    told = tuple(_in_time(rows, seen))
    text = next((row.text for row in told if row.text), "")
    if text:
        item = replace(item, text=plain(text[:LONGEST_TEXT]))
    return Article(item=item, rows=told)


def _entry(row: Row, seen: datetime, sources: dict[str, Source]) -> Entry:
    """Make of a row what is made of a feed's entry that says the same (see `collect.entry`)."""
    given = canonical(row.url) if row.url else ""
    source = _source(row.source, given, sources)
    url = given or f"https://row.invalid/{quote(row.id, safe='')}"  # RFC 2606: an address that leads nowhere
    raw = RawEntry(guid="", title=row.title, links=(url,), base="", summary=row.summary, publisher=row.source)
    if row.summary:
        return replace(_cleaned(raw, source, seen), published=_published(row))
    return _headline_alone(raw, source, url, _published(row))


def _source(named: str, url: str, sources: dict[str, Source]) -> Source:
    """The source of this name, which an address of a publisher we know explains where the name is none we know.

    What has an aggregator's address was listed by the aggregator: it is another source of that name.
    """
    is_between = is_aggregator(url)
    owner = None if is_between or publisher_named(_speaker(named).name) else publisher_at(url)
    key = " at ".join(filter(None, (named, owner.name if owner else "", "an aggregator" if is_between else "")))
    if key not in sources:
        known = owner or _speaker(named)
        sources[key] = Source(
            id=key,
            name=named or known.name,
            url="",
            publisher=known.name,
            weight=known.weight,
            kind=SourceKind.AGGREGATOR if is_between else known.kind,
            labour=known.labour,
            paywalled=known.paywalled,
        )
    return sources[key]


@lru_cache(maxsize=1024)
def _speaker(name: str) -> Publisher:
    """Whom the name of a feed or a publisher means; somebody of that name where our table knows nobody."""
    return speaker(name, "", is_vouched=True).publisher


def _cleaned(raw: RawEntry, source: Source, now: datetime) -> Entry:
    from digest.collect.entry import clean  # it brings along feedparser, which rows without summaries do not need

    made = clean(raw, source, position=UNKNOWN_POSITION, now=now)
    return made if isinstance(made, Entry) else _headline_alone(raw, source, raw.links[0], None)


def _headline_alone(raw: RawEntry, source: Source, url: str, published: datetime | None) -> Entry:
    """The same as `collect.entry.clean` makes where there is no summary, in a fraction of the time."""
    title = plain(mended(raw.title)) or raw.title.strip()
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    head, medium = headline(title, raw, source, url), medium_of(raw, url)
    return Entry(
        source_id=source.id,
        publisher=head.publisher,
        guid="",
        url=url,
        title=without_kind_label(head.title),
        author=head.columnist,
        published=published,
        kind=kind_of(head.title, url, publisher=head.publisher, signed=bool(head.columnist), medium=medium),
        medium=medium,
        position=UNKNOWN_POSITION,
        own=source.kind is not SourceKind.AGGREGATOR,
    )


def _published(row: Row) -> datetime | None:
    """When a row came out, if that can be believed."""
    is_believable = row.published and (row.first_seen is None or row.published <= row.first_seen + FUTURE_ALLOWED)
    return row.published if is_believable else None


def _settled(told: list[tuple[Entry, Row]]) -> list[tuple[Entry, Row]]:
    """Let one publisher speak for each address: the first to list it, where several do."""
    owners: dict[str, str] = {}
    for entry, _ in told:
        if entry.own:
            owners.setdefault(entry.url, entry.publisher)
    return [
        (replace(entry, publisher=owner), row)
        if entry.own and (owner := owners[entry.url]) != entry.publisher
        else (entry, row)
        for entry, row in told
    ]

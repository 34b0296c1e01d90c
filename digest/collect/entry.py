"""A raw entry -> an entry we can print: text plain, address canonical, date believable, publisher named."""

from dataclasses import dataclass
from datetime import datetime

from digest.collect.address import canonical, is_aggregator
from digest.collect.dates import sane
from digest.collect.excerpt import excerpt
from digest.collect.kind import kind_of
from digest.collect.publishers import publisher_named
from digest.collect.raw import RawDate, RawEntry
from digest.model.news import Entry, Source, SourceKind
from digest.text.boilerplate import without_boilerplate
from digest.text.clean import plain
from digest.text.headline import same_headline_key, split_author, split_publisher, without_kind_label

LONGEST_TITLE = 300
"""Characters; no newspaper's headline comes near, and a mail's subject must not carry a novel."""

LONGEST_AUTHOR = 120
LONGEST_GUID = 500
LONGEST_MARKUP = 20_000
"""Characters of markup that are read for an excerpt of 80 words; HTML parsers are quadratic in nested tags."""

LONGEST_SUMMARY = 2_000
"""Characters that are searched for boilerplate: some 350 words, of which 80 are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headline:
    """A title taken apart."""

    title: str
    publisher: str
    columnist: str


def clean(raw: RawEntry, source: Source, *, position: int, now: datetime) -> Entry | str:
    """Make an entry, or say what it lacks: an entry without a usable link or title is of no use to a reader."""
    url = next((found for link in raw.links if (found := canonical(link, base=raw.base))), "")
    whole, title_repairs = _capped(plain(raw.title[:LONGEST_MARKUP]))
    if not whole or not url:
        return f"entry {position + 1} ({_name(raw, whole)}): no usable {'link' if whole else 'title'}"
    headline = _headline(whole, raw.publisher, source, url)
    summary, summary_repairs = _summary(raw.summary, headline, url)
    published, date_repairs = _published(raw.dates, now)
    author = _author(raw.author, headline.publisher) or headline.columnist
    return Entry(
        source_id=source.id,
        publisher=headline.publisher,
        guid=plain(raw.guid[:LONGEST_GUID]),
        url=url,
        title=without_kind_label(headline.title),
        summary=summary,
        author=author,
        published=published,
        kind=kind_of(headline.title, url, raw.categories, signed=bool(headline.columnist)),
        position=position,
        repairs=(*title_repairs, *summary_repairs, *date_repairs),
    )


def _name(raw: RawEntry, title: str) -> str:
    """How to call an entry in a message: by the first of title, link and guid that it has."""
    name = title or next(iter(raw.links), "") or plain(raw.guid)
    return f"«{name[:80]}»" if name else "without title, link and guid"


def _capped(title: str) -> tuple[str, tuple[str, ...]]:
    """Cut an endless title between two words."""
    if len(title) <= LONGEST_TITLE:
        return title, ()
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…", (f"title cut to {LONGEST_TITLE} characters",)


def _headline(title: str, named: str, source: Source, url: str) -> _Headline:
    """Cut publisher and columnist off a title, and decide who speaks."""
    aggregated = source.kind is SourceKind.AGGREGATOR or is_aggregator(url)
    rest, found = split_publisher(title, _names(source))
    publisher = source.publisher
    if not found and aggregated:
        rest, found = split_publisher(title, (plain(named),), aggregated=True)
        publisher = _resolved(found or plain(named), source)
    rest, _ = split_publisher(rest, _names_of(publisher))  # «… | ITV News - ITVX» names it twice
    headline, columnist = split_author(rest)
    return _Headline(title=headline, publisher=publisher, columnist=columnist)


def _names(source: Source) -> tuple[str, ...]:
    """Every name the source's own publisher is known by; an aggregator's own name never is one."""
    return (source.name, *_names_of(source.publisher), *_names_of(source.name))


def _names_of(publisher: str) -> tuple[str, ...]:
    """A publisher's name with every other one that our table knows for it."""
    known = publisher_named(publisher)
    return (publisher, known.name, *known.also) if known else (publisher,)


def _resolved(name: str, source: Source) -> str:
    """The publisher of this name as our table spells it; the source's own where nothing is named."""
    if not name or publisher_named(name) is publisher_named(source.publisher) is not None:
        return source.publisher
    known = publisher_named(name)
    return known.name if known else name


def _summary(markup: str, headline: _Headline, url: str) -> tuple[str, tuple[str, ...]]:
    """An excerpt without boilerplate; nothing where the summary only says the headline again."""
    text, removed = without_boilerplate(plain(markup[:LONGEST_MARKUP])[:LONGEST_SUMMARY], headline.publisher)
    said, told = same_headline_key(text), same_headline_key(headline.title)
    if said == told or (is_aggregator(url) and said.startswith(told)):
        text = ""
    return excerpt(text), (f"boilerplate removed: {len(removed)}",) if removed else ()


def _published(dates: tuple[RawDate, ...], now: datetime) -> tuple[datetime | None, tuple[str, ...]]:
    """The first date that can be believed, with what was wrong with those before it."""
    repairs: list[str] = []
    for date in dates or (RawDate(text=""),):
        read, repair = sane(date.text, date.parsed, now)
        if read:
            return read, tuple(repairs)
        repairs.append(repair)
    return None, tuple(repairs)


def _author(raw: str, publisher: str) -> str:
    """A person's name as text: no «By», no address, and not the publisher once more."""
    text = plain(raw[:LONGEST_MARKUP]).removeprefix("By ").removeprefix("by ")[:LONGEST_AUTHOR]
    return "" if "@" in text or text.casefold() == publisher.casefold() else text

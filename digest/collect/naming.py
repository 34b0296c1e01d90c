"""A title as a feed gives it -> the headline, who publishes it and which columnist signed it."""

from dataclasses import dataclass
from functools import lru_cache

from digest.collect.address import is_aggregator
from digest.collect.raw import RawEntry
from digest.lexicon.publishers import publisher_at, publisher_named
from digest.model.news import Source, SourceKind
from digest.text.clean import plain
from digest.text.headline import split_author, split_publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A title taken apart."""

    title: str
    publisher: str
    columnist: str


def headline(title: str, raw: RawEntry, source: Source, url: str) -> Headline:
    """Cut publisher and columnist off a title, and decide who speaks.

    In a feed of an aggregator that is whom the end of the title names, else the entry's
    <source>, else the owner of the address it leads to. Any other feed speaks for its own
    publisher, wherever its links lead.
    """
    aggregated = source.kind is SourceKind.AGGREGATOR
    rest, found = split_publisher(title, _names(source.name, source.publisher))
    publisher = source.publisher
    if not found and aggregated:
        named = plain(raw.publisher)
        rest, found = split_publisher(title, (named,), aggregated=True)
        publisher = _resolved(found or named or _owner(url, raw.publisher_url), source)
    rest, _ = split_publisher(rest, _names_of(publisher))  # «… | ITV News - ITVX» names it twice
    text, columnist = split_author(rest)
    return Headline(title=text, publisher=publisher, columnist=columnist)


@lru_cache(maxsize=256)
def _names(source: str, publisher: str) -> tuple[str, ...]:
    """Every name a source's own publisher is known by; an aggregator's own name never is one."""
    return (source, *_names_of(publisher), *_names_of(source))


@lru_cache(maxsize=256)
def _names_of(publisher: str) -> tuple[str, ...]:
    """A publisher's name with every other one that our table knows for it."""
    known = publisher_named(publisher)
    return (publisher, known.name, *known.also) if known else (publisher,)


def _owner(*urls: str) -> str:
    """The publisher of the first of these addresses whose host our table knows."""
    known = (publisher_at(url) for url in urls if url and not is_aggregator(url))
    return next((publisher.name for publisher in known if publisher), "")


def _resolved(name: str, source: Source) -> str:
    """The publisher of this name as our table spells it; the source's own where nothing is named."""
    if not name or publisher_named(name) is publisher_named(source.publisher) is not None:
        return source.publisher
    known = publisher_named(name)
    return known.name if known else name

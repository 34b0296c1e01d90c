"""Items, and the pages that were asked for before -> the pages to ask for now, newest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect.address import is_aggregator
from digest.collect.foreign import has_spoken, own
from digest.collect.robots import CACHED_FOR, origin_of
from digest.lexicon.publishers import publisher_named
from digest.model.news import Item, Kind, Medium, Source
from digest.model.page import Page, PageOutcome

FRESH = timedelta(days=3)
"""An older article is in no edition any more, unless another takes it up: then that one tells of it."""

MOST_PAGES = 60
"""Pages a collection: at 48 collections a day more than all politics desks of the country publish."""

MOST_PAGES_OF_A_HOST = 5
"""Pages of one host a collection: a morning's articles within an hour or two, and no burden to anybody."""

MOST_TRIES = 3
"""How often a page is asked for in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """The page of an item, the source that asks for its text, and how often it was asked for in vain.

    `led_by` is the address of the feed on whose word we go there.
    """

    item: Item
    source: Source
    led_by: str
    tries: int = 0

    @property
    def origin(self) -> str:
        """Scheme, host and port of the page."""
        return origin_of(self.item.url)


def candidates(items: Iterable[Item], sources: Sequence[Source], *, now: datetime) -> tuple[WantedPage, ...]:
    """The items whose text is wanted, newest first, each page once.

    Those of a source with `full_text` that are fresh and without text; where the item's own
    publisher speaks, that source must be one of its own: nobody else says which page is read. Not the paywalled, whose
    pages hold none; not live blogs, whose text of noon is not that of the evening; nothing to
    hear or to watch; no aggregator's redirects, which lead elsewhere or to nothing.
    """
    by_id = {source.id: source for source in sources}
    newest = sorted(items, key=lambda item: (now - item.published, item.id))
    found: dict[str, WantedPage] = {}
    for item in newest:
        voices = _voices(item, by_id)
        source = next((source for source in voices if source.full_text and not source.paywalled), None)
        if source and _is_article(item, source) and now - item.published <= FRESH:
            led_by = min(voices, key=lambda voice: _trust(voice, item.url)).url
            found.setdefault(item.url, WantedPage(item=item, source=source, led_by=led_by))
    return tuple(found.values())


def wanted(among: Iterable[WantedPage], pages: Mapping[str, Page], *, now: datetime) -> tuple[WantedPage, ...]:
    """As many of these candidates as one collection may ask for, those that failed before after the others.

    A page that was read, or had no text, is never asked for again; one that failed is, until it
    has failed three times; a forbidden one when its host's robots.txt is due again.
    """
    may_be = [replace(one, tries=_failures(pages.get(one.item.url))) for one in among if _may_be_asked(one, pages, now)]
    chosen: list[WantedPage] = []
    of_host: Counter[str] = Counter()
    for one in sorted(may_be, key=lambda one: one.tries):
        if len(chosen) < MOST_PAGES and of_host[one.origin] < MOST_PAGES_OF_A_HOST:
            of_host[one.origin] += 1
            chosen.append(one)
    return tuple(chosen)


def _voices(item: Item, sources: Mapping[str, Source]) -> list[Source]:
    """The sources that may have given the item's address, the first first."""
    if not has_spoken(item):
        return [sources[source_id] for source_id in item.sources if source_id in sources]
    ours = [sources[source_id] for source_id in own(item, "sources") if source_id in sources]
    return [source for source in ours if source.publisher.casefold() == item.publisher.casefold()]


def _trust(source: Source, url: str) -> tuple[bool, bool]:
    """Sort the least trusted first: it may be the one that gave the address, and lead us to an own host or not."""
    return source.own_host, origin_of(source.url) == origin_of(url)


def _is_article(item: Item, source: Source) -> bool:
    """Whether there is a text to be read behind the link; an aggregator's source brings paywalled publishers too."""
    known = publisher_named(item.publisher) if item.publisher != source.publisher else None
    is_paywalled = known is not None and known.paywalled
    is_text = item.medium is Medium.TEXT and item.kind is not Kind.LIVE
    return is_text and not item.text and not is_paywalled and not is_aggregator(item.url)


def _may_be_asked(one: WantedPage, pages: Mapping[str, Page], now: datetime) -> bool:
    """Say whether what came of the page before lets us ask for it."""
    page = pages.get(one.item.url)
    if page is None:
        return True
    if page.outcome is PageOutcome.FAILED:
        return page.tries < MOST_TRIES
    return page.outcome is PageOutcome.FORBIDDEN and abs(now - page.at) >= CACHED_FOR


def _failures(page: Page | None) -> int:
    """How often a page was asked for in vain."""
    return page.tries if page and page.outcome is PageOutcome.FAILED else 0

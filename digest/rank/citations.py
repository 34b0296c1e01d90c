"""The items of a story -> which publishers the others credit: «The Mirror reported», «told the BBC», a link."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.lexicon.publishers import publisher_named
from digest.model.news import Item

_SAYS = (
    r"(?:has |have |can |first |exclusively )?"
    r"(?:reported|reports?|revealed|reveals?|learned|learnt|understands?|disclosed)"
)
_CREDIT = (
    r"(?:[Aa]ccording to|[Tt]old|[Ss]peaking to|[Ii]nterview with"
    r"|(?:[Ff]irst )?(?:reported|revealed|seen|obtained) by|in)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """That one publisher names or links to another's report as its source; `words` is how it says so."""

    origin: str
    by: str
    words: str


def citations(items: Sequence[Item]) -> tuple[Credit, ...]:
    """Return one credit for each pair of publishers of `items`, ordered by origin, then by who gives it.

    Only a publisher with an item among `items` can be an origin, and nobody credits himself.
    """
    found = {
        (credit.origin, credit.by): credit
        for item in sorted(items, key=lambda item: item.id, reverse=True)
        for credit in _given_by(item, items)
    }
    return tuple(found[pair] for pair in sorted(found))


def credited(items: Sequence[Item]) -> tuple[str, ...]:
    """Return the publishers that others credit, those that most do first, then by alphabet."""
    origins = [credit.origin for credit in citations(items)]
    return tuple(sorted(set(origins), key=lambda origin: (-origins.count(origin), origin)))


def _given_by(item: Item, items: Sequence[Item]) -> Iterator[Credit]:
    said = f"{item.title}\n{item.summary}\n{item.text}"
    for origin in sorted({other.publisher for other in items} - {item.publisher}):
        linked = (url for other in items if other.publisher == origin for url in _addresses(other) if url in said)
        named = _named(origin).search(said)
        words = next(linked, named.group() if named else "")
        if words:
            yield Credit(origin=origin, by=item.publisher, words=words)


def _addresses(item: Item) -> tuple[str, ...]:
    """Return the item's addresses without scheme and «www.», as a text may give them."""
    return tuple(url.partition("://")[2].removeprefix("www.").rstrip("/") for url in sorted({item.url, *item.urls}))


@lru_cache(maxsize=1024)
def _named(publisher: str) -> re.Pattern[str]:
    """Return what credits a publisher by name; a newspaper's name that is also a word («Sun») needs its article."""
    names = "|".join(sorted(map(_pattern, _names(publisher)), key=lambda name: (-len(name), name)))
    bare = "|".join(sorted((re.escape(_bare(name)) for name in _names(publisher)), key=lambda name: (-len(name), name)))
    return re.compile(rf"\b(?:[Tt]he\s+)?(?:{bare})\s+{_SAYS}\b|\b{_CREDIT}\s+(?:{names})\b")


def _names(publisher: str) -> set[str]:
    """Return a publisher's name with the other names we know that cannot be taken for a word or an address."""
    known = publisher_named(publisher)
    also = known.also if known else ()
    return {publisher, *(name for name in also if "." not in name and (" " in name or name.isupper()))}


def _pattern(name: str) -> str:
    return rf"[Tt]he\s+{re.escape(_bare(name))}" if _bare(name) != name else rf"(?:[Tt]he\s+)?{re.escape(name)}"


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)

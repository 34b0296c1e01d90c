"""The items of a story -> which publishers the others credit: «The Mirror reported», «told the BBC», a link."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    r"|(?:[Ff]irst )?(?:reported|revealed|seen|obtained|published) by"
    r"|(?:[Ww]rit(?:es?|ing)|[Ww]rote|[Pp]ublished|[Aa]rticle|[Cc]olumn|[Ee]ssay|[Ii]nterview|[Pp]iece|[Rr]eports?) in)"
)
_NOT_ANOTHER_NAME = r"(?!\s+[A-Z])"
"""«The Independent Office», «the Observer Corps» and «Metro Mayor» are nobody of whom we know."""


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
    origins = _origins(items)
    found = {
        (credit.origin, credit.by): credit
        for item in sorted(items, key=lambda item: item.id, reverse=True)
        for credit in _given_by(item, origins)
    }
    return tuple(found[pair] for pair in sorted(found))


def credited(credits_: Sequence[Credit]) -> tuple[str, ...]:
    """Return the publishers that others credit, those that most do first, then by alphabet."""
    origins = [credit.origin for credit in credits_]
    return tuple(sorted(set(origins), key=lambda origin: (-origins.count(origin), origin)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """By what a text may credit a publisher: `addresses` are without scheme and «www.», as a text may give them."""

    publisher: str
    spellings: tuple[str, ...]
    addresses: tuple[str, ...]


def _origins(items: Sequence[Item]) -> tuple[_Origin, ...]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        found[item.publisher] |= {
            url.partition("://")[2].removeprefix("www.").rstrip("/") for url in (item.url, *item.urls)
        }
    return tuple(
        _Origin(publisher=publisher, spellings=_spellings(publisher), addresses=tuple(sorted(urls)))
        for publisher, urls in sorted(found.items())
    )


def _given_by(item: Item, origins: Iterable[_Origin]) -> Iterator[Credit]:
    said = f"{item.title}\n{item.summary}\n{item.text}"
    may_link = "/" in said
    for origin in origins:
        if origin.publisher != item.publisher:
            linked = next((address for address in origin.addresses if address in said), "") if may_link else ""
            words = linked or _named_in(said, origin)
            if words:
                yield Credit(origin=origin.publisher, by=item.publisher, words=words)


def _named_in(said: str, origin: _Origin) -> str:
    """Return the words that credit a publisher by name; its names are looked for first, which is quick."""
    for name in origin.spellings:
        if name in said:
            found = _named(origin.publisher).search(said)
            return found.group() if found else ""
    return ""


@lru_cache(maxsize=1024)
def _named(publisher: str) -> re.Pattern[str]:
    """Return what credits a publisher by name; a newspaper's name that is also a word («Sun») needs its article."""
    names = "|".join(sorted(map(_pattern, _names(publisher)), key=lambda name: (-len(name), name)))
    bare = "|".join(re.escape(name) for name in _spellings(publisher))
    return re.compile(rf"\b(?:[Tt]he\s+)?(?:{bare})\s+{_SAYS}\b|\b{_CREDIT}\s+(?:{names})")


def _spellings(publisher: str) -> tuple[str, ...]:
    """Return its names without their article, the longest first."""
    return tuple(sorted({_bare(name) for name in _names(publisher)}, key=lambda name: (-len(name), name)))


def _names(publisher: str) -> set[str]:
    """Return a publisher's name with the other names we know that cannot be taken for a word or an address."""
    known = publisher_named(publisher)
    also = known.also if known else ()
    return {
        publisher,
        *([publisher.upper()] if publisher.isalpha() else ()),
        *(name for name in also if "." not in name and (" " in name or name.isupper())),
    }


def _pattern(name: str) -> str:
    article = r"[Tt]he\s+" if _bare(name) != name else r"(?:[Tt]he\s+)?"
    return rf"{article}{re.escape(_bare(name))}\b{'' if name.isupper() else _NOT_ANOTHER_NAME}"


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)

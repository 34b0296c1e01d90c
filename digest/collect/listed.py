"""The feeds of a list -> the sources they would be, with a word on each that is left out or not believed."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from digest.collect.address import canonical, same_page_key
from digest.collect.opml import TOLD, OpmlOutline
from digest.collect.speaker import host_of, speaker
from digest.errors import SourceListError
from digest.model.destination import read
from digest.model.news import Source

LONGEST_ID = 64
LONGEST_STEM = 57
"""Characters of an id before its number, so that it has room for one of six figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list comes to: new sources, how many of its feeds are read already, and why others are left out.

    `doubts` says, by the address of a source, why its publisher is not the one whose name it bears.
    """

    sources: tuple[Source, ...] = ()
    known: int = 0
    left_out: tuple[str, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)


def listed(
    outlines: Iterable[OpmlOutline], there: Iterable[Source] = (), *, is_vouched: Callable[[str], bool] | None = None
) -> Listed:
    """A source for every outline with an address of the web, once per page, none for those that are `there`.

    Ids are new. Publisher, kind, weight, paywall and Labour flags are what a list of our own says;
    else they come from the table of publishers (see `speaker`). `is_vouched` says of an address
    whether somebody answers for the name that the list gives it; without it nobody does.

    Raises:
        SourceListError: when a list of our own says what no source can be.
    """
    taking = _Taking(there, is_vouched or (lambda _: False))
    for outline in outlines:
        taking.take(outline)
    return Listed(
        sources=tuple(taking.made.values()),
        known=taking.known,
        left_out=tuple(taking.left_out),
        doubts=taking.doubts,
    )


def web_address(written: str) -> str:
    """The address of a feed in one spelling; «feed:» before or instead of «http:» is how browsers once marked feeds.

    Raises:
        ValueError: when it is no address of the web, saying what to write.
    """
    bare = re.sub(r"^\s*feed:(?://)?(?=https?:)", "", written, flags=re.IGNORECASE)
    return read(re.sub(r"^\s*feed:(?=//)", "http:", bare, flags=re.IGNORECASE)).url


def page_of(url: str) -> str:
    """What all addresses of one feed share."""
    return same_page_key(canonical(url)) or url


class _Taking:
    """A list as it is gone through."""

    def __init__(self, there: Iterable[Source], is_vouched: Callable[[str], bool]) -> None:
        known = tuple(there)
        self.made: dict[str, Source] = {}
        self.known = 0
        self.left_out: list[str] = []
        self.doubts: dict[str, str] = {}
        self._is_vouched = is_vouched
        self._there = {page_of(source.url) for source in known}
        self._ids = _Ids({source.id for source in known})

    def take(self, outline: OpmlOutline) -> None:
        try:
            url = web_address(outline.xml_url)
        except ValueError as error:
            self.left_out.append(f"{outline.title}: {error}" if outline.title else str(error))
            return
        page = page_of(url)
        if page in self._there:
            self.known += 1
        elif page in self.made:
            self.left_out.append(f"{url}: the list has the same feed before, as {self.made[page].id}")
        else:
            source = self._described(outline, url)
            self.made[page] = replace(source, id=self._ids.fresh(source.id))

    def _described(self, outline: OpmlOutline, url: str) -> Source:
        """The source as the list describes it, and what the list cannot say from what we know of the publisher."""
        name = outline.title or host_of(url)
        found = speaker(name, url, page=outline.html_url, is_vouched=self._is_vouched(url))
        if found.note and "publisher" not in outline.told:
            self.doubts[url] = found.note
        by = found.publisher
        source = Source(
            id=_slug(outline.title) or "source",
            name=name,
            url=url,
            publisher=by.name,
            weight=by.weight,
            kind=by.kind,
            labour=by.labour,
            paywalled=by.paywalled,
        )
        return _as_told(source, outline)


@dataclass(slots=True)
class _Ids:
    """Ids that are taken, and how far the numbers behind each have got: else many feeds of one name would take long."""

    taken: set[str]
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def fresh(self, name: str) -> str:
        """The name, or name-2, name-3 and so on, whichever is free; it is taken then."""
        free = name if name not in self.taken else self._numbered(name[:LONGEST_STEM].rstrip("-"))
        self.taken.add(free)
        return free

    def _numbered(self, stem: str) -> str:
        numbers = self.numbers.setdefault(stem, count(2))
        return next(one for number in numbers if (one := f"{stem}-{number}") not in self.taken)


def _as_told(source: Source, outline: OpmlOutline) -> Source:
    """The source as a list of our own describes it; a publisher without letters is none."""
    values: dict[str, Any] = {}
    for key, said in outline.told.items():
        try:
            values[key] = TOLD[key](said)
        except (ValueError, KeyError) as error:
            raise SourceListError(
                f"{source.name}: digest:{key} is {said[:40]!r}, which means nothing.",
                mend="Correct the attribute, or take it out: the source then gets a default.",
            ) from error
    return replace(source, **{**values, "publisher": values.get("publisher") or source.publisher})


def _slug(name: str) -> str:
    """A name as an id: lower-case ASCII letters, figures and hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:LONGEST_STEM].strip("-")

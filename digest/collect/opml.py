"""A list of feeds as OPML -> sources, and back (OPML 2.0, http://opml.org/spec2.opml).

What OPML has no word for stands in attributes of our own namespace, as its specification allows:
a list written here and read here gives the same sources, and every other reader of feeds takes it
for an ordinary list. `own_host` is not among them: no list can grant the way into a private network.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digest.collect.address import canonical, is_aggregator
from digest.errors import SourceListError
from digest.lexicon.publishers import Publisher, publisher_named
from digest.model.news import SectionName, Source, SourceKind
from digest.text.clean import plain

MEND = "Export the list again as OPML; it is XML that begins with <opml>."
DEEPEST = 50
"""Folders within folders; a reader's list has two or three."""

NAMESPACE = "urn:digest:sources"
register_namespace("digest", NAMESPACE)  # the prefix under which it is written

FLAGS = ("labour", "paywalled", "full_text")
TOLD: Mapping[str, Callable[[str], Any]] = {
    "id": str,
    "publisher": str,
    "kind": SourceKind,
    "weight": float,
    "sections": lambda said: tuple(SectionName(name) for name in said.split(";") if name),
    **{flag: lambda said: {"true": True, "false": False}[said] for flag in FLAGS},
}
"""What a list of our own says of each source beyond OPML, and how it is read."""

FEED_WORDS = re.compile(
    r"\((?:open platform|rss|atom|google news|uk|feed)\)"
    r"|\b(?:rss|atom|feeds?|xml|uk politics|politics|uk news|top stories|headlines)\b",
    re.IGNORECASE,
)
"""What a list calls a feed beyond its publisher's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlOutline:
    """One feed in a list, with the folders it lies in; `told` is what a list of our own says of it besides."""

    title: str
    xml_url: str
    html_url: str = ""
    category: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


def read(text: bytes) -> tuple[OpmlOutline, ...]:
    """Every feed in an OPML document, in its order; an outline without an address is a folder.

    Raises:
        SourceListError: when it is not XML (with the line), declares entities, or is not OPML.
    """
    try:
        root = fromstring(text)
    except ParseError as error:
        line, column = error.position
        raise SourceListError(f"line {line}, column {column}: not valid XML: {error}.", mend=MEND) from error
    except DefusedXmlException as error:
        raise SourceListError("it declares entities, which no list of feeds needs.", mend=MEND) from error
    except (LookupError, ValueError) as error:  # an encoding that does not exist, or one that needs more than one byte
        raise SourceListError(f"its encoding cannot be read: {error}.", mend="Save the list as UTF-8.") from error
    body = root.find("body")
    if root.tag.lower() != "opml" or body is None:
        raise SourceListError(f"its first element is <{root.tag[:40]}>, not <opml> with a <body>.", mend=MEND)
    return tuple(_feeds(body, ()))


def to_sources(outlines: Iterable[OpmlOutline], taken_ids: Iterable[str] = ()) -> tuple[Source, ...]:
    """A source for every outline with an http(s) address, once per address; the ids are new and unlike `taken_ids`.

    Publisher, kind, weight, paywall and Labour flags are what a list of our own says; else they
    come from the table of publishers where the name, the page or the feed's host is known, else the
    publisher is the name without «RSS» and its kind.

    Raises:
        SourceListError: when a list of our own says what no source can be.
    """
    taken, made = set(taken_ids), {}
    for outline in outlines:
        url = outline.xml_url.strip()
        if canonical(url) and url not in made:
            source = _as_told(_source(_slug(outline.title) or "source", url, outline), outline)
            fresh = next(numbered for numbered in _numbered(source.id) if numbered not in taken)
            taken.add(fresh)
            made[url] = replace(source, id=fresh)
    return tuple(made.values())


def write(sources: Sequence[Source], *, title: str = "Sources") -> str:
    """An OPML 2.0 document of these sources, in their order; `read` and `to_sources` give them back, but own hosts."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = plain(title)
    body = SubElement(root, "body")
    for source in sources:
        said = {"type": "rss", "text": plain(source.name), "title": plain(source.name), "xmlUrl": source.url}
        SubElement(body, "outline", {**said, **{f"{{{NAMESPACE}}}{key}": value for key, value in _told(source)}})
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _told(source: Source) -> Iterator[tuple[str, str]]:
    """What OPML has no word for, as attributes."""
    yield from (("id", source.id), ("publisher", plain(source.publisher)), ("kind", source.kind.value))
    yield "weight", repr(source.weight)
    yield "sections", ";".join(section.value for section in source.sections)
    yield from ((flag, "true" if getattr(source, flag) else "false") for flag in FLAGS)


def _feeds(parent: Element, folders: tuple[str, ...]) -> Iterator[OpmlOutline]:
    """Walk the outlines, the folders' names in hand; names of attributes in any case, as readers write them."""
    if len(folders) > DEEPEST:
        raise SourceListError(f"more than {DEEPEST} folders within each other.", mend=MEND)
    for outline in parent.findall("outline"):
        said = {name.lower(): value for name, value in outline.attrib.items()}
        name = plain(said.get("title") or said.get("text") or "")
        url = said.get("xmlurl", "").strip()
        if url:
            page = said.get("htmlurl", "").strip()
            told = {key: said[f"{{{NAMESPACE}}}{key}"] for key in TOLD if f"{{{NAMESPACE}}}{key}" in said}
            yield OpmlOutline(title=name, xml_url=url, html_url=page, category=folders, told=told)
        yield from _feeds(outline, folders if url else (*folders, name))


def _as_told(source: Source, outline: OpmlOutline) -> Source:
    """The source as a list of our own describes it."""
    values: dict[str, Any] = {}
    for key, said in outline.told.items():
        try:
            values[key] = TOLD[key](said)
        except (ValueError, KeyError) as error:
            raise SourceListError(
                f"{source.name}: digest:{key} is {said[:40]!r}, which means nothing.",
                mend="Correct the attribute, or take it out: the source then gets a default.",
            ) from error
    return replace(source, **values)


def _source(source_id: str, url: str, outline: OpmlOutline) -> Source:
    """What a list cannot say, from what we know of the publisher."""
    name = outline.title or _host(url)
    known = _publisher(name, outline)
    kind = SourceKind.AGGREGATOR if known is None and is_aggregator(canonical(url)) else SourceKind.NATIONAL
    if known is None:
        return Source(id=source_id, name=name, url=url, publisher=_without_feed_words(name) or name, kind=kind)
    return Source(
        id=source_id,
        name=name,
        url=url,
        publisher=known.name,
        weight=known.weight,
        kind=known.kind,
        labour=known.labour,
        paywalled=known.paywalled,
    )


def _publisher(name: str, outline: OpmlOutline) -> Publisher | None:
    """Look the publisher up by the whole name, the name without «RSS» and its kind, the page, then the feed's host."""
    hosts = (_host(canonical(outline.html_url)), _host(canonical(outline.xml_url)))
    candidates = (name, _without_feed_words(name), *hosts)
    return next((found for candidate in candidates if (found := publisher_named(candidate))), None)


def _without_feed_words(name: str) -> str:
    """«BBC Politics RSS» -> «BBC»."""
    return " ".join(FEED_WORDS.sub(" ", name).split()).strip(" -–—|:·")


def _host(url: str) -> str:
    """The host of an address, without «www.», «feeds.» and «rss.» before it."""
    found = re.match(r"https?://(?:www\.|feeds?\.|rss\.)?([^/:?]+)", url)
    return found[1] if found else ""


def _slug(name: str) -> str:
    """A name as an id: lower-case ASCII letters, figures and hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60].strip("-")


def _numbered(name: str) -> Iterator[str]:
    """The name, then name-2, name-3 and so on."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))

"""A list of feeds as OPML -> its outlines, and sources -> such a list (OPML 2.0, http://opml.org/spec2.opml).

What OPML has no word for stands in attributes of our own namespace, as its specification allows:
a list written here and read here gives the same sources, and every other reader of feeds takes it
for an ordinary list. `own_host` is not among them: no list can grant the way into a private network.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digest.errors import SourceListError
from digest.model.news import SectionName, Source, SourceKind
from digest.text.clean import plain

MEND = "Export the list again as OPML; it is XML that begins with <opml>."
DEEPEST = 50
"""Folders within folders; a reader's list has two or three."""

NAMESPACE = "urn:digest:sources"
register_namespace("digest", NAMESPACE)  # the prefix under which it is written

ID = re.compile("[a-z0-9][a-z0-9-]{0,63}")
FLAGS = ("labour", "paywalled", "full_text", "by_weight")


def _id(said: str) -> str:
    if not ID.fullmatch(said):
        raise ValueError(said)
    return said


TOLD: Mapping[str, Callable[[str], Any]] = {
    "id": _id,
    "publisher": plain,
    "kind": SourceKind,
    "weight": float,
    "sections": lambda said: tuple(SectionName(name) for name in said.split(";") if name),
    **{flag: lambda said: {"true": True, "false": False}[said] for flag in FLAGS},
}
"""What a list of our own says of each source beyond OPML, and how it is read."""


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


def write(sources: Sequence[Source], *, title: str = "Sources") -> str:
    """An OPML 2.0 document of these sources, in their order; `read` and `listed` give them back, but own hosts."""
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

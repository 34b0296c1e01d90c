"""The HTML of an email -> its elements in order, with what the checks ask of them: text, attributes, lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lxml import etree

SILENT = frozenset({"title", "style", "script", "noscript"})
"""Elements whose text is not shown on the page."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: `text` is its own, without its children's; `end` is the index behind its last descendant.

    `parent` is the parent's index, -1 for the root. Lines count from 1. `attributes` cannot be changed.
    `opens` and `closes` say how much a reader has met at its two tags: characters but blanks, and pictures.
    """

    tag: str
    attributes: Mapping[str, str]
    text: str
    line: int
    parent: int
    end: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link: its address, and the words a screen reader says for it."""

    address: str
    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The elements of a page as a browser would meet them."""

    elements: tuple[Element, ...]
    links: tuple[Link, ...]

    @property
    def language(self) -> str:
        """What the html element says of the page's language, or nothing."""
        return next((element.attributes.get("lang", "") for element in self.named("html")), "")

    @property
    def headings(self) -> tuple[int, ...]:
        """The levels of the headings, in order."""
        return tuple(_HEADINGS[element.tag] for element in self.named(*_HEADINGS))

    def named(self, *tags: str) -> Iterator[Element]:
        """The elements with one of the tags, in order."""
        return (element for element in self.elements if element.tag in tags)

    @property
    def body(self) -> tuple[Element, ...]:
        """The body and everything in it; nothing where there is none."""
        at = next((index for index, element in enumerate(self.elements) if element.tag == "body"), None)
        return () if at is None else self.elements[at : self.elements[at].end]


@lru_cache(maxsize=4)
def read(html: str) -> Page:
    """Read a page with libxml2's parser, which mends what is broken; an empty text is an empty page."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html.encode(), parser)
    nodes = [] if root is None else [node for node in root.iter() if isinstance(node.tag, str)]
    places = {node: place for place, node in enumerate(nodes)}
    spans = {} if root is None else _spans(root)
    parents = [places.get(node.getparent(), -1) for node in nodes]
    ends = _ends(parents)
    return Page(
        elements=tuple(_element(node, parents[place], ends[place], spans[node]) for place, node in enumerate(nodes)),
        links=tuple(
            Link(address=node.get("href"), name=_name(node), line=node.sourceline)
            for node in nodes
            if node.tag in {"a", "area"} and node.get("href") is not None
        ),
    )


def _ends(parents: list[int]) -> list[int]:
    """For each element the index behind its last descendant: elements stand in document order."""
    ends = [place + 1 for place in range(len(parents))]
    for place in reversed(range(len(parents))):
        if (parent := parents[place]) >= 0:
            ends[parent] = max(ends[parent], ends[place])
    return ends


def _spans(root: Any) -> dict[Any, tuple[int, int]]:
    """For each element how much stands before its start tag and before its end tag; comments and sheets are no text."""
    met, opens, spans = 0, {}, {}
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            opens[node] = met
            met += (node.tag == "img") + (0 if node.tag in SILENT else _length(node.text))
        else:
            if event == "end":
                spans[node] = (opens[node], met)
            met += _length(node.tail)
    return spans


def _length(text: str | None) -> int:
    return sum(map(len, (text or "").split()))


def _element(node: Any, parent: int, end: int, span: tuple[int, int]) -> Element:  # lxml is untyped
    return Element(
        tag=node.tag,
        attributes=MappingProxyType(dict(node.attrib)),
        text=(node.text or "") + "".join(child.tail or "" for child in node),
        line=node.sourceline,
        parent=parent,
        end=end,
        opens=span[0],
        closes=span[1],
    )


def _name(node: Any) -> str:
    """The accessible name of a link: its label, or its text with the words of its pictures (W3C accname, 2F)."""
    pictures = " ".join(str(picture.get("alt") or "") for picture in node.iter("img", "area"))
    return " ".join(node.get("aria-label", "").split() or f"{node.xpath('string()')} {pictures}".split())

"""The body of a page -> the features of HTML and CSS that it uses, under their names at Can I email."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.render.page import Element, Page
from digest.render.sheet import Declaration, declarations


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A feature, as `css-max-width`, where it was first used, and how many elements use it.

    `values` are the different values it is used with, each with its first line: `12px` of a property, element and
    value (`td center`) of an attribute, the address of a link, the name of an element.
    """

    feature: str
    line: int
    times: int
    values: tuple[tuple[str, int], ...]


def features(page: Page) -> tuple[Use, ...]:
    """Every feature that the body's elements, attributes and style attributes use, in order of first use.

    The head sheet is not read: it is progressive, what a client lacks of it is not missed. Values are
    looked at for units, functions and `display` only.
    """
    times: Counter[str] = Counter()
    values: dict[str, dict[str, int]] = {}
    for element in page.body:
        found = _of(element)
        times.update({feature for feature, _ in found})
        for feature, value in found:
            values.setdefault(feature, {}).setdefault(value, element.line)
    return tuple(
        Use(feature=feature, line=min(given.values()), times=times[feature], values=tuple(given.items()))
        for feature, given in values.items()
    )


_FAMILIES = {
    "html-h1-h6": "h1 h2 h3 h4 h5 h6",
    "html-table": "table thead tbody tfoot tr td th caption col colgroup",
    "html-lists": "ul ol li dl dt dd",
    "html-semantics": "article aside details figcaption figure footer header main mark nav section summary time",
}
_ELEMENTS = {tag: feature for feature, tags in _FAMILIES.items() for tag in tags.split()}
_ATTRIBUTES = frozenset(
    "align aria-describedby aria-hidden aria-label aria-labelledby aria-live background cellpadding cellspacing dir"
    " height hidden lang loading popover required role srcset target valign width".split()
)
_FORMATS = re.compile(r"\.(apng|avif|bmp|gif|hdr|heif|ico|jpe?g|mp4|png|svg|tiff|webp)(?:[?#]|$)", re.IGNORECASE)


_Found = tuple[str, str]
"""A feature and the value it is used with."""


def _of(element: Element) -> tuple[_Found, ...]:
    """The features of one element, each once with each value, in an order that does not hang on hashes."""
    attributes = element.attributes
    return _once(
        (
            (_named(element), element.tag),
            *(
                (f"html-{name}", f"{element.tag} {attributes[name].lower()}")
                for name in attributes
                if name in _ATTRIBUTES
            ),
            *_linked(attributes.get("href", "")),
            *(_picture(attributes.get("src", "")) if element.tag == "img" else ()),
            *_styled(attributes.get("style", "")),
        )
    )


def _once(found: Iterable[_Found]) -> tuple[_Found, ...]:
    return tuple(dict.fromkeys(found))


def _named(element: Element) -> str:
    if element.tag in {"input", "button"}:
        return f"html-{element.tag}-{element.attributes.get('type', 'text' if element.tag == 'input' else 'submit')}"
    return _ELEMENTS.get(element.tag, f"html-{element.tag}")


def _linked(address: str) -> tuple[_Found, ...]:
    if address.startswith("mailto:"):
        return (("html-mailto-links", address),)
    return (("html-anchor-links", address),) if address.startswith("#") else ()


def _picture(source: str) -> tuple[_Found, ...]:
    if source.startswith("data:"):
        return (("image-base64", "data:"),)
    found = _FORMATS.search(source)
    return ((f"image-{found[1].lower().replace('jpeg', 'jpg')}", source),) if found else ()


@lru_cache(maxsize=4_096)
def _styled(style: str) -> tuple[_Found, ...]:
    return _once(
        (feature, declaration.value.lower())
        for declaration in declarations(style)
        for feature in _declared(declaration)
    )


_LONGHANDS = (
    (re.compile(r"(margin|padding)-(?:top|right|bottom|left)"), r"\1"),
    (re.compile(r"border-(?:(?:top|right|bottom|left)(?:-(?:color|style|width))?|color|style|width)"), "border"),
    (re.compile(r"border-(?:top|bottom)-(?:left|right)-radius"), "border-radius"),
    (re.compile(r"left|right|top|bottom"), "left-right-top-bottom"),
    (re.compile(r"font-(?:family|style|variant)"), "font"),
    (re.compile(r"overflow-[xy]"), "overflow"),
    (re.compile(r"flex(?:-(?:basis|flow|grow|shrink))?"), "display-flex"),
    (re.compile(r"(?:row|column)-gap"), "gap"),
    (re.compile(r"grid(?:-.*)?"), "display-grid"),
    (re.compile(r"(animation|transition)-.*"), r"\1"),
)
_UNIT = re.compile(r"(?<![\w#.])[-+]?(?:\d*\.)?\d+(cap|ch|cm|em|ex|in|mm|pc|pt|px|rem|vh|vmax|vmin|vw|%)")
_FUNCTION = re.compile(r"([a-z][a-z-]*)\(", re.IGNORECASE)
_FUNCTIONS = {
    **dict.fromkeys(("hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix"), "modern-color"),
    **{name: f"function-{name}" for name in ("clamp", "light-dark", "max", "min")},
    **{name: name for name in ("rgb", "rgba", "linear-gradient", "radial-gradient", "conic-gradient")},
    "calc": "unit-calc",
    "var": "variables",
}
_DISPLAYS = {"none": "none", "flex": "flex", "inline-flex": "flex", "grid": "grid", "inline-grid": "grid"}


def _declared(declaration: Declaration) -> Iterator[str]:
    value = declaration.value.lower()
    yield f"css-{_property(declaration.name)}"
    yield from (f"css-unit-{unit.replace('%', 'percent')}" for unit in _UNIT.findall(value))
    yield from (f"css-{_FUNCTIONS[name]}" for name in _FUNCTION.findall(value) if name in _FUNCTIONS)
    if declaration.is_important:
        yield "css-important"
    if declaration.name.startswith("--"):
        yield "css-variables"
    if value == "initial":
        yield "css-unit-initial"
    if declaration.name == "display" and value in _DISPLAYS:
        yield f"css-display-{_DISPLAYS[value]}"


def _property(name: str) -> str:
    for pattern, feature in _LONGHANDS:
        if found := pattern.fullmatch(name):
            return found.expand(feature)
    return name

"""A page and its head sheet -> every text in its colour on its ground, in each of five ways it may be shown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.render import colour as colours
from digest.render.colour import Colour
from digest.render.page import Element, Page
from digest.render.selectors import Candidate, Look, Matcher
from digest.render.sheet import Declaration, Rule, declarations
from digest.render.ways import FORCED_GROUND, Way, ground_in, text_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """Words as they are seen: solid colours, and whether they are large (WCAG 2.2, «large scale»)."""

    text: str
    line: int
    way: Way
    colour: Colour
    ground: Colour
    is_large: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What an element looks like one way: `size` in CSS pixels, `link` what an unstyled link looks like in it."""

    colour: Colour
    ground: Colour
    size: float
    is_bold: bool
    is_hidden: bool
    link: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """An element's looks in all ways, and the elements it stands in, itself the last."""

    chain: tuple[Look, ...]
    seen: tuple[_Seen, ...]


_SIZES = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h5": "0.83em", "h6": "0.67em", "small": "smaller"}
_BOLD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"})
"""What browsers' own sheet does to them (HTML Standard, section 15.3)."""
_LENGTH = re.compile(r"(?<![\w#.])(\d*\.?\d+)(px|pt|em|rem|%)")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^)]*\)|[a-z]+", re.IGNORECASE)


def paint(page: Page, rules: Sequence[Rule]) -> Iterator[Painted]:
    """Yield every text of the body that is shown, once for each way.

    `rules` are the head sheet's. Rules for some width or state (`max-width`, `:hover`) are not
    applied, nor grounds that are pictures. What one element looks like inside another is worked out once.
    """
    matcher = Matcher(rules)
    known: dict[tuple[int, Look], int] = {}
    states: list[_State] = [_canvas(page)]
    places: list[int] = []
    for element in page.elements:
        parent = places[element.parent] if element.parent >= 0 else 0
        look = _look(element)
        place = known.get((parent, look))
        if place is None:
            place = known[parent, look] = len(states)
            states.append(_state(states[parent], look, matcher))
        places.append(place)
        yield from _texts(element, states[place])


def _canvas(page: Page) -> _State:
    """What a page without a word of style is: black on white, or white on black where it says it can be dark."""
    light = _Seen(
        colour=colours.BLACK,
        ground=colours.WHITE,
        size=16.0,
        is_bold=False,
        is_hidden=False,
        link=Colour(red=0, green=0, blue=0xEE),
    )
    dark = replace(light, colour=colours.WHITE, ground=FORCED_GROUND, link=Colour(red=0x9E, green=0x9E, blue=0xFF))
    is_ready = any(
        meta.attributes.get("name") == "color-scheme" and "dark" in meta.attributes.get("content", "")
        for meta in page.named("meta")
    )
    looks = {Way.DARK: dark if is_ready else light}
    return _State(chain=(), seen=tuple(looks.get(way) or _turned(light, way) for way in Way))


def _turned(seen: _Seen, way: Way) -> _Seen:
    return replace(
        seen, colour=text_in(seen.colour, way), ground=ground_in(seen.ground, way), link=text_in(seen.link, way)
    )


def _look(element: Element) -> Look:
    named = element.attributes.get
    return Look(
        tag=element.tag,
        id=named("id", ""),
        classes=frozenset(named("class", "").split()),
        style=named("style", ""),
        ground=named("bgcolor", ""),
        colour=named("color", "") if element.tag == "font" else "",
        is_link=element.tag == "a" and "href" in element.attributes,
        is_hidden="hidden" in element.attributes,
    )


def _state(parent: _State, look: Look, matcher: Matcher) -> _State:
    chain = (*parent.chain, look)
    matched = matcher.matching(chain)
    return _State(
        chain=chain,
        seen=tuple(_seen(above, look, matched, way) for above, way in zip(parent.seen, Way, strict=True)),
    )


def _seen(above: _Seen, look: Look, matched: Sequence[Candidate], way: Way) -> _Seen:
    """One element in one way: each step overrides the one before (CSS Cascade 3, section 6)."""
    applied = [found for found in matched if _applies(found, way)]
    own = declarations(look.style)
    seen = _by_browser(above, look)
    seen = _with(seen, above, _by_attributes(look), way)
    for found in applied:
        seen = _with(seen, above, _weighing(found.rule.declarations, important=False), way, is_ours=found.is_outlook)
    seen = _with(seen, above, _weighing(own, important=False), way)
    for found in applied:
        seen = _with(seen, above, _weighing(found.rule.declarations, important=True), way, is_ours=found.is_outlook)
    return _with(seen, above, _weighing(own, important=True), way)


def _applies(found: Candidate, way: Way) -> bool:
    if found.is_outlook:
        return way is Way.OUTLOOK
    return not found.rule.media or (found.rule.is_dark and way is Way.DARK)


def _by_browser(above: _Seen, look: Look) -> _Seen:
    return replace(
        above,
        colour=above.link if look.is_link else above.colour,
        size=_size(_SIZES.get(look.tag, ""), above.size),
        is_bold=above.is_bold or look.tag in _BOLD,
        is_hidden=above.is_hidden or look.is_hidden,
    )


def _by_attributes(look: Look) -> tuple[Declaration, ...]:
    given = (("background-color", look.ground), ("color", look.colour))
    return tuple(Declaration(name=name, value=value) for name, value in given if value)


def _weighing(given: Iterable[Declaration], *, important: bool) -> list[Declaration]:
    return [declaration for declaration in given if declaration.is_important == important]


def _with(seen: _Seen, above: _Seen, given: Iterable[Declaration], way: Way, *, is_ours: bool = False) -> _Seen:
    """The look with some declarations on top; what a dark rule for Outlook says (`is_ours`) is not turned again."""
    for declaration in given:
        value = declaration.value
        match declaration.name:
            case "color" if found := colours.parse(value):
                seen = replace(seen, colour=found if is_ours else text_in(found, way))
            case "color" if value in {"inherit", "currentcolor"}:
                seen = replace(seen, colour=above.colour)
            case "background-color" | "background" if found := _first_colour(value):
                turned = found if is_ours else ground_in(found, way)
                seen = replace(seen, ground=colours.over(turned, above.ground))
            case "font-size":
                seen = replace(seen, size=_size(value, above.size))
            case "font-weight":
                seen = replace(seen, is_bold=_is_bold(value))
            case "font":
                seen = replace(seen, size=_size(value, above.size), is_bold="bold" in value)
            case "display":
                seen = replace(seen, is_hidden=above.is_hidden or value == "none")
            case _:
                continue
    return seen


def _first_colour(value: str) -> Colour | None:
    return next((found for word in _COLOUR.findall(value) if (found := colours.parse(word))), None)


_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}


def _size(value: str, inherited: float) -> float:
    found = _LENGTH.search(value)
    if found is None:
        return inherited * 0.83 if value == "smaller" else inherited
    number, unit = float(found[1]), found[2]
    if unit in _UNITS:
        return number * _UNITS[unit]
    return number * inherited / (100 if unit == "%" else 1)


def _is_bold(value: str) -> bool:
    return value in {"bold", "bolder"} or (value.isdecimal() and int(value) >= 700)


def _texts(element: Element, state: _State) -> Iterator[Painted]:
    words = " ".join(element.text.split())
    if not words or element.tag in {"title", "style", "script", "noscript"}:
        return
    for seen, way in zip(state.seen, Way, strict=True):
        if not seen.is_hidden:
            yield Painted(
                text=words,
                line=element.line,
                way=way,
                colour=colours.over(seen.colour, seen.ground),
                ground=seen.ground,
                is_large=seen.size >= 24 or (seen.is_bold and seen.size >= 18.66),
            )

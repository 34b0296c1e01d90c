"""A page and its head sheet -> every text in its colour on its ground, in each way it may be shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.model.view import WIDTHS
from digest.render import colour as colours
from digest.render.colour import Colour
from digest.render.media import holds
from digest.render.page import SILENT, Element, Page
from digest.render.seen import Seen, dressed, size
from digest.render.selectors import Candidate, Look, Matcher
from digest.render.sheet import Declaration, Rule, declarations
from digest.render.ways import FORCED_GROUND, SCHEMES, Way, ground_in, text_in

WIDE = max(WIDTHS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """Words as they are seen: solid colours, their size in pixels, and whether they are large (WCAG 2.2).

    `place` is their element's in the page. Words that are hidden have the colours they would have.
    """

    text: str
    line: int
    place: int
    way: Way
    width: int
    colour: Colour
    ground: Colour
    size: float
    is_large: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """An element's looks in all ways, and the elements it stands in, itself the last."""

    chain: tuple[Look, ...]
    seen: tuple[Seen, ...]


_SIZES = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h5": "0.83em", "h6": "0.67em", "small": "smaller"}
_BOLD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"})
"""What browsers' own sheet does to them (HTML Standard, section 15.3)."""


def widths(rules: Sequence[Rule]) -> tuple[int, ...]:
    """The widths of screen, in CSS pixels and the widest first, at which different rules hold."""
    media = {rule.media for rule in rules}
    found: dict[frozenset[str], int] = {}
    for width in sorted(WIDTHS.values(), reverse=True):
        held = frozenset(one for one in media for scheme in ("", *SCHEMES.values()) if _held(one, width, scheme))
        found.setdefault(held, width)
    return tuple(found.values())


def paint(page: Page, rules: Sequence[Rule], *, width: int = WIDE) -> Iterator[Painted]:
    """Yield every text of the body, once for each way, on a screen `width` CSS pixels wide.

    `rules` are the head sheet's. Rules for some state (`:hover`) are not applied, nor those whose condition cannot
    be told, nor grounds that are pictures. What one element looks like inside another is worked out once.
    """
    matcher = Matcher(
        tuple(rule for rule in rules if any(_held(rule.media, width, SCHEMES.get(way, "")) for way in Way))
    )
    known: dict[tuple[int, Look], int] = {}
    states: list[_State] = [_canvas(page)]
    places: list[int] = []
    for at, element in enumerate(page.elements):
        parent = places[element.parent] if element.parent >= 0 else 0
        look = _look(element)
        place = known.get((parent, look))
        if place is None:
            place = known[parent, look] = len(states)
            states.append(_state(states[parent], look, matcher, width))
        places.append(place)
        yield from _texts(element, states[place], at, width)


def _held(media: str, width: int, scheme: str) -> bool:
    return holds(media, width=width, scheme=scheme) is True


def _canvas(page: Page) -> _State:
    """What a page without a word of style is: black on white, or white on black where it says it can be dark."""
    light = Seen(
        colour=colours.BLACK,
        ground=colours.WHITE,
        size=16.0,
        is_bold=False,
        link=Colour(red=0, green=0, blue=0xEE),
    )
    dark = replace(light, colour=colours.WHITE, ground=FORCED_GROUND, link=Colour(red=0x9E, green=0x9E, blue=0xFF))
    is_ready = any(
        meta.attributes.get("name") == "color-scheme" and "dark" in meta.attributes.get("content", "")
        for meta in page.named("meta")
    )
    looks = {Way.DARK: dark if is_ready else light}
    return _State(chain=(), seen=tuple(looks.get(way) or _turned(light, way) for way in Way))


def _turned(seen: Seen, way: Way) -> Seen:
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


def _state(parent: _State, look: Look, matcher: Matcher, width: int) -> _State:
    chain = (*parent.chain, look)
    matched = matcher.matching(chain)
    return _State(
        chain=chain,
        seen=tuple(
            _seen(above, look, [found for found in matched if _applies(found, way, width)], way)
            for above, way in zip(parent.seen, Way, strict=True)
        ),
    )


def _applies(found: Candidate, way: Way, width: int) -> bool:
    return _held(found.rule.media, width, SCHEMES.get(way, "")) and (not found.is_outlook or way is Way.OUTLOOK)


def _seen(above: Seen, look: Look, applied: Sequence[Candidate], way: Way) -> Seen:
    """One element in one way: each step overrides the one before (CSS Cascade 3, section 6)."""
    own = declarations(look.style)
    seen = _by_browser(above, look)
    seen = dressed(seen, above, _by_attributes(look), way)
    for found in applied:
        seen = dressed(seen, above, _weighing(found.rule.declarations, important=False), way, is_ours=found.is_outlook)
    seen = dressed(seen, above, _weighing(own, important=False), way)
    for found in applied:
        seen = dressed(seen, above, _weighing(found.rule.declarations, important=True), way, is_ours=found.is_outlook)
    return dressed(seen, above, _weighing(own, important=True), way)


def _by_browser(above: Seen, look: Look) -> Seen:
    return replace(
        above,
        colour=above.link if look.is_link else above.colour,
        size=size(_SIZES.get(look.tag, ""), above.size),
        is_bold=above.is_bold or look.tag in _BOLD,
        is_out=above.is_out or look.is_hidden,
    )


def _by_attributes(look: Look) -> tuple[Declaration, ...]:
    given = (("background-color", look.ground), ("color", look.colour))
    return tuple(Declaration(name=name, value=value) for name, value in given if value)


def _weighing(given: Iterable[Declaration], *, important: bool) -> list[Declaration]:
    return [declaration for declaration in given if declaration.is_important == important]


def _texts(element: Element, state: _State, place: int, width: int) -> Iterator[Painted]:
    words = " ".join(element.text.split())
    if not words or element.tag in SILENT:
        return
    for seen, way in zip(state.seen, Way, strict=True):
        yield Painted(
            text=words,
            line=element.line,
            place=place,
            way=way,
            width=width,
            colour=seen.veiled(colours.over(seen.colour, seen.ground)),
            ground=seen.veiled(seen.ground),
            size=seen.size,
            is_large=seen.is_large,
            is_hidden=seen.is_hidden,
        )

"""What an element looks like, and declarations -> what it looks like with them (CSS Cascade 3, section 6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from digest.render import colour as colours
from digest.render.colour import Colour
from digest.render.sheet import Declaration
from digest.render.ways import Way, ground_in, text_in

INHERITING = frozenset({"inherit", "unset", "currentcolor"})
"""Values of `color` that are what stands around."""
CLEARING = frozenset({"none", "initial", "unset", "0 0"})
"""Values of `background` and its colour that show what lies under; `transparent` is a colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an element looks like one way: `size` in CSS pixels, `link` what an unstyled link looks like in it.

    `veils` are the opacities it is seen through, each with the ground behind what it veils, the outermost first.
    """

    colour: Colour
    ground: Colour
    size: float
    is_bold: bool
    link: Colour
    is_out: bool = False
    is_invisible: bool = False
    veils: tuple[tuple[float, Colour], ...] = ()

    @property
    def is_hidden(self) -> bool:
        """True where nobody sees it, by `display` or `visibility`."""
        return self.is_out or self.is_invisible

    @property
    def is_large(self) -> bool:
        """WCAG 2.2, «large scale»: 18 pt, or 14 pt and bold."""
        return self.size >= 24 or (self.is_bold and self.size >= 18.66)

    def veiled(self, colour: Colour) -> Colour:
        """The colour as it is seen through every opacity around it (W3C Compositing, «group compositing»)."""
        for opacity, behind in reversed(self.veils):
            colour = colours.over(replace(colour, alpha=opacity), behind)
        return colour


def dressed(seen: Seen, above: Seen, given: Iterable[Declaration], way: Way, *, is_ours: bool = False) -> Seen:
    """The look with some declarations on top, `above` being its parent's.

    What a dark rule for Outlook says (`is_ours`) is not turned again. A value that cannot be read changes nothing.
    """
    for declaration in given:
        value = declaration.value.lower()
        match declaration.name:
            case "color" if found := colours.parse(value):
                seen = replace(seen, colour=found if is_ours else text_in(found, way))
            case "color" if value in INHERITING:
                seen = replace(seen, colour=above.colour)
            case "background-color" | "background" if found := colours.within(value):
                turned = found if is_ours else ground_in(found, way)
                seen = replace(seen, ground=colours.over(turned, above.ground))
            case "background-color" | "background" if value in CLEARING:
                seen = replace(seen, ground=above.ground)
            case "opacity":
                seen = replace(seen, veils=_veils(value, above))
            case _:
                seen = _shaped(seen, above, declaration.name, value)
    return seen


def _veils(value: str, above: Seen) -> tuple[tuple[float, Colour], ...]:
    if not (found := _SHARE.fullmatch(value)):
        return above.veils
    opacity = min(1.0, float(found[1]) / (100 if found[2] else 1))
    return above.veils if opacity == 1 else (*above.veils, (opacity, above.ground))


def _shaped(seen: Seen, above: Seen, name: str, value: str) -> Seen:
    match name:
        case "font-size":
            return replace(seen, size=size(value, above.size))
        case "font-weight":
            return replace(seen, is_bold=_is_bold(value))
        case "font":
            return replace(seen, size=size(value, above.size), is_bold="bold" in value)
        case "display":
            return replace(seen, is_out=above.is_out or value == "none")
        case "visibility":
            return replace(seen, is_invisible=value in {"hidden", "collapse"})
        case _:
            return seen


_SHARE = re.compile(r"(\d*\.?\d+)(%)?")
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": 16.0}
_LENGTH = re.compile(rf"(?<![\w#.])(?:(\d*\.?\d+)({'|'.join(_UNITS)}|em|%)|0(?![\w.%]))")
_KEYWORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
"""Pixels of the absolute sizes, as all browsers have them (CSS Fonts 4, section 2.5)."""
_RELATIVE = {"smaller": 0.83, "larger": 1.2}


def size(value: str, inherited: float) -> float:
    """The pixels of a `font-size` or `font` where `inherited` are its parent's; those where it cannot be read."""
    if found := _LENGTH.search(value):
        number, unit = float(found[1] or 0), found[2] or "px"
        return number * (_UNITS.get(unit) or inherited / (100 if unit == "%" else 1))
    words = re.split(r"[\s/]+", value)
    absolute = next((_KEYWORDS[word] for word in words if word in _KEYWORDS), None)
    return absolute or inherited * next((_RELATIVE[word] for word in words if word in _RELATIVE), 1.0)


def _is_bold(value: str) -> bool:
    return value in {"bold", "bolder"} or (value.isdecimal() and int(value) >= 700)

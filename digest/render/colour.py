"""Colours as mail writes them -> luminance and contrast, and what mail programs make of them in the dark."""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache

import tinycss2
from tinycss2.color4 import Color, parse_color


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """An sRGB colour: channels from 0 to 255, alpha from 0 (unseen) to 1 (solid); its text is six-digit hex."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    def __str__(self) -> str:
        """Write the colour as mail should, `#b3122a`; alpha is not written."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


BLACK = Colour(red=0, green=0, blue=0)
WHITE = Colour(red=255, green=255, blue=255)
_SRGB = re.compile(r"#[0-9a-f]+|[a-z]+|(?:rgba?|hsla?|hwb)\(.*\)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=1_024)
def parse(text: str) -> Colour | None:
    """Read a colour of sRGB as CSS Color 4 writes it: hex, names, rgb(), hsl(), hwb(), transparent.

    None for what is no colour, none by itself (`inherit`, `currentColor`), or of another space (`oklch()`, `color()`).
    """
    if not _SRGB.fullmatch(text.strip()):
        return None
    found = parse_color(text.strip())
    if not isinstance(found, Color):
        return None
    red, green, blue, alpha = (min(1.0, max(0.0, channel or 0.0)) for channel in found.to("srgb"))
    return _colour(red, green, blue, alpha)


@lru_cache(maxsize=1_024)
def within(value: str) -> Colour | None:
    """The first colour in a value such as that of `background`; what stands inside url() or a gradient is none."""
    words = tinycss2.parse_component_value_list(value, skip_comments=True)
    return next((found for word in words if (found := parse(word.serialize()))), None)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, «relative luminance»); alpha is not looked at."""
    return 0.2126 * _linear(colour.red) + 0.7152 * _linear(colour.green) + 0.0722 * _linear(colour.blue)


@lru_cache(maxsize=4_096)
def ratio(one: Colour, other: Colour) -> float:
    """Contrast of two solid colours, 1 to 21, the same either way round (WCAG 2.2, «contrast ratio»)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def swapped(colour: Colour) -> Colour:
    """The colour with its HSL lightness turned round (L becomes 1 - L): hue, saturation and alpha stay."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    red, green, blue = colorsys.hls_to_rgb(hue, 1 - lightness, saturation)
    return _colour(red, green, blue, colour.alpha)


def over(colour: Colour, ground: Colour) -> Colour:
    """What is seen when the colour lies on a solid ground (W3C Compositing, «simple alpha compositing»)."""
    if colour.alpha >= 1:
        return colour
    red, green, blue = (
        colour.alpha * above / 255 + (1 - colour.alpha) * below / 255
        for above, below in zip(_channels(colour), _channels(ground), strict=True)
    )
    return _colour(red, green, blue, 1.0)


def brightness(colour: Colour) -> float:
    """Perceived brightness, 0 to 255, by the weights of ITU-R BT.601, as forced dark modes reckon it."""
    return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue


def _colour(red: float, green: float, blue: float, alpha: float) -> Colour:
    return Colour(red=round(red * 255), green=round(green * 255), blue=round(blue * 255), alpha=alpha)


def _channels(colour: Colour) -> tuple[int, int, int]:
    return colour.red, colour.green, colour.blue


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

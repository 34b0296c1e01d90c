"""How a letter is looked at: how wide, and in which colours."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Protocol


class Scheme(StrEnum):
    """Whose colours: ours for light or dark, or the reader's own (Windows' contrast themes)."""

    LIGHT = "light"
    DARK = "dark"
    FORCED = "forced colours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A window: its width in CSS pixels and its colours."""

    width: int
    scheme: Scheme


HEIGHT = 900
WIDTHS = (320, 600, 1024)
SCREENS = tuple(Screen(width=width, scheme=scheme) for scheme, width in product(Scheme, WIDTHS))

ZOOMED = tuple(width // 2 for width in (640, 1024, 1280))
"""What 200 % leaves of common windows: to a page, zoom is a window of half the width."""


class Browser(Protocol):
    """A browser in which letters are opened one after the other."""

    name: str

    def open(self, html: str, scheme: Scheme) -> None:
        """Load the page in these colours; everything from elsewhere stays away."""
        ...

    def resize(self, width: int) -> None:
        """Make the window that wide."""
        ...

    def evaluate(self, expression: str) -> object:
        """What the expression (or the promise it returns) comes to; it is handed over as JSON."""
        ...


def is_in_force(browser: Browser, screen: Screen) -> bool:
    """Whether the page really sees the width and the colours that were asked for: an emulation that fails is silent."""
    seen = browser.evaluate(
        "(asked => [innerWidth, ...asked.map(each => matchMedia(each).matches)])"
        "(['(prefers-color-scheme: dark)', '(forced-colors: active)'])"
    )
    return seen == [screen.width, screen.scheme is Scheme.DARK, screen.scheme is Scheme.FORCED]

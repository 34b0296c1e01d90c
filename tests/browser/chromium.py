"""Chromium, driven by Playwright: one start, and one page for each set of colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser as Started
from playwright.sync_api import Page, sync_playwright

from tests.browser.screen import HEIGHT, WIDTHS, Scheme

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_COLOURS: dict[Scheme, tuple[Literal["light", "dark"], Literal["none", "active"]]] = {
    Scheme.LIGHT: ("light", "none"),
    Scheme.DARK: ("dark", "none"),
    Scheme.FORCED: ("light", "active"),
}


class Chromium:
    """`screen.Browser` by Playwright."""

    name = "Chromium"

    def __init__(self, started: Started) -> None:
        """`started` is the running browser; its pages are kept until it ends."""
        self.started = started
        self._pages: dict[Scheme, Page] = {}
        self._page: Page

    def open(self, html: str, scheme: Scheme) -> None:
        """Load the page in these colours; everything from elsewhere stays away."""
        if scheme not in self._pages:
            colours, forced = _COLOURS[scheme]
            viewport = {"width": WIDTHS[-1], "height": HEIGHT}
            self._pages[scheme] = self.started.new_page(
                viewport={"width": viewport["width"], "height": viewport["height"]},
                color_scheme=colours,
                forced_colors=forced,
            )
        self._page = self._pages[scheme]
        self._page.goto("about:blank")
        self._page.set_content(html)

    def resize(self, width: int) -> None:
        """Make the window that wide."""
        self._page.set_viewport_size({"width": width, "height": HEIGHT})

    def evaluate(self, expression: str) -> object:
        """What the expression comes to."""
        found: object = self._page.evaluate(expression)
        return found


@contextmanager
def chromium(program: str) -> Iterator[Chromium]:
    """A Chromium that ends with the context."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        try:
            yield Chromium(started)
        finally:
            started.close()

"""`make screenshots`: the showcase letter as its readers meet it, and the preview as editors do (docs/pictures).

The pictures need Chromium and w3m. Their names stay the same, so that a difference shows what a change did.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from digest.adapters.chromium import ChromiumCamera
from digest.model.mail import Email
from digest.model.view import WIDTHS, View
from digest.render.edition import render
from digest.render.views import viewed
from tests.browser.chromium import chromium
from tests.browser.desk import open_desk
from tests.browser.letters import LOGO
from tests.corpora.browser import find_browser
from tests.render.letters import BRAND, ENVIRONMENT, letters, rich_edition
from tests.web.previewing import drafted, served

DESKS: tuple[tuple[str, View, int, Literal["light", "dark"]], ...] = (
    ("preview", View.DESKTOP, 1440, "light"),
    ("preview-dark", View.PHONE, 1440, "dark"),
    ("preview-phone", View.PHONE, 360, "light"),
    ("preview-inbox", View.INBOX, 1440, "light"),
    ("preview-source", View.SOURCE, 1440, "light"),
)
"""The preview's pictures: their name, the view, the width of the window, its colours."""

WIDE, NARROW = 720, WIDTHS[View.PHONE]
TOP = 1_600
"""Pixels of the letter that are enough to see how it looks; one picture shows the whole of it."""
_CUT = "html {{ overflow: hidden; }} body {{ max-height: {}px; overflow: hidden !important; }}"
_TOP_ONLY = f"<style>{_CUT.format(TOP)}</style></head>"
_TERMINAL = (
    '<!doctype html><html lang="en-GB"><body style="margin: 0; padding: 16px; background: #ffffff; color: #1c1b1a">'
    '<pre style="margin: 0; font: 14px/18px monospace; white-space: pre-wrap">{}</pre>'
)


def main() -> None:
    """Write every picture into the folder that is named, and say how large each is."""
    (name,) = sys.argv[1:] or ("docs/pictures",)
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    camera = ChromiumCamera()
    for title, html, width in pictures():
        file = folder / f"{title}.png"
        file.write_bytes(camera.picture(html, width=width))
        sys.stdout.write(f"{file}: {file.stat().st_size:,} bytes\n")
    for file in desks(folder):
        sys.stdout.write(f"{file}: {file.stat().st_size:,} bytes\n")


def pictures() -> Iterator[tuple[str, str, int]]:
    """(name, page, width in pixels) of each picture."""
    sent = letters()
    daily = sent["daily"].html
    yield "daily-whole", viewed(daily, View.DESKTOP), WIDE
    yield "daily-dark", top(viewed(daily, View.DARK)), WIDE
    yield "daily-inverted", top(viewed(daily, View.INVERTED)), WIDE
    yield "daily-tablet", top(viewed(daily, View.TABLET)), WIDTHS[View.TABLET]
    yield "daily-phone", top(viewed(daily, View.PHONE)), NARROW
    yield "daily-phone-dark", top(viewed(daily, View.DARK)), NARROW
    yield "daily-without-head-sheet", top(without_sheets(daily)), NARROW
    yield "daily-images-off", top(viewed(with_logo().html, View.NO_IMAGES)), WIDE
    yield "daily-in-w3m", top(in_w3m(daily)), WIDE
    yield "daily-text", top(_TERMINAL.format(escape(sent["daily"].text))), WIDE
    for name in ("weekly", "proof", "confirmation", "goodbye"):
        yield name, top(viewed(sent[name].html, View.DESKTOP)), WIDE


def desks(folder: Path) -> Iterator[Path]:
    """Take the preview of the sample day in some of its views, by day and in the dark, and name each picture."""
    program = find_browser()
    if program is None:
        raise SystemExit("there is no Chromium on this machine")
    with TemporaryDirectory() as room, served(drafted(Path(room) / "room")) as address, chromium(program) as browser:
        for name, view, width, scheme in DESKS:
            page = browser.started.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            open_desk(page, address, f"view={view}")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
            yield folder / f"{name}.png"


def top(html: str) -> str:
    """The page cut off after TOP pixels."""
    return html.replace("</head>", _TOP_ONLY, 1) if "</head>" in html else _TOP_ONLY + html


def without_sheets(html: str) -> str:
    """The letter as a mail program shows it that drops every sheet of the head."""
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


def with_logo() -> Email:
    """The daily letter of a newsroom that has a logo."""
    return render(rich_edition(), brand=replace(BRAND, logo=LOGO), environment=ENVIRONMENT)


def in_w3m(html: str) -> str:
    """What w3m prints of the letter at 80 columns, as a page."""
    words = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"]
    shown = subprocess.run(words, input=html.encode(), capture_output=True, check=True, timeout=60).stdout.decode()
    return _TERMINAL.format(escape(shown))


if __name__ == "__main__":
    main()

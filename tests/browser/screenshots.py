"""`make screenshots`: the showcase letter as its readers meet it, as pictures in a folder (docs/pictures).

The pictures need Chromium and w3m. Their names stay the same, so that a difference shows what a change did.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from digest.adapters.chromium import ChromiumCamera
from digest.model.mail import Email
from digest.model.view import WIDTHS, View
from digest.render.edition import render
from digest.render.views import viewed
from tests.browser.letters import LOGO
from tests.render.letters import BRAND, ENVIRONMENT, letters, rich_edition

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


def pictures() -> Iterator[tuple[str, str, int]]:
    """(name, page, width in pixels) of each picture."""
    sent = letters()
    daily = sent["daily"].html
    yield "daily-whole", viewed(daily, View.DESKTOP), WIDE
    yield "daily-dark", top(viewed(daily, View.DARK)), WIDE
    yield "daily-inverted", top(viewed(daily, View.INVERTED)), WIDE
    yield "daily-phone", top(viewed(daily, View.PHONE)), NARROW
    yield "daily-phone-dark", top(viewed(daily, View.DARK)), NARROW
    yield "daily-without-head-sheet", top(without_sheets(daily)), NARROW
    yield "daily-images-off", top(viewed(with_logo().html, View.NO_IMAGES)), WIDE
    yield "daily-in-w3m", top(in_w3m(daily)), WIDE
    yield "daily-text", top(_TERMINAL.format(escape(sent["daily"].text))), WIDE
    for name in ("weekly", "proof", "confirmation", "goodbye"):
        yield name, top(viewed(sent[name].html, View.DESKTOP)), WIDE


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

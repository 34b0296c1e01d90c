"""An email, read once -> what the checks of its bytes look at."""

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.model.mail import Email
from digest.render import page as pages
from digest.render import sheet as sheets
from digest.render.page import Page
from digest.render.paint import Painted, paint, widths
from digest.render.sheet import Rule, Sheet

PRINTED_LINK = re.compile(r"<((?:https?:|mailto:)[^<>\s]*)>")
"""An address of the text part: what stands in angle brackets (RFC 3986, appendix C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A letter as the checks see it; `style_bytes` counts what stands between the tags of all style elements."""

    email: Email
    page: Page
    sheets: tuple[Sheet, ...]
    style_bytes: int

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all sheets, in order."""
        return tuple(rule for sheet in self.sheets for rule in sheet.rules)

    @property
    def painted(self) -> tuple[Painted, ...]:
        """Its texts in every way, at each width of screen at which its sheets say something else."""
        return _painted(self.email.html)

    @property
    def styles(self) -> tuple[tuple[str, int], ...]:
        """The text of every style sheet, as it is written, with the line it begins on."""
        return sheets.sheets(self.email.html)

    @property
    def printed(self) -> tuple[tuple[str, int], ...]:
        """The addresses of the text part, each with its line."""
        return tuple(
            (found[1], line_of(self.email.text, found.start())) for found in PRINTED_LINK.finditer(self.email.text)
        )


def reading(email: Email) -> Reading:
    """Parse both parts once, for every check."""
    styles = sheets.sheets(email.html)
    return Reading(
        email=email,
        page=pages.read(email.html),
        sheets=_sheets(email.html),
        style_bytes=sum(len(css.encode()) for css, _ in styles),
    )


def _sheets(html: str) -> tuple[Sheet, ...]:
    return tuple(sheets.read(css, line=line) for css, line in sheets.sheets(html))


@lru_cache(maxsize=4)
def _painted(html: str) -> tuple[Painted, ...]:
    """Kept, since two checks ask for it and it is most of their work."""
    page, rules = pages.read(html), tuple(rule for sheet in _sheets(html) for rule in sheet.rules)
    return tuple(painted for width in widths(rules) for painted in paint(page, rules, width=width))


def line_of(text: str, place: int) -> int:
    """The number, from 1, of the line on which the character at `place` stands."""
    return text.count("\n", 0, place) + 1

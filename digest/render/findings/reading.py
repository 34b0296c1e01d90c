"""An email, read once -> what the checks of its bytes look at."""

import re
from dataclasses import dataclass

from digest.model.mail import Email
from digest.render import page as pages
from digest.render import sheet as sheets
from digest.render.page import Page
from digest.render.sheet import Sheet

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
        sheets=tuple(sheets.read(css, line=line) for css, line in styles),
        style_bytes=sum(len(css.encode()) for css, _ in styles),
    )


def line_of(text: str, place: int) -> int:
    """The number, from 1, of the line on which the character at `place` stands."""
    return text.count("\n", 0, place) + 1

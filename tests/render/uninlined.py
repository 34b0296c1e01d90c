"""Letters as they are before inlining, for whoever wants to inline them otherwise or not at all."""

import jinja2

from digest.render.templates import environment
from tests.render.letters import SOURCES

OPEN, CLOSE = "<style>", "</style>"
KEPT = '<style data-premailer="ignore">'
"""premailer takes the mark away from what it kept, so that afterwards both sheets begin alike."""


def uninlined() -> jinja2.Environment:
    """The shipped templates with the inlinable sheet kept in the head, as the other one is."""
    layout = SOURCES["layout.html.j2"]
    if layout.count(OPEN) != 1:
        raise ValueError("the layout has not one inlinable sheet")
    return environment({**SOURCES, "layout.html.j2": layout.replace(OPEN, KEPT)})


def inlinable(page: str) -> str:
    """A page of these, ready for premailer: the head sheet marked as one to keep."""
    return page.replace(OPEN, KEPT, 1)


def by_css_inline(page: str) -> str:
    """A page of these inlined by css-inline; the head sheet, which is not for inlining, is put back afterwards."""
    import css_inline

    before, head_sheet, sheet = page.split(OPEN)
    kept, rest = head_sheet.split(CLOSE)
    inlined = css_inline.CSSInliner(load_remote_stylesheets=False).inline(before + rest + OPEN + sheet)
    return inlined.replace("</head>", OPEN + kept + CLOSE + "</head>", 1)

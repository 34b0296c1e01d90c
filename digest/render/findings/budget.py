"""The bytes of a letter against what Gmail takes, and its sheets against what makes Gmail drop them."""

import re
from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading
from digest.render.page import Element
from digest.render.sheet import Sheet

CLIPPED_AT = 102_000
"""Bytes of HTML at which Gmail cuts a message; the unsubscribe link stands at its end."""
CROWDED_AT = 75_000
STYLE_LIMIT = 8_000
"""Bytes of all style sheets that every Gmail keeps; Can I email has seen up to 16 KB on the web."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FETCHING = re.compile(r"url\(|@import\b|@font-face\b", re.IGNORECASE)


def size(letter: Reading) -> Iterator[Finding]:
    """An error over 102,000 bytes of HTML, a warning over 75,000."""
    measured = len(letter.email.html.encode())
    mend = "print fewer stories on the wire or fewer sources for each."
    if measured > CLIPPED_AT:
        what = f"{measured:,} bytes; Gmail cuts a message at about {CLIPPED_AT:,} and hides the unsubscribe link."
        yield error("size", what, where="html", mend=mend)
    elif measured > CROWDED_AT:
        what = f"{measured:,} bytes is more than {CROWDED_AT:,}; Gmail cuts at about {CLIPPED_AT:,}."
        yield warning("size", what, where="html", mend=mend)


def style(letter: Reading) -> Iterator[Finding]:
    """Whatever costs the head sheet in Gmail: its length, its place, nesting, pictures, and CSS that does not parse."""
    if letter.style_bytes > STYLE_LIMIT:
        what = f"{letter.style_bytes:,} bytes of style sheets; Gmail drops them all above {STYLE_LIMIT:,}."
        yield error("style", what, where="head", mend="shorten head.css.j2.")
    for element in letter.page.body:
        yield from _in_body(element)
    for element in letter.page.named("link"):
        yield from _fetched(element)
    for sheet in letter.sheets:
        yield from _in_sheet(sheet)
    for css, line in letter.styles:
        yield from _fetching(css, line)


def _in_body(element: Element) -> Iterator[Finding]:
    if element.tag == "style":
        what = "a style sheet stands in the body, where Gmail drops it."
        yield error("style", what, where="html", mend="move it into the head.", line=element.line)
    if found := _FETCHING.search(element.attributes.get("style", "")):
        what = f"a style attribute holds {found[0]}, for which Gmail drops the whole attribute."
        yield error("style", what, where="html", mend="print the picture as an img.", line=element.line)


def _fetched(element: Element) -> Iterator[Finding]:
    if "stylesheet" in element.attributes.get("rel", "").lower():
        what = "a style sheet is fetched from elsewhere, which no mail program does."
        yield error("style", what, where="html", mend="print it in the head.", line=element.line)


def _in_sheet(sheet: Sheet) -> Iterator[Finding]:
    for at_rule in sheet.at_rules:
        if at_rule.inside:
            what = f"@{at_rule.name} stands inside @{at_rule.inside}, for which Gmail drops the sheet."
            yield error("style", what, where="head", mend="give it a rule of its own.", line=at_rule.line)
    for fault in sheet.faults:
        what = f"the sheet cannot be read there: {fault.what.rstrip('.')}."
        yield error("style", what, where="head", mend="correct head.css.j2.", line=fault.line)


def _fetching(css: str, line: int) -> Iterator[Finding]:
    """Whatever a sheet fetches, in a rule or anywhere else in it; comments are none of it."""
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
    for found in _FETCHING.finditer(bare):
        what = f"a sheet holds {found[0]}, for which Gmail drops it."
        mend = "print pictures as img, use fonts that readers have, and write all rules here."
        yield error("style", what, where="head", mend=mend, line=line + bare.count("\n", 0, found.start()))

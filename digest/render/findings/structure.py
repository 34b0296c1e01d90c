"""What a screen reader needs to find its way: language, title, headings, layout tables, words for pictures."""

import itertools
import re
from collections.abc import Iterator, Sequence

from digest.model.mail import Finding
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading
from digest.render.page import Element, Page

_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
"""A well-formed language tag (RFC 5646, section 2.1) but for those of an unused or private kind alone."""
_HEADING = re.compile(r"h[1-6]")


def language(letter: Reading) -> Iterator[Finding]:
    """The page's language, and that of every part that says its own (WCAG 2.2, SC 3.1.1 and 3.1.2)."""
    mend = 'write it as in lang="en-GB" or lang="cy".'
    if not letter.page.language.strip():
        what = "the page does not say its language, so screen readers guess."
        yield error("language", what, where="html", mend=mend, line=1)
    for element in letter.page.elements:
        written = element.attributes.get("lang", "").strip()
        if written and not _LANGUAGE.fullmatch(written):
            what = f"{written[:40]!r} is no language, so screen readers guess."
            yield error("language", what, where="html", mend=mend, line=element.line)


def title(letter: Reading) -> Iterator[Finding]:
    """WCAG 2.2, SC 2.4.2; it names the tab of the letter's web version too."""
    if not any(element.text.strip() for element in letter.page.named("title")):
        what = "the page has no title."
        yield error("title", what, where="html", mend="print the subject as <title> in the layout.", line=1)


def headings(letter: Reading) -> Iterator[Finding]:
    """One h1, no level left out, and something under every heading (WCAG 2.2, SC 1.3.1 and 2.4.6)."""
    page = letter.page
    found = [(place, element) for place, element in enumerate(page.elements) if _HEADING.fullmatch(element.tag)]
    if (count := sum(element.tag == "h1" for _, element in found)) != 1:
        what = f"{count} headings of the first level; there must be one."
        yield error("headings", what, where="html", mend="make the masthead the only h1.")
    for (_, above), (_, below) in itertools.pairwise(found):
        if below.tag > f"h{int(above.tag[1]) + 1}":
            what = f"an {below.tag} follows an {above.tag}; a level is left out."
            mend = f"use h{int(above.tag[1]) + 1} there."
            yield error("headings", what, where="html", mend=mend, line=below.line)
    for order, (place, element) in enumerate(found, start=1):
        yield from _heading(page, place, element, [below for _, below in found[order:]])


def _heading(page: Page, place: int, element: Element, below: Sequence[Element]) -> Iterator[Finding]:
    if not (words := _words(page, place, element)):
        what = f"an {element.tag} is empty, and is announced all the same."
        yield error("headings", what, where="html", mend="print it only where it has words.", line=element.line)
    ends = next((one.opens for one in below if one.tag <= element.tag), page.elements[0].closes)
    if ends == element.closes:
        what = f"nothing stands under the heading «{words[:60]}»."
        yield error("headings", what, where="html", mend="print it only over what it heads.", line=element.line)


def tables(letter: Reading) -> Iterator[Finding]:
    """Tables that lay out are marked as such, or every cell is announced; a table with th is one of data."""
    page = letter.page
    for element in page.named("table"):
        at = page.elements.index(element)
        is_data = any(inner.tag == "th" for inner in page.elements[at : element.end])
        if not is_data and element.attributes.get("role") not in {"presentation", "none"}:
            what = "a table without role says «table, row, column» at every cell."
            yield error("tables", what, where="html", mend='give it role="presentation".', line=element.line)


def pictures(letter: Reading) -> Iterator[Finding]:
    """Every picture has alt, its size in pixels, and comes over https (WCAG 2.2, SC 1.1.1; email.md, «Layout»)."""
    for element in letter.page.named("img"):
        yield from _alt(element)
        yield from _source(element)
        if not all(element.attributes.get(side, "").isdecimal() for side in ("width", "height")):
            what = (
                f"the picture {_name(element)} has no size, so the text jumps when it comes, or Outlook prints it huge."
            )
            mend = 'give it width="…" and height="…" in pixels.'
            yield warning("pictures", what, where="html", mend=mend, line=element.line)


def _alt(element: Element) -> Iterator[Finding]:
    if "alt" not in element.attributes:
        what = f"the picture {_name(element)} has no text for those who do not see it."
        mend = 'give it alt="…", or alt="" where it is ornament.'
        yield error("alt", what, where="html", mend=mend, line=element.line)


def _source(element: Element) -> Iterator[Finding]:
    source = element.attributes.get("src", "")
    if source.startswith("http://"):
        what = f"the picture {_name(element)} comes over http, which mail programs block or warn of."
        yield warning("pictures", what, where="html", mend="serve it over https.", line=element.line)
    elif not source.startswith("https://"):
        what = f"the picture {_name(element)} has no address on the web; Gmail and Outlook show none of that kind."
        yield error("pictures", what, where="html", mend="serve it over https.", line=element.line)


def _name(element: Element) -> str:
    return repr(element.attributes.get("src", "")[:80])


def _words(page: Page, place: int, element: Element) -> str:
    """What a heading says, with the words of its pictures."""
    inner = page.elements[place : element.end]
    return " ".join(" ".join(f"{one.text} {one.attributes.get('alt', '')}" for one in inner).split())

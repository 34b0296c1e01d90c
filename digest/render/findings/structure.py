"""What a screen reader needs to find its way: language, title, headings, layout tables, words for pictures."""

import itertools
import re
from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading
from digest.render.page import Element, Page

_HEADING = re.compile(r"h[1-6]")


def language(letter: Reading) -> Iterator[Finding]:
    """WCAG 2.2, SC 3.1.1."""
    if not letter.page.language.strip():
        what = "the page does not say its language, so screen readers guess."
        yield error("language", what, where="html", mend='write <html lang="en-GB"> in the layout.', line=1)


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
    for (place, element), (after, below) in itertools.pairwise(found):
        if below.tag <= element.tag and not _has_words(page, range(element.end, after)):
            what = f"nothing stands under the heading «{_words(page, range(place, element.end))[:60]}»."
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


def _has_words(page: Page, places: range) -> bool:
    return any(page.elements[place].text.strip() for place in places) or any(
        page.elements[place].tag == "img" for place in places
    )


def _words(page: Page, places: range) -> str:
    return " ".join("".join(page.elements[place].text for place in places).split())

"""A linked page -> the text of its article: plain paragraphs without a publisher's noise, or why there is none."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.collect.excerpt import excerpt
from digest.collect.markup import NoPage, bounded, decoded
from digest.model.feed import Document
from digest.text.boilerplate import without_boilerplate
from digest.text.clean import plain
from digest.text.headline import same_headline_key
from digest.text.sentences import sentences

LONGEST = 6_000
"""Characters kept: a thousand words tell what happened, and a publisher's text is not ours to keep whole."""

LONGEST_RAW = 2 * LONGEST
"""Characters looked at: what is taken out must not leave too little, and what follows is not wanted."""

LONGEST_PARAGRAPH = 2_000
"""Characters; a longer one is parted, since the search for boilerplate grows with the square of it."""

FEWEST_WORDS = 40
"""A text of fewer is a teaser, a caption or an apology."""

STUB_WORDS = 200
"""A text of fewer that asks to subscribe or log in is what a paywall shows of the article."""

ENOUGH_SAID = 25
"""Words of a feed's own summary from which it stands: two sentences, of which an edition prints up to three."""

NOT_FREE = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.IGNORECASE)
"""How publishers mark what is for subscribers: https://schema.org/isAccessibleForFree."""

PAYWALL = re.compile(
    r"\b(?:subscribe|register|sign up|log ?in|sign in) (?:now |here |free |today )?to (?:continue|keep|read|unlock)\b"
    r"|\bto (?:continue|keep) reading\b|\balready (?:a subscriber|have an account|registered)\b"
    r"|\bunlock this (?:article|story)\b|\b(?:is|are) (?:only )?(?:for|available to) subscribers\b",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"\bvalue your privacy\b|\bbefore you continue\b|\bour (?:\d+ )?partners\b|\b(?:accept|reject) all\b"
    r"|\bon (?:a|your) device\b|\bprivacy (?:choices|settings|preferences)\b|\bmanage (?:cookies|options|consent)\b"
    r"|\bcookie (?:policy|preferences|settings)\b|\bwithdraw your consent\b",
    re.IGNORECASE,
)
CONSENT_SIGNS = 3
"""Different ones in a text that speaks of nothing else; an article about cookies may have one or two."""

FRONT = frozenset({"", "/"})
"""Paths of a site's front page."""

WHOLE = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTask:
    """A page as it was fetched, with the publisher who speaks and the headline we know. Pickles."""

    document: Document
    publisher: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """The text of an article, or "" and the reason why there is none.

    `text` is paragraphs with a line feed between them. Each is one line of plain text
    (`plain(paragraph) == paragraph`), not empty, at most `LONGEST_PARAGRAPH` characters, without
    boilerplate; all together are at most `LONGEST` characters, cut after a whole sentence.
    """

    text: str = ""
    missing: str = ""


def article(task: ArticleTask) -> ArticleText:
    """Find the article in a page: its text, without menus, comments, tables, captions and asks.

    Deterministic, does no input or output, and takes a second or two at most, whatever the page
    (see `collect.markup`). Pickles both ways, so that a worker process can run it.
    """
    try:
        return ArticleText(text=_told(_extracted(_page(task.document)), task))
    except NoPage as reason:
        return ArticleText(missing=f"the page {reason}")


def summary_of(summary: str, text: str) -> str:
    """The feed's summary, or where it says too little an excerpt of the article's text."""
    if len(summary.split()) >= ENOUGH_SAID:
        return summary
    prose = " ".join(paragraph for paragraph in text.split("\n") if WHOLE.search(paragraph))
    return excerpt(prose) or summary


def _page(document: Document) -> str:
    """The markup of a page that may hold an article; NoPage for any other.

    A redirect from an article to a front page is how some sites say «gone».
    """
    page = decoded(document.body, document.content_type)
    if urlsplit(document.url).path in FRONT and urlsplit(document.asked).path not in FRONT:
        raise NoPage("is not there any more: the link leads to a front page")
    if NOT_FREE.search(page):
        raise NoPage("is for subscribers, as it says itself")
    return bounded(page)


def _extracted(markup: str) -> list[str]:
    """The paragraphs that trafilatura takes for the article.

    Precision before recall: a sentence from the margin would be printed as the article's. `fast` leaves
    out the comparison with other extractors, which is quadratic on hostile pages.
    See https://trafilatura.readthedocs.io/en/latest/usage-python.html.
    """
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page without text; we report it
    found = extract(
        markup,
        fast=True,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_images=False,
        include_links=False,
    )
    return (found or "")[:LONGEST_RAW].splitlines()


def _told(lines: list[str], task: ArticleTask) -> str:
    """The text as it is kept; NoPage where the lines hold none."""
    raw = [piece for line in lines for piece in _pieces(plain(line))]
    said = " ".join(raw)
    if len(said.split()) < STUB_WORDS and PAYWALL.search(said):
        raise NoPage("is behind a paywall")
    if len({sign.casefold() for sign in CONSENT.findall(said)}) >= CONSENT_SIGNS:
        raise NoPage("asks for consent to cookies instead of telling anything")
    kept = [rest for piece in raw if (rest := without_boilerplate(piece, task.publisher)[0])]
    if kept and same_headline_key(kept[0]) == same_headline_key(task.title):
        kept = kept[1:]
    text = "\n".join(_capped(kept))
    if len(text.split()) < FEWEST_WORDS:
        raise NoPage(f"has fewer than {FEWEST_WORDS} words of text")
    return text


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph, parted where it is too long: after a sentence if there is an end of one, else between words."""
    while len(paragraph) > LONGEST_PARAGRAPH:
        end = paragraph.rfind(". ", 0, LONGEST_PARAGRAPH) + 1 or paragraph.rfind(" ", 0, LONGEST_PARAGRAPH)
        end = end if end > 0 else LONGEST_PARAGRAPH
        yield paragraph[:end]
        paragraph = paragraph[end:].lstrip()
    if paragraph:
        yield paragraph


def _capped(paragraphs: list[str]) -> Iterator[str]:
    """As many whole sentences as may be kept."""
    left = LONGEST
    for paragraph in paragraphs:
        if len(paragraph) > left:
            end = max((one.end for one in sentences(paragraph) if one.end <= left), default=0)
            if end:
                yield paragraph[:end]
            return
        yield paragraph
        left -= len(paragraph) + 1

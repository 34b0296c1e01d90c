"""A rendered email -> findings about its bytes: size, syntax, links, subject, structure."""

import re
from collections.abc import Iterator

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Finding, Severity
from digest.render.links import contact_link, link
from digest.render.page import Page, read, unstyled

CLIPPED_AT = 102_000
"""Bytes of HTML at which Gmail cuts a message; the unsubscribe link stands at its end."""
CROWDED_AT = 75_000
STYLE_LIMIT = 8_000
SUBJECT_LIMIT = 120
SUBJECT_SPAN = range(45, 76)

_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|\$\{|\#\{|\*\||\|\*|<%|%>|\[\[|%%"
    r"|%(?:recipient|unsubscribe_url|mailing_list_unsubscribe_url|tag_unsubscribe_url)|[\ue000-\ue0ff]",
    re.IGNORECASE,
)
_PRINTED_LINK = re.compile(r"<((?:https?:|mailto:)[^<>\s]*)>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def email_findings(email: Email) -> tuple[Finding, ...]:
    """What is wrong with the email itself, whatever its stories say."""
    page = read(email.html)
    return (
        *_size(email, page),
        *_syntax(email),
        *_unsubscribe(email, page),
        *_links(email, page),
        *_subject(email),
        *_structure(page),
    )


def _size(email: Email, page: Page) -> Iterator[Finding]:
    size = len(email.html.encode())
    shorter = "print fewer stories on the wire or fewer sources for each."
    if size > CLIPPED_AT:
        what = f"{size:,} bytes; Gmail cuts a message at about {CLIPPED_AT:,} and hides the unsubscribe link."
        yield _finding(Severity.ERROR, "size", what, "html", shorter)
    elif size > CROWDED_AT:
        what = f"{size:,} bytes is more than {CROWDED_AT:,}; Gmail cuts at about {CLIPPED_AT:,}."
        yield _finding(Severity.WARNING, "size", what, "html", shorter)
    if page.style_bytes > STYLE_LIMIT:
        what = f"{page.style_bytes:,} bytes of style sheets; Gmail drops them all above {STYLE_LIMIT:,}."
        yield _finding(Severity.ERROR, "style", what, "head", "shorten head.css.j2.")


def _syntax(email: Email) -> Iterator[Finding]:
    parts = (
        ("subject", email.subject),
        ("preheader", email.preheader),
        ("html", unstyled(email.html)),
        ("text", email.text),
    )
    for where, text in parts:
        if found := _LEFTOVER.search(text):
            what = f"template syntax is left over: {text[found.start() : found.end() + 30]!r}."
            yield _finding(Severity.ERROR, "syntax", what, where, "correct the template that prints it.")


def _unsubscribe(email: Email, page: Page) -> Iterator[Finding]:
    meant = (
        ("html", page.links.count(UNSUBSCRIBE_PLACEHOLDER), email.html.count(UNSUBSCRIBE_PLACEHOLDER)),
        ("text", _printed(email).count(UNSUBSCRIBE_PLACEHOLDER), email.text.count(UNSUBSCRIBE_PLACEHOLDER)),
    )
    for where, as_link, in_all in meant:
        if as_link == 0:
            what = "there is no unsubscribe link."
            yield _finding(Severity.ERROR, "unsubscribe", what, where, "print unsubscribe_url in the footer.")
        elif as_link != in_all:
            what = "the unsubscribe address stands outside a link too, where each reader's own would be shown."
            yield _finding(Severity.ERROR, "unsubscribe", what, where, "print unsubscribe_url as a link only.")


def _links(email: Email, page: Page) -> Iterator[Finding]:
    printed = _printed(email)
    for where, addresses in (("html", page.links), ("text", printed)):
        for address in dict.fromkeys(addresses):
            if fault := _fault(address):
                what = f"a link is broken: {fault}."
                yield _finding(Severity.ERROR, "links", what, where, "correct or drop the link.")
    for where, missing in (
        ("text", set(page.links).difference(printed)),
        ("html", set(printed).difference(page.links)),
    ):
        for address in sorted(missing):
            what = f"the link {address[:80]!r} of the other part is missing."
            yield _finding(Severity.ERROR, "parity", what, where, "print the same links in both templates.")


def _subject(email: Email) -> Iterator[Finding]:
    length = len(email.subject)
    if not email.subject.strip():
        yield _finding(Severity.ERROR, "subject", "it is empty.", "subject", "write a subject.")
    elif _CONTROL.search(email.subject):
        yield _finding(Severity.ERROR, "subject", "it holds a control character.", "subject", "write it again.")
    elif length > SUBJECT_LIMIT:
        what = f"{length} characters are more than {SUBJECT_LIMIT}."
        yield _finding(Severity.ERROR, "subject", what, "subject", "shorten it.")
    elif length not in SUBJECT_SPAN:
        what = f"{length} characters; between {SUBJECT_SPAN.start} and {SUBJECT_SPAN.stop - 1} inboxes show it whole."
        severity = Severity.WARNING if length >= SUBJECT_SPAN.stop else Severity.ADVICE
        yield _finding(severity, "subject", what, "subject", "retitle the lead or write a subject.")
    if not email.preheader.strip():
        what = "it is empty, so inboxes show the date instead of the news."
        yield _finding(Severity.ADVICE, "preheader", what, "preheader", "name the second story.")


def _structure(page: Page) -> Iterator[Finding]:
    if not page.language:
        what = "the page does not say its language, so screen readers guess."
        yield _finding(Severity.ERROR, "language", what, "html", 'write <html lang="en-GB"> in the layout.')
    if (count := page.headings.count(1)) != 1:
        what = f"{count} headings of the first level; there must be one."
        yield _finding(Severity.ERROR, "headings", what, "html", "make the masthead the only h1.")
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        if below > above + 1:
            what = f"an h{below} follows an h{above}; a level is left out."
            yield _finding(Severity.ERROR, "headings", what, "html", f"use h{above + 1} there.")
    for picture in page.without_alt:
        what = f"the picture {picture[:80]!r} has no text for those who do not see it."
        yield _finding(Severity.ERROR, "alt", what, "html", 'give it alt="…", or alt="" where it is ornament.')


def _printed(email: Email) -> tuple[str, ...]:
    """The addresses of the text part: what stands in angle brackets (RFC 3986, appendix C)."""
    return tuple(_PRINTED_LINK.findall(email.text))


def _fault(address: str) -> str:
    if address.startswith("mailto:"):
        return "" if contact_link(address.removeprefix("mailto:")) == address else f"{address[:80]!r} names no mailbox"
    try:
        return "" if link(address) == address else f"{address[:80]!r} is not percent-encoded"
    except ValueError as error:
        return str(error)


def _finding(severity: Severity, check: str, what: str, where: str, mend: str) -> Finding:
    return Finding(severity=severity, check=check, what=what, where=where, mend=mend)

"""The links of both parts: sound, the same in both, named for where they go, and one of them to leave by."""

import re
from collections.abc import Iterator, Sequence

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Finding
from digest.render.findings.grades import advice, error, warning
from digest.render.findings.reading import PRINTED_LINK, Reading, line_of
from digest.render.links import contact_link, link
from digest.render.page import SILENT

VAGUE = frozenset(
    {
        *(
            "click",
            "click here",
            "click this",
            "continue",
            "continue reading",
            "details",
            "find out more",
            "go",
            "here",
        ),
        *("learn more", "link", "more", "more info", "read", "read here", "read more", "see more", "this", "this link"),
    }
)
"""Names that say nothing where they are read alone, as a list of links in a screen reader (WCAG 2.2, SC 2.4.4)."""

SHOWN = 5
"""Links missing in a part that are named one by one."""

_STOPS = ".,;:!?)]'’"
"""What ends a sentence or a bracket, not an address."""
_ADDRESS = re.compile(rf"https?://[^\s<>\"«»“”]*[^\s<>\"«»“”{re.escape(_STOPS)}]", re.IGNORECASE)


def unsubscribe(letter: Reading) -> Iterator[Finding]:
    """An error where a part has no unsubscribe link, or shows its address outside a link."""
    email = letter.email
    for where, part, links in (("html", email.html, _hrefs(letter)), ("text", email.text, letter.printed)):
        as_link = sum(address == UNSUBSCRIBE_PLACEHOLDER for address, _ in links)
        if as_link == 0:
            mend = "print unsubscribe_url in the footer."
            yield error("unsubscribe", "there is no unsubscribe link.", where=where, mend=mend)
        elif as_link != part.count(UNSUBSCRIBE_PLACEHOLDER):
            what = "the unsubscribe address stands outside a link too, where each reader's own would be shown."
            line = line_of(part, part.index(UNSUBSCRIBE_PLACEHOLDER))
            yield error("unsubscribe", what, where=where, mend="print unsubscribe_url as a link only.", line=line)


def links(letter: Reading) -> Iterator[Finding]:
    """An error for every address, once a part, that is neither absolute http(s) nor mailto, or is badly written."""
    for where, printed in (("html", _hrefs(letter)), ("text", letter.printed)):
        for address, line in _first_of_each(printed):
            if fault := _fault(address):
                mend = "correct or drop the link."
                yield error("links", f"a link is broken: {fault}.", where=where, mend=mend, line=line)


def parity(letter: Reading) -> Iterator[Finding]:
    """An error for every address that only one part has, up to five a part; `line` is where the other part has it."""
    html, text = _first_of_each(_hrefs(letter)), _first_of_each(letter.printed)
    for where, here, there in (("text", text, html), ("html", html, text)):
        known = {address for address, _ in here}
        missing = sorted(one for one in there if one[0] not in known)
        other = "html" if where == "text" else "text"
        for place, (address, line) in enumerate(missing[:SHOWN], start=1):
            more = f" (and {len(missing) - SHOWN} more)" if place == SHOWN < len(missing) else ""
            what = f"the link {address[:80]!r} of the {other} part (line {line}) is missing{more}."
            yield error("parity", what, where=where, mend="print the same links in both templates.")


def bare(letter: Reading) -> Iterator[Finding]:
    """Advice for every address that is printed in either part and can only be copied; a link elsewhere will do."""
    linked = {address.rstrip(_STOPS) for address, _ in (*_hrefs(letter), *letter.printed)}
    for where, shown in (("html", _shown(letter)), ("text", _unbracketed(letter))):
        for address, line in _first_of_each(tuple(shown)):
            if address not in linked:
                what = f"the address {address[:80]!r} is printed, but is no link."
                yield advice("bare", what, where=where, mend="make it a link.", line=line)


def names(letter: Reading) -> Iterator[Finding]:
    """An error for a link without a name, a warning for a vague one, advice for one that is a bare address.

    An address of a mailbox may stand for itself.
    """
    for found in letter.page.links:
        named = found.name.strip(" .…›»→").lower()
        if not found.name:
            what = f"the link to {found.address[:80]!r} has no words, so nobody can hear where it goes."
            yield error("names", what, where="html", mend="print words in it, or alt text.", line=found.line)
        elif not named or named in VAGUE:
            what = f"a link says only «{found.name[:60]}», which does not say where it goes."
            yield warning("names", what, where="html", mend="name the page that it leads to.", line=found.line)
        elif named.startswith(("http://", "https://", "www.")):
            what = f"a link says only its address, {found.name[:80]!r}, which is tedious to hear."
            yield advice("names", what, where="html", mend="name the page that it leads to.", line=found.line)


def _hrefs(letter: Reading) -> tuple[tuple[str, int], ...]:
    return tuple((found.address, found.line) for found in letter.page.links)


def _shown(letter: Reading) -> Iterator[tuple[str, int]]:
    """The addresses in the texts of the HTML part that stand in no link."""
    in_links: set[int] = set()
    for place, element in enumerate(letter.page.elements):
        if element.tag == "a":
            in_links.update(range(place, element.end))
        elif place not in in_links and element.tag not in SILENT:
            yield from ((found[0], element.line) for found in _ADDRESS.finditer(element.text))


def _unbracketed(letter: Reading) -> Iterator[tuple[str, int]]:
    text = PRINTED_LINK.sub(lambda found: " " * len(found[0]), letter.email.text)
    return ((found[0], line_of(text, found.start())) for found in _ADDRESS.finditer(text))


def _first_of_each(printed: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Each address once, with the first line that has it."""
    return tuple(dict(reversed(printed)).items())[::-1]


def _fault(address: str) -> str:
    if address.startswith("mailto:"):
        return "" if contact_link(address.removeprefix("mailto:")) == address else f"{address[:80]!r} names no mailbox"
    try:
        return "" if link(address) == address else f"{address[:80]!r} is not percent-encoded"
    except ValueError as error:
        return str(error)

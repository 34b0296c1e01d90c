"""Hostile text in every field a template prints: nothing runs, nothing is lost, nothing reaches over the edge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from digest.model.mail import Email
from digest.render.compose import compose
from digest.render.findings.reading import reading
from digest.render.findings.syntax import syntax
from digest.render.header import header_text
from digest.render.merge import WORD_JOINER, as_joined, mark
from digest.render.mime import LONGEST_SUBJECT, message
from digest.render.templates import environment
from tests.browser.chromium import Chromium
from tests.browser.hostile import hostile_letters, texts
from tests.browser.screen import WIDTHS, Scheme
from tests.browser.test_reflow import overhang
from tests.corpora.browser import SENTINEL, SENTINEL_CALLS, SENTINEL_REPORTS, Opened, find_browser, open_pages
from tests.render.letters import ENVELOPE, READER, TAG, letters

pytestmark = pytest.mark.shared

LEAST = 1_500
"""How many texts there must be, so that an empty corpus is no success."""

UNBREAKABLE = re.compile(r"[\u0e31-\u0e3a\u0e47-\u0e4e]{20}")
"""Twenty Thai marks over one consonant: no browser ever breaks a line between them, for they are one character to it.

With a Thai font they take no room. Without one, each is painted beside the last: the page scrolls, and nothing is lost.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One letter on a phone: the text that is in it, its first heading, and how far it reaches over the edge."""

    text: str
    heading: str
    overhang: object


@pytest.fixture(scope="module")
def payloads(shared: Path) -> list[str]:
    """Every hostile text."""
    found = texts(shared / "data" / "corpora")
    assert len(found) > LEAST
    return found


@pytest.fixture(scope="module")
def hostile(payloads: list[str]) -> list[tuple[str, Email]]:
    """Each letter with the text that stands in its every field."""
    return list(hostile_letters(payloads))


@pytest.fixture(scope="module")
def seen(hostile: list[tuple[str, Email]], chromium: Chromium) -> list[Seen]:
    """What a reader sees of each letter on a phone."""
    return [look(chromium, text, email) for text, email in hostile]


@pytest.fixture(scope="module")
def opened(hostile: list[tuple[str, Email]], chromium: Chromium) -> Opened:
    """What a Chromium that is watched made of them; `chromium` says whether there is one."""
    program = find_browser()
    assert program is not None
    return open_pages(program, {f"letter-{n}": email.html for n, (_, email) in enumerate(hostile)})


def test_no_script_runs_and_nobody_is_called(opened: Opened, hostile: list[tuple[str, Email]]) -> None:
    assert len(opened.built) == len(hostile) + 1
    assert opened.reports.keys() - {SENTINEL, "about"} == set()
    assert set(opened.calls) - SENTINEL_CALLS == set()


def test_the_watch_hears_a_raw_payload_behind_the_letters(opened: Opened) -> None:
    assert set(opened.reports[SENTINEL]) >= SENTINEL_REPORTS
    assert set(opened.calls) >= SENTINEL_CALLS


def test_chromium_builds_nothing_of_them_that_harmless_letters_do_not_have(opened: Opened, chromium: Chromium) -> None:
    built = [one for name, one in opened.built.items() if name != SENTINEL]
    own_elements, own_attributes = own_names(chromium)
    assert frozenset().union(*(one.elements for one in built)) <= own_elements
    assert frozenset().union(*(one.attributes for one in built)) <= own_attributes
    assert frozenset().union(*(one.schemes for one in built)) <= {"http:", "https:", "mailto:"}


def test_a_reader_sees_every_text_as_it_was_written_and_whole(seen: list[Seen]) -> None:
    for one in seen[:-2]:  # the last two, of a subscription, have headings of their own
        assert squeezed(one.heading) == squeezed(one.text)


def test_no_text_reaches_over_the_edge_of_a_phone(seen: list[Seen]) -> None:
    assert [one.text for one in seen if one.overhang != [0, 0] and not UNBREAKABLE.search(one.text)] == []
    assert len([one for one in seen if UNBREAKABLE.search(one.text)]) <= 1


def test_no_merge_syntax_is_left_in_any_part(hostile: list[tuple[str, Email]]) -> None:
    assert [finding for _, email in hostile for finding in syntax(reading(email))] == []


def test_no_text_in_a_subject_adds_or_changes_a_header(payloads: Sequence[str]) -> None:
    names = headers(subject("A quiet day"))
    for text in payloads:
        email = subject(text)
        sent = message_from_bytes(message(email, envelope=ENVELOPE, recipient=READER, tag=TAG), policy=default)
        assert [name for name, _ in sent.items()] == names
        assert sent["Subject"] == header_text(email.subject, LONGEST_SUBJECT)
        assert sent["List-Unsubscribe"] == f"<{READER.unsubscribe_url}>"
        assert [part.get_content_type() for part in sent.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def look(chromium: Chromium, text: str, email: Email) -> Seen:
    """Open one letter on a phone."""
    chromium.open(email.html, Scheme.LIGHT)
    chromium.resize(WIDTHS[0])
    heading = str(chromium.evaluate("document.querySelector('h1').textContent"))
    return Seen(text=text, heading=heading, overhang=overhang(chromium))


def own_names(chromium: Chromium) -> tuple[set[str], set[str]]:
    """The elements and attributes that a browser makes of the program's own letters."""
    elements: set[str] = set()
    attributes: set[str] = set()
    for email in letters().values():
        chromium.open(email.html, Scheme.LIGHT)
        found = chromium.evaluate(
            "(all => [all.map(e => e.localName), all.flatMap(e => e.getAttributeNames())])"
            "([...document.querySelectorAll('*')])"
        )
        assert isinstance(found, list)
        elements.update(found[0])
        attributes.update(found[1])
    return elements, attributes


def squeezed(text: str) -> str:
    """What is printed of a text, without blanks and the joiners that disarm it."""
    return re.sub(r"\s+", "", as_joined(mark(text)).replace(WORD_JOINER, ""))


def subject(text: str) -> Email:
    """A mail with a hostile subject and preheader, through the one function that makes mails."""
    bare = environment(
        {"x.html.j2": "<html><title>{{ subject }}</title><p>{{ preheader }}", "x.txt.j2": "{{ subject }}"}
    )
    return compose(bare, "x", subject=text, preheader=text)


def headers(email: Email) -> list[str]:
    """The names of the headers of one reader's copy."""
    return list(message_from_bytes(message(email, envelope=ENVELOPE, recipient=READER, tag=TAG), policy=default).keys())

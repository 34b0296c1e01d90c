"""Every letter made of hostile feeds, opened in Chromium: nothing runs, nothing is fetched, nothing is foreign."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.corpora.browser import SENTINEL, SENTINEL_CALLS, SENTINEL_REPORTS, Opened
from tests.render.letters import letter

pytestmark = [pytest.mark.alone, pytest.mark.shared]

SCHEMES = frozenset({"http:", "https:", "mailto:"})


class Tags(HTMLParser):
    """The names of a page's elements and attributes, and its addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src"}}


@pytest.fixture(scope="module")
def own() -> Tags:
    """A letter with every block it can have."""
    return Tags(letter().html)


def test_no_script_runs_in_any_letter(opened: list[Opened]) -> None:
    assert [start.reports.keys() - {SENTINEL, "about"} for start in opened] == [set()] * len(opened)


def test_a_letter_calls_nobody(opened: list[Opened]) -> None:
    assert [set(start.calls) - SENTINEL_CALLS for start in opened] == [set()] * len(opened)


def test_a_raw_payload_behind_the_letters_runs_and_calls(opened: list[Opened]) -> None:
    """The control, in every start: Chromium did run scripts and fetch, and did tell of it."""
    for start in opened:
        assert set(start.reports[SENTINEL]) >= SENTINEL_REPORTS
        assert set(start.calls) >= SENTINEL_CALLS
        assert {"script", "iframe", "img"} <= start.built[SENTINEL].elements
        assert "onerror" in start.built[SENTINEL].attributes


def test_chromium_builds_no_element_attribute_or_scheme_that_is_not_the_letters_own(
    opened: list[Opened], own: Tags
) -> None:
    elements = own.elements | {"tbody"}  # which a parser adds to every table
    foreign = {
        name: odd
        for start in opened
        for name, built in start.built.items()
        if name != SENTINEL
        and (odd := (built.elements - elements) | (built.attributes - own.attributes) | (built.schemes - SCHEMES))
    }
    assert foreign == {}


def test_every_letter_was_opened(opened: list[Opened], letters: Path) -> None:
    assert sum(len(start.built) - 1 for start in opened) == len(list(letters.glob("*.html"))) > 300


def test_no_letter_holds_a_tag_or_an_address_that_is_not_its_own(crossings: object, letters: Path, own: Tags) -> None:
    """The same by another parser, so that it is looked at where there is no browser too."""
    for file in letters.glob("*.html"):
        tags = Tags(file.read_text(encoding="utf-8"))
        assert tags.elements <= own.elements, file.name
        assert tags.attributes <= own.attributes, file.name
        assert all(address.startswith(("http://", "https://", "mailto:")) for address in tags.addresses), file.name

"""Links: sound, the same in both parts, named, and one to leave by."""

from dataclasses import replace

import pytest

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email
from digest.render.findings.links import VAGUE, links, names, parity, unsubscribe
from digest.render.findings.reading import reading
from tests.render.letters import letter

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1


def with_link(attributes: str, inner: str = "Words") -> Email:
    return replace(GOOD, html=GOOD.html.replace("</body>", f"<a {attributes}>{inner}</a></body>"))


def test_the_shipped_letter_has_sound_links() -> None:
    letter_read = reading(GOOD)
    for check in (links, names, parity, unsubscribe):
        assert list(check(letter_read)) == []
    assert len(letter_read.page.links) > 20


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_missing_unsubscribe_link_is_an_error(part: str) -> None:
    without = getattr(GOOD, part).replace(UNSUBSCRIBE_PLACEHOLDER, "https://dailyrose.example/")
    (found,) = unsubscribe(reading(replace(GOOD, **{part: without})))
    assert (found.severity, found.where) == ("error", part)


@pytest.mark.parametrize("part", ["html", "text"])
def test_the_unsubscribe_address_outside_a_link_is_an_error(part: str) -> None:
    shown = getattr(GOOD, part).replace("Unsubscribe from", f"{UNSUBSCRIBE_PLACEHOLDER} Unsubscribe from", 1)
    (found,) = unsubscribe(reading(replace(GOOD, **{part: shown})))
    assert (found.severity, found.where) == ("error", part)
    assert UNSUBSCRIBE_PLACEHOLDER in shown.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    "url",
    ["/relative", "javascript:alert(1)", "", "mailto:nobody", "https://a.example/ü", "https://a.example/a b", "#top"],
)
def test_a_broken_link_is_an_error_in_html(url: str) -> None:
    (found,) = links(reading(with_link(f'href="{url}"')))
    assert (found.severity, found.where, found.line) == ("error", "html", LAST)


def test_a_broken_link_is_an_error_in_text_once() -> None:
    text = GOOD.text + "<https://a..example/>\n<https://a..example/>\n"
    (found,) = links(reading(replace(GOOD, text=text)))
    assert (found.severity, found.where) == ("error", "text")
    assert found.line == GOOD.text.count("\n") + 1


def test_a_mailbox_may_be_a_link() -> None:
    assert list(links(reading(with_link('href="mailto:desk@dailyrose.example"')))) == []


def test_the_parts_must_have_the_same_links() -> None:
    more = "https://dailyrose.example/more"
    (found,) = parity(reading(replace(GOOD, text=GOOD.text + f"<{more}>\n")))
    assert (found.severity, found.where) == ("error", "html")
    assert f"{more!r} of the text part (line {GOOD.text.count(chr(10)) + 1}) is missing" in found.what
    (found,) = parity(reading(with_link(f'href="{more}"')))
    assert (found.severity, found.where) == ("error", "text")
    assert f"{more!r} of the html part (line {LAST})" in found.what


@pytest.mark.parametrize(
    ("inner", "severity"),
    [
        ("", "error"),
        ("<b> </b>", "error"),
        ("…", "warning"),
        ('<img src="https://a.example/a.png" alt="">', "error"),
        ('<img src="https://a.example/a.png" alt="Our logo">', None),
        ("here", "warning"),
        ("Read more …", "warning"),
        ("Click <b>here</b>.", "warning"),
        ("https://a.example/b", "advice"),
        ("www.a.example", "advice"),
        ("desk@dailyrose.example", None),
        ("Here be dragons", None),
    ],
)
def test_a_link_says_where_it_goes(inner: str, severity: str | None) -> None:
    found = list(names(reading(with_link('href="https://a.example/b"', inner))))
    assert [(finding.severity, finding.line) for finding in found] == ([(severity, LAST)] if severity else [])


def test_a_label_counts_as_words() -> None:
    assert list(names(reading(with_link('href="https://a.example/" aria-label="All of Tuesday"', "more")))) == []
    assert "more" in VAGUE

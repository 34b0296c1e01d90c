"""Links: sound, the same in both parts, named, and one to leave by."""

from dataclasses import replace

import pytest

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email
from digest.render.findings.links import SHOWN, VAGUE, bare, links, names, parity, unsubscribe
from digest.render.findings.reading import reading
from tests.render.letters import letter

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1


def with_link(attributes: str, inner: str = "Words") -> Email:
    return replace(GOOD, html=GOOD.html.replace("</body>", f"<a {attributes}>{inner}</a></body>"))


def test_the_shipped_letter_has_sound_links() -> None:
    letter_read = reading(GOOD)
    for check in (bare, links, names, parity, unsubscribe):
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
        ('<img src="https://a.example/a.png" alt=" ">', "error"),
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


def test_a_blank_label_does_not_take_the_place_of_the_words() -> None:
    assert list(names(reading(with_link('href="https://a.example/" aria-label=" "', "All of Tuesday")))) == []


@pytest.mark.parametrize(("alt", "severities"), [("", ["error"]), ("All of Tuesday", [])])
def test_an_area_of_a_map_is_a_link(alt: str, severities: list[str]) -> None:
    area = f'<map name="m"><area href="https://a.example/area" alt="{alt}"></map>'
    email = replace(GOOD, html=GOOD.html.replace("</body>", f"{area}</body>"))
    assert [finding.severity for finding in names(reading(email))] == severities
    assert ["https://a.example/area" in finding.what for finding in parity(reading(email))] == [True]


@pytest.mark.parametrize("count", [SHOWN, SHOWN + 1, SHOWN + 40])
def test_five_links_that_a_part_lacks_are_named_and_the_others_counted(count: int) -> None:
    more = "".join(f"<https://dailyrose.example/more-{n:02}>\n" for n in range(count))
    findings = list(parity(reading(replace(GOOD, text=GOOD.text + more))))
    assert len(findings) == SHOWN
    said = f"(and {count - SHOWN} more)"
    assert [said in finding.what for finding in findings] == [False] * 4 + [count > SHOWN]


@pytest.mark.parametrize(
    ("html", "is_found"),
    [
        ("<p>See https://a.example/b.</p>", True),
        ("<p>See <b>HTTP://a.example/b</b></p>", True),
        ("<p>See <i>this</i> (https://a.example/b)</p>", True),
        ('<p><a href="https://a.example/b"><b>See https://a.example/b</b></a></p>', False),
        ('<a href="https://a.example/b">Here it is</a> or copy https://a.example/b', False),
        ("<p>See a.example</p>", False),
        ("<p>It begins with https://</p>", False),
        ("<style>/* https://a.example/b */</style>", False),
    ],
)
def test_an_address_in_words_is_no_link(html: str, is_found: bool) -> None:
    findings = list(bare(reading(replace(GOOD, html=GOOD.html.replace("</body>", f"{html}</body>")))))
    assert [(one.severity, one.where, one.line) for one in findings] == [("advice", "html", LAST)] * is_found
    assert all("a.example/b' is printed" in one.what for one in findings)


def test_an_address_outside_brackets_is_no_link_in_the_text_part() -> None:
    text = GOOD.text + "See https://a.example/b, and again https://a.example/b\n"
    (finding,) = bare(reading(replace(GOOD, text=text)))
    assert (finding.severity, finding.where) == ("advice", "text")
    assert finding.line == GOOD.text.count("\n") + 1

"""What a screen reader needs to find its way."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from digest.model.mail import Email, Finding
from digest.render.findings.reading import Reading, reading
from digest.render.findings.structure import headings, language, pictures, tables, title
from tests.render.letters import letter

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1
SOUND = 'src="https://a.example/a.png" alt="" width="10" height="10"'


def with_body(more: str) -> Email:
    return replace(GOOD, html=GOOD.html.replace("</body>", f"{more}</body>"))


def found(check: Callable[[Reading], Iterator[Finding]], email: Email) -> list[tuple[str, str, int]]:
    return [(finding.severity.value, finding.check, finding.line) for finding in check(reading(email))]


@pytest.mark.parametrize("check", [headings, language, pictures, tables, title])
def test_the_shipped_letter_is_well_built(check: Callable[[Reading], Iterator[Finding]]) -> None:
    assert found(check, GOOD) == []


def test_a_page_without_a_language_is_an_error() -> None:
    assert found(language, replace(GOOD, html=GOOD.html.replace('<html lang="en-GB"', "<html"))) == [
        ("error", "language", 1)
    ]


@pytest.mark.parametrize("wrong", ["english", "en_GB", "e", "en-", "en-GB-x", "UK English", "x-klingon"])
def test_a_language_that_is_none_is_an_error_wherever_it_stands(wrong: str) -> None:
    assert found(language, with_body(f'<p lang="{wrong}">x</p>')) == [("error", "language", LAST)]
    spoiled = replace(GOOD, html=GOOD.html.replace('<html lang="en-GB"', f'<html lang="{wrong}"'))
    assert [grade for grade, _, _ in found(language, spoiled)] == ["error"]


@pytest.mark.parametrize("right", ["cy", "en", "EN-gb", "gd-GB", "zh-Hant-TW", "es-419", "de-CH-1996", "sr-Latn", ""])
def test_a_well_formed_language_is_taken(right: str) -> None:
    assert found(language, with_body(f'<p lang="{right}">x</p>')) == []


@pytest.mark.parametrize("left", ["", "<title> </title>"])
def test_a_page_without_a_title_is_an_error(left: str) -> None:
    start, end = GOOD.html.index("<title>"), GOOD.html.index("</title>") + len("</title>")
    assert found(title, replace(GOOD, html=GOOD.html[:start] + left + GOOD.html[end:])) == [("error", "title", 1)]


@pytest.mark.parametrize(
    ("html", "line"),
    [("<h1>again</h1><p>x</p>", 0), ("<h2>a</h2><h4>b</h4>x", LAST), ("<h2>a</h2>text<h6>b</h6>x", LAST)],
)
def test_headings_must_be_in_order(html: str, line: int) -> None:
    assert found(headings, with_body(html)) == [("error", "headings", line)]


def test_a_letter_without_a_first_heading_is_an_error() -> None:
    assert found(headings, replace(GOOD, html=GOOD.html.replace("<h1", "<h2").replace("</h1>", "</h2>"))) == [
        ("error", "headings", 0)
    ]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<h2>Empty <b>one</b></h2><h2>b</h2>x", 1),
        ("<h2>a</h2><div> </div><h2>b</h2>x", 1),
        ("<h2>a</h2><h3>b</h3><h2>c</h2>x", 1),
        ("<h2>a</h2><h3>b</h3>", 1),
        ("<h2>a</h2>", 1),
        ("<h2>a</h2><!-- x --><style>.x { }</style>", 1),
        ("<h2>a</h2><p>x</p><h2>b</h2>x", 0),
        ("<h2>a</h2> x <h2>b</h2> x", 0),
        ("<div><div><h2>a</h2></div> x </div><h2>b</h2><!-- y --> x", 0),
        ("<div><h2>a</h2><h2>b</h2> x</div>", 1),
        (f"<h2>a</h2><img {SOUND}><h2>b</h2>x", 0),
        ("<h2>a</h2><h3>b</h3>x", 0),
        ("<h2></h2>x", 1),
        ("<h2><b> </b>&nbsp;</h2>x", 1),
        (f"<h2><img {SOUND}></h2>x", 1),
        ('<h2><img src="https://a.example/a.png" alt="Today"></h2>x', 0),
    ],
)
def test_something_stands_under_every_heading(html: str, count: int) -> None:
    assert found(headings, with_body(html)) == [("error", "headings", LAST)] * count


def test_an_empty_section_is_called_by_its_name() -> None:
    (finding,) = headings(reading(with_body("<h2>Today and <b>tomorrow</b></h2><h2>b</h2>x")))
    assert "«Today and tomorrow»" in finding.what


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<table><tr><td>x</td></tr></table>", 1),
        ('<table role="grid"><tr><td>x</td></tr></table>', 1),
        ('<table role="none"><tr><td>x</td></tr></table>', 0),
        ("<table><tr><th>Party</th></tr><tr><td>x</td></tr></table>", 0),
        ('<table role="presentation"><tr><td><table><tr><td>x</td></tr></table></td></tr></table>', 1),
    ],
)
def test_a_table_that_lays_out_says_so(html: str, count: int) -> None:
    assert found(tables, with_body(html)) == [("error", "tables", LAST)] * count


@pytest.mark.parametrize(
    ("picture", "wrong"),
    [
        (SOUND, []),
        (SOUND.replace('alt="" ', ""), [("error", "alt")]),
        (SOUND.replace("https:", "http:"), [("warning", "pictures")]),
        (SOUND.replace("https://a.example/a.png", "data:image/png;base64,AAAA"), [("error", "pictures")]),
        (SOUND.replace("https://a.example/", ""), [("error", "pictures")]),
        (SOUND.replace("https://a.example/a.png", "cid:logo"), [("error", "pictures")]),
        (SOUND.replace('width="10"', 'width="100%"'), [("warning", "pictures")]),
        (SOUND.replace('height="10"', ""), [("warning", "pictures")]),
    ],
)
def test_a_picture_has_words_an_address_and_a_size(picture: str, wrong: list[tuple[str, str]]) -> None:
    assert found(pictures, with_body(f"<img {picture}>")) == [(*one, LAST) for one in wrong]

"""Words that nobody sees or can read."""

from dataclasses import replace

import pytest

from digest.model.mail import Finding
from digest.render.findings.hidden import hidden
from digest.render.findings.reading import reading
from tests.render.letters import letter, letters

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1
SHOWN_NARROW = "@media (max-width: 480px) { .x { display: block !important } }"
SHOWN_DARK = "@media (prefers-color-scheme: dark) { .x { display: block !important } }"
SMALL_NARROW = "@media (max-width: 480px) { .x { font-size: 8px !important } }"


def found(body: str, css: str = "") -> list[Finding]:
    html = GOOD.html.replace("</body>", f"{body}</body>").replace("</style>", f"{css}</style>", 1)
    return list(hidden(reading(replace(GOOD, html=html))))


@pytest.mark.parametrize("name", letters())
def test_the_letters_of_ours_hide_their_preheader_and_nothing_else(name: str) -> None:
    assert list(hidden(reading(letters()[name]))) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p style="display:none">secret</p>', "«secret» is hidden everywhere"),
        ("<p hidden>secret</p>", "«secret» is hidden everywhere"),
        ('<p style="visibility:hidden">secret</p>', "«secret» is hidden everywhere"),
        ('<p style="font-size:8.9px">tiny</p>', "«tiny» is 8.9 px high"),
        ('<p style="font-size:0">tiny</p>', "«tiny» is 0 px high"),
        ('<p style="font:0/0 a">tiny</p>', "«tiny» is 0 px high"),
        ('<div style="font-size:16px"><b style="font-size:.5em">tiny</b></div>', "«tiny» is 8 px high"),
    ],
)
def test_hidden_and_tiny_words_are_a_warning(body: str, said: str) -> None:
    (finding,) = found(body)
    assert (finding.severity, finding.check, finding.line) == ("warning", "hidden", LAST)
    assert finding.what.startswith(said)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="font-size:9px">small</p>',
        '<p style="font-size:1px">&nbsp;</p>',
        '<p style="display:none">· —</p>',
        '<div style="visibility:hidden"><p style="visibility:visible">shown</p></div>',
    ],
)
def test_what_is_read_or_no_word_at_all_is_none(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize("css", [SHOWN_NARROW, SHOWN_DARK])
def test_words_that_some_screen_shows_are_not_hidden(css: str) -> None:
    body = '<p class="x" style="display:none">now and then</p>'
    assert found(body, css) == []
    assert len(found(body)) == 1


def test_words_that_are_tiny_on_a_telephone_are_tiny() -> None:
    body = '<p class="x" style="font-size:16px">now and then</p>'
    assert ["8 px" in finding.what for finding in found(body, SMALL_NARROW)] == [True]
    assert found(body) == []


def test_a_preheader_may_stand_in_pieces_but_only_at_the_beginning() -> None:
    pieces = '<div style="display:none">First<i>&#847;&zwnj;</i></div><div style="display:none">then</div>'
    assert list(hidden(reading(replace(GOOD, html=f"<html><body>{pieces}<p>Words</p>after</body></html>")))) == []
    late = f"<html><body><p>Words</p>{pieces}</body></html>"
    assert len(list(hidden(reading(replace(GOOD, html=late))))) == 2

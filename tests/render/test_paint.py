"""What a text looks like in each way: inherited, inlined, ruled by the head sheet."""

import pytest

from digest.render import sheet
from digest.render.page import read
from digest.render.paint import Painted, paint, widths
from digest.render.ways import Way


def painted(body: str, css: str = "", *, head: str = "") -> dict[Way, Painted]:
    """What the word «here» looks like in each way."""
    page = read(f"<html><head>{head}</head><body>{body}</body></html>")
    found = [one for one in paint(page, sheet.read(css).rules) if one.text == "here"]
    return {one.way: one for one in found}


def pair(body: str, css: str = "", *, way: Way = Way.AUTHORED) -> tuple[str, str]:
    one = painted(body, css)[way]
    return str(one.colour), str(one.ground)


@pytest.mark.parametrize(
    ("body", "colour", "ground"),
    [
        ("here", "#000000", "#ffffff"),
        ('<p style="color:#111111; background-color:#eeeeee">here</p>', "#111111", "#eeeeee"),
        ('<p style="color:#111111; background-color:#eeeeee"><b>here</b></p>', "#111111", "#eeeeee"),
        ('<table bgcolor="#dddddd"><tr><td bgcolor="#eeeeee">here</td></tr></table>', "#000000", "#eeeeee"),
        ('<table bgcolor="#dddddd" style="background:#eeeeee"><tr><td>here</td></tr></table>', "#000000", "#eeeeee"),
        ('<p style="background:url(a.png) no-repeat rgb(1, 2, 3)">here</p>', "#000000", "#010203"),
        ('<p style="background:none">here</p>', "#000000", "#ffffff"),
        ('<p style="color:rgb(10 20 30 / 50%)">here</p>', "#848a8e", "#ffffff"),
        ('<p style="opacity:0.5; background:#000000"><b style="color:#ffffff">here</b></p>', "#ffffff", "#808080"),
        ('<p style="background-color:rgba(0,0,0,0.5)">here</p>', "#000000", "#808080"),
        ('<p style="color:rgba(0,0,0,0.5)">here</p>', "#808080", "#ffffff"),
        ('<font color="#123456">here</font>', "#123456", "#ffffff"),
        ('<a href="#x">here</a>', "#0000ee", "#ffffff"),
        ('<a name="x">here</a>', "#000000", "#ffffff"),
        ('<p style="color:#111111"><a href="#x" style="color:inherit">here</a></p>', "#111111", "#ffffff"),
        ('<p style="color:#111111 !important; color:#222222">here</p>', "#111111", "#ffffff"),
        ('<p style="color:nonsense">here</p>', "#000000", "#ffffff"),
    ],
)
def test_a_text_has_the_colours_a_browser_gives_it(body: str, colour: str, ground: str) -> None:
    assert pair(body) == (colour, ground)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="display:none">here</p>',
        '<div style="display:none"><p style="display:block">here</p></div>',
        '<p style="visibility:hidden">here</p>',
        "<p hidden>here</p>",
    ],
)
def test_what_is_hidden_is_painted_as_hidden(body: str) -> None:
    assert {one.is_hidden for one in painted(body).values()} == {True}
    assert {one.is_hidden for one in painted("<p>here</p>").values()} == {False}


def test_what_is_no_text_is_not_painted() -> None:
    assert painted("<script>here</script>") == {}


def test_rules_hold_at_their_widths_and_in_their_schemes() -> None:
    css = """
    @media screen { .x { color: #111111 } }
    @media (max-width: 480px) { .x { color: #222222 } }
    @media (prefers-color-scheme: light) { .x { color: #333333 } }
    @media print { .x { color: #444444 } }
    """
    page = read('<html><body><p class="x">here</p></body></html>')
    rules = sheet.read(css).rules
    assert widths(rules) == (1024, 320)
    seen = {(one.width, one.way): str(one.colour) for width in widths(rules) for one in paint(page, rules, width=width)}
    assert seen[1024, Way.AUTHORED] == "#111111"
    assert seen[320, Way.AUTHORED] == "#222222"
    assert seen[1024, Way.LIGHT] == "#333333"
    assert seen[1024, Way.DARK] == "#111111"


def test_a_page_whose_rules_hold_everywhere_is_seen_at_one_width() -> None:
    assert widths(()) == (1024,)
    assert widths(sheet.read("@media print { .x { color: red } } @media screen { .y { color: red } }").rules) == (1024,)


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        (".x { color: #111111 }", "#222222"),
        (".x { color: #111111 !important }", "#111111"),
        ("p { color: #333333 !important } .x { color: #111111 !important }", "#111111"),
        (".x { color: #111111 !important } p { color: #333333 !important }", "#111111"),
        ("@media (max-width: 480px) { .x { color: #111111 !important } }", "#222222"),
        (".x:hover { color: #111111 !important }", "#222222"),
    ],
)
def test_a_head_sheet_overrides_what_is_inlined_only_when_it_is_important(css: str, colour: str) -> None:
    assert pair('<p class="x" style="color:#222222">here</p>', css)[0] == colour


def test_a_head_sheet_is_heard_where_nothing_is_inlined() -> None:
    assert pair('<p class="x">here</p>', ".x { color: #111111; background: #eeeeee }") == ("#111111", "#eeeeee")


DARK = """
@media (prefers-color-scheme: dark) { .x { color: #ffffff !important; background-color: #222222 !important } }
[data-ogsc] .x { color: #dddddd !important }
[data-ogsb] .x { background-color: #111111 !important }
"""
TEXT = '<div><p class="x" style="color:#000000; background-color:#ffffff">here</p></div>'


def test_each_way_applies_its_own_rules_and_turns_the_rest() -> None:
    assert {way: pair(TEXT, DARK, way=way) for way in Way} == {
        Way.AUTHORED: ("#000000", "#ffffff"),
        Way.LIGHT: ("#000000", "#ffffff"),
        Way.DARK: ("#ffffff", "#222222"),
        Way.OUTLOOK: ("#dddddd", "#111111"),
        Way.SWAPPED: ("#ffffff", "#000000"),
        Way.FORCED: ("#ffffff", "#121212"),
    }


def test_a_page_that_says_it_can_be_dark_is_dark_where_it_says_nothing_else() -> None:
    ready = '<meta name="color-scheme" content="light dark">'
    dark = painted("here", head=ready)[Way.DARK]
    assert (str(dark.colour), str(dark.ground)) == ("#ffffff", "#121212")
    link = painted('<a href="#x">here</a>', head=ready)[Way.DARK]
    assert str(link.colour) == "#9e9eff"
    assert str(painted("here", head='<meta name="color-scheme" content="light">')[Way.DARK].ground) == "#ffffff"


@pytest.mark.parametrize(
    ("body", "is_large"),
    [
        ('<p style="font-size:24px">here</p>', True),
        ('<p style="font-size:23.9px">here</p>', False),
        ('<p style="font-size:18pt">here</p>', True),
        ('<p style="font-size:18.66px; font-weight:bold">here</p>', True),
        ('<p style="font-size:18.66px; font-weight:700">here</p>', True),
        ('<p style="font-size:18.66px; font-weight:600">here</p>', False),
        ('<p style="font-size:18.65px; font-weight:bold">here</p>', False),
        ('<p style="font:bold 19px/24px Arial">here</p>', True),
        ('<p style="font:19px/24px Arial">here</p>', False),
        ("<h1>here</h1>", True),
        ("<h2>here</h2>", True),
        ("<h3>here</h3>", True),
        ("<h4>here</h4>", False),
        ('<h1 style="font-weight:normal; font-size:20px">here</h1>', False),
        ('<div style="font-size:12px"><p style="font-size:2em">here</p></div>', True),
        ('<div style="font-size:12px"><p style="font-size:2rem">here</p></div>', True),
        ('<div style="font-size:12px"><p style="font-size:150%">here</p></div>', False),
        ('<div style="font-size:24px"><small>here</small></div>', False),
        ('<p style="font-size:large">here</p>', False),
    ],
)
def test_large_is_24_pixels_or_18_66_and_bold(body: str, is_large: bool) -> None:
    assert painted(body)[Way.AUTHORED].is_large == is_large


def test_a_text_stands_on_its_line() -> None:
    page = read("<html>\n<body>\n<p>\none</p><p>two</p></body></html>")
    assert {one.text: one.line for one in paint(page, ())} == {"one": 3, "two": 4}

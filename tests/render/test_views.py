"""A letter seen as its readers see it, on any machine."""

import re

import pytest

from digest.model.view import View
from digest.render.colour import parse, swapped
from digest.render.views import framed, viewed
from tests.render.letters import letter, rich_edition

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><style>
@media (prefers-color-scheme: dark) { .a { color: #ffffff !important; } }
@media screen and ( prefers-color-scheme:light ) { .a { color: #000000; } }
</style></head>
<body style="background-color: #ffffff; color: #1c1b1a"><p>(prefers-color-scheme: dark)</p>
<a href="https://one.example/a?b=1&amp;c=2" style="color: #b3122a">One</a> <a href="https://one.example/a?b=1&amp;c=2">More</a>
<a href="https://two.example/">Two</a>
<td bgcolor="#ffffff" background="https://p.example/g.png" style="background: #fff url(https://p.example/h.png)"></td>
<img alt="A rose" src="https://p.example/r.png" srcset="https://p.example/r2.png 2x" width="10" height="10">
</body></html>"""

PICTURES = [View.PHONE, View.TABLET, View.DESKTOP, View.DARK, View.INVERTED, View.NO_IMAGES]


def sheet(html: str) -> str:
    return "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))


@pytest.mark.parametrize("view", PICTURES)
def test_no_view_asks_the_browser_for_its_scheme(view: View) -> None:
    seen = viewed(PAGE, view)
    assert "prefers-color-scheme" not in sheet(seen)
    assert "<p>(prefers-color-scheme: dark)</p>" in seen


def test_the_dark_rules_hold_in_the_dark_and_the_light_ones_do_not() -> None:
    css = sheet(viewed(PAGE, View.DARK))
    assert "@media (min-width: 0px) { .a { color: #ffffff !important; } }" in css
    assert "@media screen and (max-width: 0px) { .a { color: #000000; } }" in css
    assert "color-scheme: only dark" in css


@pytest.mark.parametrize("view", [View.PHONE, View.TABLET, View.DESKTOP, View.NO_IMAGES, View.TEXT])
def test_by_day_it_is_the_other_way_round(view: View) -> None:
    css = sheet(viewed(PAGE, view))
    assert "@media (max-width: 0px) { .a { color: #ffffff !important; } }" in css
    assert "@media screen and (min-width: 0px) { .a { color: #000000; } }" in css
    assert "color-scheme: only light" in css


def test_turned_round_every_colour_swaps_its_lightness_and_nothing_else_changes() -> None:
    seen = viewed(PAGE, View.INVERTED)
    assert '<body style="background-color: #000000; color: #e5e4e3">' in seen
    assert 'bgcolor="#000000"' in seen
    assert "background: #000000 url(https://p.example/h.png)" in seen
    assert f'style="color: {turned("#b3122a")}"' in seen
    assert "color-scheme: only dark" in sheet(seen)
    assert "@media (max-width: 0px) { .a { color: #ffffff !important; } }" in sheet(seen)


@pytest.mark.parametrize(
    ("style", "after"),
    [
        ("color: white !important", "color: #000000 !important"),
        ("border-top: 3px solid rgb(255, 255, 255)", "border-top: 3px solid #000000"),
        ("background: transparent", "background: transparent"),
        ("color: inherit", "color: inherit"),
        ("font-family: &quot;Red White&quot;, serif", "font-family: &quot;Red White&quot;, serif"),
        ("margin: 0 0 12px", "margin: 0 0 12px"),
    ],
)
def test_what_holds_no_colour_that_is_seen_stays_as_it_is(style: str, after: str) -> None:
    assert f'<p style="{after}">' in viewed(f'<html><head></head><p style="{style}">x</p></html>', View.INVERTED)


def test_every_colour_of_the_letter_as_it_is_shipped_is_turned() -> None:
    html = letter(rich_edition()).html
    by_day = colours(html)
    assert len(by_day) > 100
    assert colours(viewed(html, View.INVERTED)) == [turned(found) for found in by_day]


def turned(text: str) -> str:
    colour = parse(text)
    assert colour is not None
    return str(swapped(colour))


def colours(html: str) -> list[str]:
    return [found for style in re.findall(r' style="([^"]*)"', html) for found in re.findall("#[0-9a-f]{6}", style)]


def test_without_pictures_nothing_is_fetched_and_the_words_for_them_stay() -> None:
    seen = viewed(PAGE, View.NO_IMAGES)
    assert "p.example" not in seen
    assert '<img alt="A rose" width="10" height="10" src="">' in seen


def test_a_page_without_a_head_is_shown_all_the_same() -> None:
    assert viewed("<p>Hello</p>", View.PHONE).startswith("<p>Hello</p><style>")


def test_each_story_gets_a_place_before_its_first_link_and_no_second_one() -> None:
    seen = framed(PAGE, {"https://one.example/a?b=1&c=2": "story-1", "https://two.example/": "story-2"})
    assert seen.count('<span id="story-1"></span><a href="https://one.example/a?b=1&amp;c=2" style') == 1
    assert seen.count('id="story-1"') == 1
    assert '<span id="story-2"></span><a href="https://two.example/">' in seen


def test_a_link_in_the_frame_leads_into_a_window_that_the_sandbox_refuses() -> None:
    assert '<base target="_blank">' in framed(PAGE, {}).partition("</head>")[0]


def test_every_story_of_the_letter_as_it_is_shipped_can_be_jumped_to() -> None:
    edition = rich_edition()
    names = {piece.sources[0].url: f"story-{n}" for n, piece in enumerate(edition.pieces)}
    seen = framed(letter(edition).html, names)
    assert [f'<span id="{name}"></span><a' in seen for name in names.values()] == [True] * len(edition.pieces)

"""Looks with declarations on top: sizes in pixels, what is hidden, and what shines through."""

from dataclasses import replace

import pytest

from digest.render.colour import BLACK, WHITE
from digest.render.seen import Seen, dressed, size
from digest.render.sheet import declarations
from digest.render.ways import Way

PAGE = Seen(colour=BLACK, ground=WHITE, size=16.0, is_bold=False, link=BLACK)


def look(style: str, above: Seen = PAGE) -> Seen:
    return dressed(above, above, declarations(style), Way.AUTHORED)


@pytest.mark.parametrize(
    ("value", "pixels"),
    [
        ("12px", 12),
        ("12PX".lower(), 12),
        ("9pt", 12),
        ("1pc", 16),
        ("1in", 96),
        ("2.54cm", 96),
        ("25.4mm", 96),
        ("2rem", 32),
        ("2em", 40),
        ("50%", 10),
        (".5em", 10),
        ("0", 0),
        ("0px", 0),
        ("0/0 a", 0),
        ("bold 12px/0 arial", 12),
        ("italic 400 12px/1.5 arial", 12),
        ("smaller", 16.6),
        ("larger", 24),
        ("xx-small", 9),
        ("bold large/1.5 arial", 18),
        ("3vw", 20),
        ("nonsense", 20),
    ],
)
def test_a_size_is_read_in_pixels(value: str, pixels: float) -> None:
    assert size(value, 20.0) == pytest.approx(pixels)


@pytest.mark.parametrize(
    ("outer", "inner", "is_hidden"),
    [
        ("display:none", "display:block", True),
        ("visibility:hidden", "", True),
        ("visibility:hidden", "visibility:visible", False),
        ("visibility:collapse", "", True),
        ("display:none; display:block", "", False),
        ("DISPLAY:NONE", "", True),
        ("", "", False),
    ],
)
def test_what_is_not_displayed_takes_all_in_it_along(outer: str, inner: str, is_hidden: bool) -> None:
    assert look(inner, above=look(outer)).is_hidden == is_hidden


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("opacity:1", "#000000"),
        ("opacity:0.5", "#808080"),
        ("opacity:50%", "#808080"),
        ("opacity:0", "#ffffff"),
        ("opacity:7", "#000000"),
        ("opacity:half", "#000000"),
        ("opacity:0.5; opacity:1", "#000000"),
    ],
)
def test_opacity_lets_the_ground_behind_through(style: str, seen: str) -> None:
    dim = look(style)
    assert str(dim.veiled(dim.colour)) == seen
    assert dim.veiled(dim.ground) == WHITE


def test_opacity_inside_opacity_is_what_a_browser_composes() -> None:
    """Black on #cccccc at a half is #666666; that on white at a half is #b2b2b2 or its neighbour by rounding."""
    outer = look("background:#cccccc; opacity:.5")
    inner = look("opacity:.5", above=outer)
    assert inner.veiled(inner.colour).red in {0xB2, 0xB3}
    assert inner.veiled(inner.ground).red in {0xE5, 0xE6}


@pytest.mark.parametrize("value", ["none", "initial", "unset", "transparent", "0 0"])
def test_a_ground_that_is_taken_away_shows_what_lies_under(value: str) -> None:
    assert look(f"background:#000000; background:{value}").ground == WHITE


def test_large_is_size_and_weight() -> None:
    assert replace(PAGE, size=24.0).is_large
    assert replace(PAGE, size=18.66, is_bold=True).is_large
    assert not replace(PAGE, size=18.65, is_bold=True).is_large
    assert not replace(PAGE, size=23.9).is_large

"""Colours: read as CSS writes them, measured as WCAG does, turned as mail programs do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.colour import BLACK, WHITE, Colour, brightness, luminance, over, parse, ratio, swapped

CHANNEL = st.integers(0, 255)
COLOURS = st.builds(Colour, red=CHANNEL, green=CHANNEL, blue=CHANNEL)


def colour(text: str) -> Colour:
    found = parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#B3122A", "#b3122a"),
        ("#fff", "#ffffff"),
        ("rgb(179, 18, 42)", "#b3122a"),
        ("rgb(100%, 0%, 0%)", "#ff0000"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("Rebeccapurple", None),
        ("teal", "#008080"),
        ("inherit", None),
        ("currentColor", None),
        ("url(a.png)", None),
        ("", None),
    ],
)
def test_a_colour_is_read_however_mail_writes_it(written: str, read: str | None) -> None:
    found = parse(written)
    assert (str(found) if found else None) == read


def test_what_is_seen_through_lies_on_its_ground() -> None:
    assert str(over(colour("rgba(0, 0, 0, 0.5)"), WHITE)) == "#808080"
    assert over(colour("transparent"), BLACK) == BLACK
    assert over(BLACK, WHITE) == BLACK


@pytest.mark.parametrize(
    ("one", "other", "measured"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#f00", "#00f", 2.15)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, measured: float) -> None:
    assert ratio(colour(one), colour(other)) == pytest.approx(measured, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_either_way_round_and_between_one_and_21(one: Colour, other: Colour) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21
    assert ratio(one, one) == 1
    assert 0 <= luminance(one) <= 1


@given(COLOURS)
def test_lightness_swapped_twice_is_where_it_was_but_for_rounding(one: Colour) -> None:
    twice = swapped(swapped(one))
    for channel in ("red", "green", "blue"):
        assert abs(getattr(twice, channel) - getattr(one, channel)) <= 1


@given(COLOURS)
def test_swapping_turns_the_lightness_round(one: Colour) -> None:
    def lightness(of: Colour) -> int:
        return max(of.red, of.green, of.blue) + min(of.red, of.green, of.blue)

    assert abs(lightness(one) + lightness(swapped(one)) - 510) <= 2


def test_swapping_keeps_the_hue_and_what_shines_through() -> None:
    assert str(swapped(WHITE)) == "#000000"
    assert str(swapped(colour("#b3122a"))) == "#ed4c64"
    assert swapped(colour("rgba(255, 255, 255, 0.5)")).alpha == 0.5
    assert swapped(colour("#0000ff")) == colour("#0000ff")


def test_green_is_brighter_than_red_and_red_than_blue() -> None:
    assert brightness(colour("#00ff00")) > brightness(colour("#ff0000")) > brightness(colour("#0000ff"))
    assert brightness(WHITE) == pytest.approx(255)

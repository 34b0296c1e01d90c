"""Colours: read as CSS writes them, measured as WCAG does, turned as mail programs do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.colour import BLACK, WHITE, Colour, brightness, luminance, over, parse, ratio, swapped, within

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
        ("Rebeccapurple", "#663399"),
        (" #FFF ", "#ffffff"),
        ("rgb(10 20 30 / 50%)", "#0a141e"),
        ("rgb(300 -1 none)", "#ff0000"),
        ("hsl(120deg 100% 25%)", "#008000"),
        ("hwb(0 0% 0%)", "#ff0000"),
        ("rgb(1 2)", None),
        ("oklch(40% 0.2 0)", None),
        ("color()", None),
        ("color(srgb 1 0 0)", None),
        ("nonsense", None),
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


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("#fff", "#ffffff"),
        ("url(red.png) no-repeat rgb(1, 2, 3)", "#010203"),
        ("no-repeat TEAL", "#008080"),
        ("linear-gradient(red, blue)", None),
        ("url(red.png)", None),
        ("none", None),
    ],
)
def test_the_first_colour_of_a_value_is_read_and_none_inside_a_picture(value: str, read: str | None) -> None:
    found = within(value)
    assert (str(found) if found else None) == read


@given(st.text(st.sampled_from("rgbhslwb(), /%#.0123456789deg-+none"), max_size=40))
def test_no_value_is_too_strange_to_be_read(value: str) -> None:
    for found in (parse(value), within(value)):
        assert found is None or all(0 <= channel <= 255 for channel in (found.red, found.green, found.blue))


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

"""Conditions of @media rules: what holds on a screen, what does not, and what cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.media import holds


@pytest.mark.parametrize(
    ("condition", "narrow", "wide"),
    [
        ("", True, True),
        ("all", True, True),
        ("screen", True, True),
        ("ONLY  screen", True, True),
        ("print", False, False),
        ("only handheld", False, False),
        ("(max-width: 480px)", True, False),
        ("(max-width:480PX)", True, False),
        ("(max-width: 30em)", True, False),
        ("(max-device-width: 20rem)", True, False),
        ("(min-width: 320px)", True, True),
        ("(min-width: 321px)", False, True),
        ("(min-width: 0)", True, True),
        ("screen and (min-width: 300px) and (max-width: 400px)", True, False),
        ("print, (max-width: 480px)", True, False),
        ("print and (hover)", False, False),
        ("screen, (hover)", True, True),
        ("(hover)", None, None),
        ("print, (hover)", None, None),
        ("(max-width: 480px) and (hover)", None, False),
        ("not screen", None, None),
        ("(width <= 480px)", None, None),
        ("(max-width: 10vw)", None, None),
    ],
)
def test_a_condition_holds_at_some_widths(condition: str, narrow: bool | None, wide: bool | None) -> None:
    assert (holds(condition, width=320), holds(condition, width=1024)) == (narrow, wide)


@pytest.mark.parametrize(
    ("scheme", "light", "dark"), [("light", True, False), ("dark", False, True), ("", False, False)]
)
def test_a_scheme_is_asked_of_those_that_know_it(scheme: str, light: bool, dark: bool) -> None:
    assert holds("(prefers-color-scheme: light)", width=600, scheme=scheme) is light
    assert holds("screen and (prefers-color-scheme:dark)", width=600, scheme=scheme) is dark


@given(st.text())
def test_no_condition_is_too_strange_to_be_asked(condition: str) -> None:
    assert holds(condition, width=600) in {True, False, None}

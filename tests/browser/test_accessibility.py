"""axe-core finds nothing in any letter, in either browser, in any colours, at any width."""

import pytest

from digest.render.colour import over, parse, ratio
from tests.browser import axe
from tests.browser.letters import every_letter
from tests.browser.screen import WIDTHS, Browser, Scheme, Screen, is_in_force

NAMES = tuple(name for name in every_letter() if name != "forty stories")
"""Forty stories are more of the same to axe."""

READABLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


@pytest.fixture(params=Scheme)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """Each set of colours in turn."""
    found: Scheme = request.param
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_breaks_a_rule_on_any_screen(
    browser: Browser, scheme: Scheme, name: str, letters: dict[str, str]
) -> None:
    browser.open(letters[name], scheme)
    axe.load(browser)
    for width in WIDTHS:
        browser.resize(width)
        assert is_in_force(browser, Screen(width=width, scheme=scheme))
        found = axe.complaints(browser)
        assert [one for one in found if one.is_certain] == []
        for one in found:
            assert one.rule == "color-contrast", one
            assert contrast(browser, one.element) >= READABLE, one


def test_axe_hears_of_every_fault_a_letter_could_have(browser: Browser) -> None:
    """A judge that is silent about these is no judge: the same call, a page that is wrong on purpose."""
    faults = (
        "<h1 style='color:#999999;background-color:#ffffff'>Pale</h1><h3>A level left out</h3>"
        "<img src='x.png'><a href='https://a.example/'></a><table><tr><td role='row'>x</td></tr></table>"
    )
    browser.open(f"<!doctype html><title>Wrong</title>{faults}", Scheme.LIGHT)
    axe.load(browser)
    rules = {one.rule for one in axe.complaints(browser) if one.is_certain}
    assert {"color-contrast", "heading-order", "html-has-lang", "image-alt", "link-name"} <= rules
    assert not rules.intersection(axe.WEB_PAGE_RULES)


def contrast(browser: Browser, element: str) -> float:
    """The contrast of an element's own colours, which every text of ours has, where axe could not tell the ground."""
    seen = browser.evaluate(
        f"(style => [style.color, style.backgroundColor])(getComputedStyle(document.querySelector({element!r})))"
    )
    assert isinstance(seen, list)
    ink, ground = (parse(str(colour)) for colour in seen)
    assert ink is not None
    assert ground is not None
    return ratio(over(ink, ground), ground)

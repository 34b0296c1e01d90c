"""Inlining changes nothing that a reader sees: Chromium computes the same styles before, after, and by css-inline."""

import json
from collections.abc import Mapping

import pytest

from digest.model.mail import Email
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from tests.browser.chromium import Chromium
from tests.browser.screen import WIDTHS, Scheme
from tests.render.letters import BRAND, PROOF, letters, rich_edition, weekly_edition
from tests.render.uninlined import OPEN, by_css_inline, uninlined

SCREENS = ((Scheme.LIGHT, WIDTHS[-1]), (Scheme.DARK, WIDTHS[0]))
STYLES = """(() => {
  const names = [...getComputedStyle(document.body)];
  const values = element => (computed => names.map(name => computed.getPropertyValue(name)))(getComputedStyle(element));
  const all = [...document.querySelectorAll("body, body *")];
  return JSON.stringify([names, all.map(element => [element.localName, values(element)])]);
})()"""
"""Every property of every element: the whole of CSS as Chromium knows it, not a chosen list."""


def sheeted() -> Mapping[str, str]:
    """Every letter as it is before inlining."""
    filling = uninlined()
    pages: Mapping[str, Email] = {
        "daily": render(rich_edition(), brand=BRAND, environment=filling),
        "weekly": render(weekly_edition(), brand=BRAND, environment=filling, template="weekly"),
        "proof": render(rich_edition(), brand=BRAND, environment=filling, proof=PROOF),
        "confirmation": confirmation(BRAND, confirm_url="https://dailyrose.example/c/k3v9Qz0a", environment=filling),
        "goodbye": goodbye(BRAND, subscribe_url="https://dailyrose.example/subscribe", environment=filling),
    }
    return {name: email.html for name, email in pages.items()}


def styles(chromium: Chromium, page: str, scheme: Scheme, width: int) -> str:
    """Every element's name and computed properties, in the order of the page, as JSON."""
    chromium.open(page, scheme)
    chromium.resize(width)
    return str(chromium.evaluate(STYLES))


PAGES = sheeted()


def test_all_letters_are_compared() -> None:
    assert PAGES.keys() == letters().keys()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "width"), SCREENS)
def test_a_letter_looks_the_same_before_and_after_inlining_and_inlined_by_css_inline(
    chromium: Chromium, name: str, scheme: Scheme, width: int
) -> None:
    before = styles(chromium, PAGES[name], scheme, width)
    assert PAGES[name].count(OPEN) == 2
    after = styles(chromium, letters()[name].html, scheme, width)
    assert differences(before, after) == []
    assert differences(styles(chromium, by_css_inline(PAGES[name]), scheme, width), after) == []


def test_a_style_that_gets_lost_is_noticed(chromium: Chromium) -> None:
    page = letters()["goodbye"].html
    scheme, width = SCREENS[0]
    lost = page.replace("font-weight:bold", "font-weight:normal", 1)
    assert lost != page
    found = differences(styles(chromium, page, scheme, width), styles(chromium, lost, scheme, width))
    assert any(key == "font-weight" for _, _, key, _, _ in found)


def differences(one: str, other: str) -> list[tuple[int, str, str, str, str]]:
    """(number and name of the element, property, its value here and there) of all that differs."""
    if one == other:
        return []
    names, ours = json.loads(one)
    _, theirs = json.loads(other)
    return [
        (number, element, name, value, found)
        for number, ((element, values), (named, others)) in enumerate(zip(ours, theirs, strict=True))
        for name, value, found in zip(names, values, others, strict=True)
        if (element, value) != (named, found)
    ]

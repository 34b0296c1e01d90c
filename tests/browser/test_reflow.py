"""No letter scrolls sideways, on a phone or at 200 % (WCAG 2.2, success criteria 1.4.4 and 1.4.10)."""

import pytest

from tests.browser.letters import every_letter
from tests.browser.screen import WIDTHS, ZOOMED, Browser, Scheme

OVERHANG = """(() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > width + 0.5);
  return [document.documentElement.scrollWidth - width, wide.length];
})()"""
"""By how much the page scrolls, and how many elements reach over its edge: a cell that cuts them off hides a scroll."""


def overhang(browser: Browser) -> object:
    return browser.evaluate(OVERHANG)


@pytest.mark.parametrize("name", tuple(every_letter()))
def test_no_letter_is_wider_than_its_window(browser: Browser, name: str, letters: dict[str, str]) -> None:
    browser.open(letters[name], Scheme.LIGHT)
    for width in (*WIDTHS, *ZOOMED):
        browser.resize(width)
        assert overhang(browser) == [0, 0], f"at {width}"


def test_a_word_that_cannot_be_broken_would_be_noticed(browser: Browser) -> None:
    browser.open(
        f"<!doctype html><p>{'w' * 400}</p><div style='overflow:hidden'><b>{'w' * 400}</b></div>", Scheme.LIGHT
    )
    browser.resize(WIDTHS[0])
    found = overhang(browser)
    assert isinstance(found, list)
    assert found[0] > 0
    assert found[1] == 1


def test_without_its_head_sheet_the_letter_still_fits_a_phone(browser: Browser, letters: dict[str, str]) -> None:
    """Mail programs that drop the sheet are most common on phones."""
    head, _, rest = letters["daily"].partition("<style")
    browser.open(head + rest.partition("</style>")[2], Scheme.LIGHT)
    assert browser.evaluate("document.styleSheets.length") == 0
    browser.resize(WIDTHS[0])
    assert overhang(browser) == [0, 0]

"""The preview desk for everybody: in the light, in the dark, in the reader's own few colours, wide and narrow."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import SOURCE as AXE
from tests.browser.axe import TAGS
from tests.browser.chromium import Chromium
from tests.browser.desk import open_desk, with_findings
from tests.browser.screen import HEIGHT
from tests.web.previewing import DESK

Colours = Literal["light", "dark"]

STYLE = "(found, names) => names.map(name => getComputedStyle(found)[name])"
BOX = ["backgroundColor", "color", "borderTopColor", "borderTopWidth"]
OUTLINE = ["outlineStyle", "outlineWidth", "outlineColor"]


@contextmanager
def seen(chromium: Chromium, *, width: int, colours: Colours, forced: bool) -> Iterator[Page]:
    """A page that wide in those colours; `forced` are the reader's own, as in Windows' contrast themes."""
    context = chromium.started.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=colours,
        forced_colors="active" if forced else "none",
        bypass_csp=True,  # axe is a script of ours, not the desk's
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def style(page: Page, selector: str, names: list[str]) -> list[str]:
    """How the first such element is painted."""
    found = page.locator(selector).first.evaluate(STYLE, names)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("forced", [False, True], ids=["our colours", "forced colours"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_it_is_accessible_and_never_scrolls_sideways(
    address: str, chromium: Chromium, config: Path, *, colours: Colours, width: int, forced: bool
) -> None:
    with_findings(config)
    with seen(chromium, width=width, colours=colours, forced=forced) as page:
        for path in (f"{DESK}?view=desktop", "/monthly/", f"{DESK}/letter?view=inbox"):
            page.goto(f"{address}{path}")
            page.evaluate(
                "document.querySelectorAll('#days, #stories li:first-child details').forEach(one => one.open = true)"
            )
            page.evaluate(f"(() => {{ {AXE} }})()")
            found = page.evaluate(
                """tags => axe.run({exclude: [["iframe"]]}, {runOnly: tags, rules: {"target-size": {enabled: true}}})
                .then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))""",
                TAGS,
            )
            assert (path, found) == (path, [])
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate("matchMedia('(forced-colors: active)').matches") == forced


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_in_forced_colours_controls_have_an_edge_and_the_current_ones_another_ground(
    address: str, chromium: Chromium, colours: Colours
) -> None:
    with seen(chromium, width=1024, colours=colours, forced=True) as page:
        open_desk(page, address)
        (canvas,) = style(page, "body", ["backgroundColor"])
        for name in ("newsletter", "view", "width"):
            here = style(page, f"[id^='{name}-'][aria-current]", BOX)
            there = style(page, f"[id^='{name}-']:not([aria-current])", BOX)
            assert here[0] not in {there[0], here[1], canvas}
            assert there[2] != canvas
            assert there[3] == "1px"
        pressed = style(page, "#switch", BOX)
        page.locator("#switch").click()
        expect(page.locator("#switch")).to_have_attribute("aria-pressed", "false")
        assert style(page, "#switch", BOX)[0] != pressed[0]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_in_forced_colours_the_focus_is_seen_also_on_what_is_current(
    address: str, chromium: Chromium, colours: Colours
) -> None:
    with seen(chromium, width=1024, colours=colours, forced=True) as page:
        open_desk(page, address)
        page.keyboard.press("Tab")
        (canvas,) = style(page, "body", ["backgroundColor"])
        for control in ("#view-1", "#view-2", "#days summary", "#stories .open", "#switch"):
            before = style(page, control, OUTLINE)
            assert before[0] == "none"
            page.locator(control).first.focus()
            assert style(page, control, OUTLINE)[:2] == ["solid", "3px"]
            assert style(page, control, OUTLINE)[2] != canvas


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_in_forced_colours_severities_and_the_chosen_story_differ_in_shape(
    address: str, chromium: Chromium, config: Path, colours: Colours
) -> None:
    with_findings(config)
    with seen(chromium, width=1024, colours=colours, forced=True) as page:
        open_desk(page, address)
        edge = ["borderLeftStyle", "borderLeftWidth"]
        edges = [style(page, f".findings .{severity}", edge) for severity in ("error", "warning", "advice")]
        assert edges == [["solid", "8px"], ["double", "6px"], ["dotted", "4px"]]
        page.keyboard.press("j")
        expect(page.locator("#stories article.chosen")).to_have_count(1)
        assert style(page, "#stories article.chosen", OUTLINE)[:2] == ["solid", "2px"]
        assert style(page, "#stories article:not(.chosen)", OUTLINE)[0] == "none"

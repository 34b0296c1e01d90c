"""The preview desk in Chromium: by keyboard alone, following its files, readable by everybody, deaf to hostile text."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from digest.app.watch import WatchedApp
from digest.edit.codec import dump as dump_judgement
from digest.edit.codec import load as load_judgement
from digest.model.mail import EditionState
from digest.model.view import View
from digest.pipeline.draft import letter
from digest.render.checks import printable
from tests.browser.axe import SOURCE as AXE
from tests.browser.axe import TAGS
from tests.browser.chromium import Chromium
from tests.browser.hostile import A_LETTER, poisoned, texts
from tests.browser.screen import HEIGHT
from tests.cli.newsroom import NOW
from tests.web.previewing import DESK, copied, drafted, overridden, served, watched_room

WITHIN = 1
"""Seconds in which a change must be seen; other work on the machine only adds to them, so the best of three counts."""

EACH = 60
"""Of so many letters of hostile text one is looked at here; all of them are in test_hostile.py."""


@pytest.fixture(scope="module")
def drafted_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drafted(tmp_path_factory.mktemp("desk") / "room")


@pytest.fixture
def config(drafted_room: Path, tmp_path: Path) -> Path:
    return copied(drafted_room, tmp_path / "room")


@pytest.fixture
def address(config: Path) -> Iterator[str]:
    with served(config) as found:
        yield found


def open_desk(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}{DESK}?{query}")
    expect(page.locator("#watching")).to_contain_text("follows")


def with_a_finding(config: Path) -> None:
    overridden(config, "partials/footer.txt.j2", lambda footer: footer + "word " * 30)


def has_focus(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_focused()


def test_every_view_is_one_key_away(address: str, page: Page) -> None:
    open_desk(page, address)
    for key, view in enumerate(View, start=1):
        page.keyboard.press(str(key))
        expect(page.locator(f"#view-{key}")).to_have_attribute("aria-current", "true")
        assert f"view={view}&" in page.url
        inside = page.frame_locator("#frame").locator("body")
        expect(inside).to_contain_text("Labour" if view is not View.INBOX else "Gmail")


def test_stories_findings_widths_days_and_help_need_no_mouse(address: str, page: Page, config: Path) -> None:
    with_a_finding(config)
    open_desk(page, address)
    page.keyboard.press("j")
    first = page.locator("#stories .open").first.get_attribute("id")
    has_focus(page, f"#{first}")
    expect(page.locator("article.chosen details")).to_have_attribute("open", "")
    expect(page.frame_locator("#frame").locator(":target")).to_have_id(f"{first}".removeprefix("open-"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    has_focus(page, "#stories li:nth-child(2) .open")
    assert page.locator("article.chosen").count() == 1
    page.keyboard.press("f")
    has_focus(page, "#finding-1")
    page.keyboard.press("w")
    expect(page.locator("#frame")).to_have_attribute("width", "375")
    page.keyboard.press("?")
    has_focus(page, "#keys")
    page.keyboard.press("?")
    has_focus(page, "#finding-1")
    page.keyboard.press("]")
    expect(page.locator("#said")).to_have_text("There is no later day.")


def test_keys_in_quick_succession_are_all_obeyed_in_turn(address: str, page: Page) -> None:
    open_desk(page, address)
    page.keyboard.type("5w4jj")
    expect(page.locator("#stories li:nth-child(2) .open")).to_have_attribute("aria-current", "true")
    assert "view=dark&width=375" in page.url


def test_single_keys_can_be_turned_off_for_good(address: str, page: Page) -> None:
    open_desk(page, address)
    page.locator("#switch").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#switch")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("7")
    page.reload()
    expect(page.locator("#switch")).to_have_attribute("aria-pressed", "false")
    assert "view=text" not in page.url


def test_tab_alone_leads_through_the_desk_from_a_skip_link(address: str, page: Page, config: Path) -> None:
    with_a_finding(config)
    open_desk(page, address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip a").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    has_focus(page, "#finding-1")
    page.keyboard.press("Enter")
    expect(page.locator("#view-7, #view-8, #view-9, #view-1").and_(page.locator("[aria-current]"))).to_have_count(1)


def test_a_changed_template_shows_within_a_second_and_the_place_is_kept(address: str, page: Page, config: Path) -> None:
    open_desk(page, address, "view=dark&width=600")
    page.keyboard.press("j")
    page.keyboard.press("j")
    has_focus(page, "#stories li:nth-child(2) .open")
    page.locator("#stories li:nth-child(5) summary").click()
    focus, scroll = page.evaluate("[document.activeElement.id, scrollY]")
    assert min(seen_after(page, config, f"Printed anew, {n}") for n in range(3)) < WITHIN
    expect(page.locator("#said")).to_contain_text("Reloaded at")
    assert page.evaluate("[document.activeElement.id, scrollY]") == [focus, scroll]
    assert "view=dark&width=600" in page.url
    expect(page.locator("#stories li:nth-child(5) details")).to_have_attribute("open", "")
    expect(page.frame_locator("#frame").locator(":target")).to_have_count(1)


def seen_after(page: Page, config: Path, words: str) -> float:
    """Seconds from a change in a template to the letter that shows it."""
    overridden(config, "partials/footer.html.j2", lambda footer: footer.replace("</td>", f"<p>{words}</p></td>", 1))
    began = time.monotonic()
    expect(page.frame_locator("#frame").get_by_text(words)).to_have_count(1)
    return time.monotonic() - began


def test_a_broken_template_is_told_and_goes_away_when_it_is_mended(address: str, page: Page, config: Path) -> None:
    open_desk(page, address)
    own = overridden(config, "partials/footer.html.j2", lambda footer: footer + "{{ oh }}")
    expect(page.locator(".trouble")).to_contain_text("partials/footer.html.j2")
    expect(page.locator("#stories")).to_be_visible()
    own.unlink()
    expect(page.locator("#frame")).to_be_visible()


def test_new_data_and_schedules_are_followed_too(address: str, page: Page, config: Path) -> None:
    open_desk(page, address)
    schedule = config.parent / "schedules" / "daily.toml"
    schedule.write_text(
        re.sub('^title = "[^"]*"', 'title = "The Evening Round-up"', schedule.read_text("utf-8")), "utf-8"
    )
    schedule.write_text(schedule.read_text("utf-8").replace("The Daily Round-up", "The Evening Round-up"), "utf-8")
    expect(page.locator("h1")).to_have_text("The Evening Round-up")
    with watched_room(config) as watched:
        line = watched.app().line
        record = line.editions.latest("daily")
        assert record is not None
        line.editions.move(record.id, expected=[record.state], to=EditionState.HELD, by="Ada", reason="wait", at=NOW)
    expect(page.locator(".standing")).to_contain_text("Held.")


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (1440, "dark"), (320, "light"), (320, "dark")])
def test_it_is_accessible_and_never_scrolls_sideways(
    address: str, chromium: Chromium, colours: Literal["light", "dark"], width: int
) -> None:
    context = chromium.started.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=colours,
        bypass_csp=True,  # axe is a script of ours, not the desk's
    )
    page = context.new_page()
    try:
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
    finally:
        context.close()


def test_without_javascript_every_view_and_story_is_a_link(address: str, chromium: Chromium) -> None:
    context = chromium.started.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{address}{DESK}")
        page.locator("#view-7").click()
        assert "view=text" in page.url
        assert page.frame_locator("#frame").locator("#L1").count() == 1
        page.locator("#stories .open").first.click()
        assert page.locator("article.chosen details[open]").count() == 1
        assert not page.locator("#switch").is_visible()
    finally:
        context.close()


@pytest.mark.shared
def test_hostile_text_runs_nothing_and_calls_nobody(address: str, page: Page, config: Path, shared: Path) -> None:
    """Every text of the corpora, in every field of the judgement, in the pages that show it and in every frame."""
    found = texts(shared / "data" / "corpora")
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.add_init_script(
        "window.ran = 0; for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => ran++;"
    )
    page.goto("about:blank")
    page.set_content("<img src='nowhere:' onerror='alert(1)'>")
    page.wait_for_function("window.ran === 1")  # a script that does run is seen
    calls.clear()
    with watched_room(config) as watched:
        for first in range(0, len(found), A_LETTER * EACH):
            poison(watched, " ".join(found[first : first + A_LETTER]))
            for path in (DESK, *(f"{DESK}/letter?view={view}" for view in View)):
                page.goto(f"{address}{path}")
                assert page.locator(".trouble").count() == 0
                for frame in page.frames:
                    assert frame.evaluate("window.ran") == 0
                    assert frame.locator("script:not([src='/preview.js'])").count() == 0
        assert [call for call in calls if not call.startswith(address)] == []


def poison(watched: WatchedApp, text: str) -> None:
    """Put the text into every field of the draft in the store."""
    line = watched.app().line
    record = line.editions.latest("daily")
    assert record is not None
    judgement = poisoned(load_judgement(record.edition_json), text)
    edition, _ = printable(judgement.edition)
    schedule = next(one for one in line.newsroom.schedules if one.newsletter == "daily")
    content = (edition, dump_judgement(judgement), letter(edition, schedule, line))
    draft = EditionState.DRAFT
    assert line.editions.replace_draft(record.id, *content, expected=draft, state=draft, reason="", at=NOW)

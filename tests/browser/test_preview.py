"""The preview desk in Chromium: by keyboard alone, following its files, deaf to hostile text."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from digest.app.watch import WatchedApp
from digest.edit.codec import dump as dump_judgement
from digest.edit.codec import load as load_judgement
from digest.model.mail import EditionState
from digest.model.view import View
from digest.pipeline.printing import letter
from digest.render.checks import printable
from tests.browser.chromium import Chromium
from tests.browser.desk import open_desk, with_findings
from tests.browser.hostile import A_LETTER, poisoned, texts
from tests.cli.newsroom import NOW
from tests.web.previewing import DESK, overridden, watched_room

EACH = 60
"""Of so many letters of hostile text one is looked at here; all of them are in test_hostile.py."""


def has_focus(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_focused()


def test_stories_findings_widths_days_and_help_need_no_mouse(address: str, page: Page, config: Path) -> None:
    with_findings(config)
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
    with_findings(config)
    open_desk(page, address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip a").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    has_focus(page, "#finding-1")
    page.keyboard.press("Enter")
    expect(page.locator("#view-7, #view-8, #view-9, #view-1").and_(page.locator("[aria-current]"))).to_have_count(1)


def test_a_changed_template_shows_by_itself_and_the_place_is_kept(
    address: str, page: Page, config: Path, record_property: Callable[[str, object], None]
) -> None:
    """How long it took is written into the report of the run, for a busy machine says nothing of ours."""
    open_desk(page, address, "view=dark&width=600")
    page.keyboard.press("j")
    page.keyboard.press("j")
    has_focus(page, "#stories li:nth-child(2) .open")
    page.locator("#stories li:nth-child(5) summary").click()
    focus, scroll = page.evaluate("[document.activeElement.id, scrollY]")
    record_property("seconds", [round(seen_after(page, config, f"Printed anew, {n}"), 2) for n in range(3)])
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
    schedule.write_text(schedule.read_text("utf-8").replace("The Daily Round-up", "The Evening Round-up"), "utf-8")
    expect(page.locator("h1")).to_have_text("The Evening Round-up")
    with watched_room(config) as watched:
        line = watched.app().line
        record = line.editions.latest("daily")
        assert record is not None
        line.editions.move(record.id, expected=[record.state], to=EditionState.HELD, by="Ada", reason="wait", at=NOW)
    expect(page.locator(".standing")).to_contain_text("Held.")


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
def test_a_sample_of_hostile_text_runs_nothing_and_calls_nobody_on_the_desk(
    address: str, page: Page, config: Path, shared: Path
) -> None:
    """One letter's worth of text in `EACH`, in every field of the judgement, on the desk and in every frame."""
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

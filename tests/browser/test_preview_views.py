"""What stands in the frame of the preview: each view is what it says, and the chosen story is in sight."""

from pathlib import Path

from playwright.sync_api import FrameLocator, Page, expect

from digest.model.brand import DARK, LIGHT
from digest.model.view import View
from digest.render.colour import WHITE, parse, swapped
from tests.browser.desk import PICTURE, open_desk, with_findings
from tests.web.previewing import DESK

LOADS = 5
WINDOWS = (360, 1024, 1440)

TURNED = str(swapped(parse(LIGHT.page) or WHITE))
PICTURES = {
    View.PHONE: (320, LIGHT.page, PICTURE),
    View.TABLET: (600, LIGHT.page, PICTURE),
    View.DESKTOP: (1024, LIGHT.page, PICTURE),
    View.DARK: (1024, DARK.page, PICTURE),
    View.INVERTED: (1024, TURNED, PICTURE),
    View.NO_IMAGES: (1024, LIGHT.page, ""),
}
"""How wide the letter is, on what ground, and where its picture comes from, as one view is chosen after the other."""


def test_every_view_is_one_key_away_and_shows_what_its_name_says(address: str, page: Page, config: Path) -> None:
    with_findings(config)
    open_desk(page, address)
    inside = page.frame_locator("#frame")
    for key, view in enumerate(View, start=1):
        page.keyboard.press(str(key))
        expect(page.locator(f"#view-{key}")).to_have_attribute("aria-current", "true")
        if view in PICTURES:
            shows_letter(inside, *PICTURES[view])
        else:
            shows_words(inside, view)


def shows_letter(inside: FrameLocator, width: int, ground: str, picture: str) -> None:
    """The letter itself, that wide, on that ground, with its picture from that address."""
    red, green, blue = bytes.fromhex(ground.removeprefix("#"))
    expect(inside.locator("html")).to_have_js_property("clientWidth", width)
    expect(inside.locator("body")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    expect(inside.locator("img")).to_have_attribute("src", picture)


def shows_words(inside: FrameLocator, view: View) -> None:
    """The text twin, the source or the rows of three inboxes, each by what no other view has."""
    match view:
        case View.TEXT:
            expect(inside.locator("ol.text")).to_contain_text("FIVE TO KNOW")
            expect(inside.locator("ol.text")).not_to_contain_text("<table")
        case View.SOURCE:
            expect(inside.locator("ol.lines #L1")).to_have_text("<!DOCTYPE html>")
            expect(inside.locator("ol.lines")).to_contain_text("<table")
        case _:
            expect(inside.locator(".mail .subject, .mail .line b")).to_have_count(3)
            expect(inside.locator(".mail .time")).to_have_text(["07:30", "07:30", "Fri 07:30"])


def test_a_kept_address_shows_its_story_whole_however_often_it_is_opened(address: str, page: Page) -> None:
    open_desk(page, address)
    articles = page.locator("#stories article")
    names = [str(articles.nth(n).get_attribute("id")) for n in (0, 3, articles.count() // 2, -1)]
    for name in names:
        for load in range(LOADS):
            fresh = page.context.new_page()
            fresh.set_viewport_size({"width": WINDOWS[load % len(WINDOWS)], "height": 900})
            fresh.goto(f"{address}{DESK}?story={name.removeprefix('story-')}")
            headline = fresh.frame_locator("#frame").locator(f"#{name}:target + a")
            expect(headline).to_be_in_viewport(ratio=1)
            fresh.close()

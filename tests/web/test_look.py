"""How a letter is looked at stands in its address, and a wrong address is looked at as usual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.view import View
from digest.web.look import NAMES, Look

PATH = "/daily/2026-11-23"


def asked(**query: str) -> Look:
    return Look.asked(PATH, query)


def test_without_a_query_it_is_a_small_phone() -> None:
    assert asked() == Look(path=PATH, view=View.PHONE, width=320)


@pytest.mark.parametrize(
    "query",
    [{"view": "xray"}, {"width": "0"}, {"width": "9999"}, {"width": "three"}, {"line": "-1"}, {"line": "9" * 9}],
)
def test_what_is_said_wrongly_is_as_usual(query: dict[str, str]) -> None:
    assert asked(**query) == asked()


def test_every_view_has_a_name_and_a_key() -> None:
    assert list(NAMES) == list(View)
    assert len(NAMES) == 9


@pytest.mark.parametrize(
    ("view", "width", "seen"),
    [
        (View.PHONE, "375", 375),
        (View.PHONE, "1024", 320),
        (View.TABLET, "320", 600),
        (View.DESKTOP, "320", 1024),
        (View.DARK, "1024", 1024),
        (View.NO_IMAGES, "600", 600),
    ],
)
def test_a_view_is_as_wide_as_it_can_be_asked_to_be(view: View, width: str, seen: int) -> None:
    assert asked(view=view.value, width=width).width == seen


def test_another_view_keeps_width_and_story_and_forgets_the_line() -> None:
    look = asked(view="dark", width="600", story="abc", line="7")
    assert look.seen_as(View.INVERTED) == f"{PATH}?view=inverted&width=600&story=abc"
    assert look.seen_at(375) == f"{PATH}?view=dark&width=375&story=abc&line=7"


def test_another_day_keeps_the_view_and_forgets_what_was_jumped_to() -> None:
    look = asked(view="dark", width="600", story="abc", line="7")
    assert look.at("/weekly/2026-11-21") == "/weekly/2026-11-21?view=dark&width=600"


def test_a_jump_to_a_line_leaves_the_story_and_one_to_a_story_leaves_the_line() -> None:
    look = asked(view="source", story="abc", line="7")
    assert look.of_story("def") == f"{PATH}?view=source&width=320&story=def"
    assert look.of_line(View.TEXT, 9) == f"{PATH}?view=text&width=320&line=9"


def test_the_frame_s_address_holds_no_jump_so_that_jumping_reloads_nothing() -> None:
    assert asked(story="abc", line="3").frame_url == f"{PATH}/letter?view=phone&width=320"


def test_only_pictures_have_widths() -> None:
    assert asked(view="phone").widths == (320, 375)
    assert asked(view="inverted").widths == (320, 375, 600, 1024)
    assert [asked(view=view).widths for view in ("text", "source", "inbox")] == [(), (), ()]


@given(st.text(), st.sampled_from(View))
def test_whatever_a_story_is_called_its_address_leads_back_to_it(story: str, view: View) -> None:
    from urllib.parse import parse_qsl, urlsplit

    url = asked(view=view.value).of_story(story)
    assert asked(**dict(parse_qsl(urlsplit(url).query))).story == story

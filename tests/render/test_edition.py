"""The letter of a day or a week: what is printed, where it stands, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from digest.errors import EditionRefused, TemplateError
from digest.model.edition import AskPlace, Edition
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER
from digest.model.news import Kind, Medium
from digest.render.checks import check
from digest.render.page import read
from tests.render.letters import at, letter, letters, piece, rich_edition, small_edition, weekly_edition


def test_every_piece_is_printed_in_both_parts() -> None:
    edition, email = rich_edition(), letter()
    text = " ".join(email.text.split())
    for each in edition.pieces:
        assert each.headline in email.html
        assert each.headline in text
        for source in each.sources:
            assert source.publisher in email.html
            assert f"<{source.url}>" in email.text


def test_blocks_stand_in_the_order_of_a_newspaper() -> None:
    email = letter()
    order = ["Good morning", "The lead", "Five to know", "Become a supporter", "On the wire", "Comment and analysis"]
    order += ["Today", "Corrections", "Unsubscribe from"]
    body = email.html[email.html.index("<h1") :]
    places = [body.index(name) for name in order]
    assert places == sorted(places)
    lines = [line.removesuffix(" · BUDGET").rstrip(":") for line in email.text.splitlines()]
    text_places = [
        lines.index(name if name in lines else name.upper())
        for name in (*order[:-1], "Unsubscribe from The Daily Rose")
    ]
    assert text_places == sorted(text_places)


def test_the_ask_can_stand_at_the_end() -> None:
    email = letter(replace(rich_edition(), ask_place=AskPlace.END))
    assert email.html.index("Become a supporter") > email.html.index("Corrections")
    assert email.text.index("Become a supporter") > email.text.index("CORRECTIONS")


def test_the_ask_is_not_printed_where_it_is_left_out() -> None:
    email = letter(replace(rich_edition(), ask_place=AskPlace.LEFT_OUT))
    assert "Become a supporter" not in email.html + email.text


def test_an_edition_of_one_story_has_no_empty_blocks() -> None:
    email = letter(small_edition())
    for name in ("to know", "On the wire", "Comment and analysis", "Corrections", "Good morning", "(£)"):
        assert name.casefold() not in (email.html + email.text).casefold()
    assert read(email.html).headings == (1, 2)


def test_the_heading_counts_what_is_under_it() -> None:
    edition = rich_edition()
    email = letter(replace(edition, five=edition.five[:3]))
    assert "Three to know" in email.html
    assert "THREE TO KNOW" in email.text


def test_comment_is_labelled_with_kind_and_author() -> None:
    email = letter()
    assert "Comment · Josephine Adair" in email.html
    assert "Analysis, Tom Wexley and Priya Nandakumar:" in " ".join(email.text.split())


def test_an_anonymous_comment_is_labelled_with_its_kind() -> None:
    edition = replace(small_edition(), comment=(piece("What it means", kind=Kind.ANALYSIS),))
    email = letter(edition)
    assert ">Analysis</p>" in email.html
    assert "* Analysis: What it means" in email.text


def test_a_live_page_among_the_news_is_labelled_once() -> None:
    lead = piece("Committee sits", kind=Kind.LIVE)
    email = letter(replace(small_edition(), lead=lead, five=(piece("Live: the vote", kind=Kind.LIVE),)))
    assert "Live: Committee sits" in email.text
    assert "1.  Live: the vote" in email.text
    assert "Live: Live" not in email.text
    assert "Live: Committee sits</a>" in email.html
    assert ">Live: the vote</a>" in email.html


def test_only_the_unsubscribe_link_is_personal() -> None:
    email = letter()
    assert email.html.count(UNSUBSCRIBE_PLACEHOLDER) == 1
    assert email.text.count(f"<{UNSUBSCRIBE_PLACEHOLDER}>") == 1
    assert email.text.count(UNSUBSCRIBE_PLACEHOLDER) == 1


def test_an_empty_edition_is_refused_with_its_reason() -> None:
    empty = Edition(newsletter="daily", day=date(2026, 11, 23), empty_because="nothing happened")
    with pytest.raises(EditionRefused, match="nothing happened"):
        letter(empty)


def test_a_link_that_cannot_be_printed_names_the_template_and_the_address() -> None:
    broken = replace(rich_edition().five[0].sources[0], url="javascript:alert(1)")
    edition = replace(small_edition(), five=(replace(rich_edition().five[0], sources=(broken,)),))
    with pytest.raises(TemplateError, match=r"partials/parts\.html\.j2, line \d+: 'javascript:alert\(1\)'"):
        letter(edition)


def test_a_link_to_something_to_hear_says_so_in_both_parts() -> None:
    heard = replace(at("Channel Six", "sound"), medium=Medium.AUDIO, paywalled=True)
    edition = small_edition()
    assert edition.lead is not None
    email = letter(replace(edition, lead=replace(edition.lead, sources=(heard,))))
    assert "Channel Six</a> (audio)" in email.html
    assert "Channel Six (audio) (£):" in email.text


def test_the_week_is_said_where_the_day_was() -> None:
    email = letters()["weekly"]
    for printed in (email.html, email.text):
        assert "Week to Saturday 21 November 2026" in printed
        for name in ("The week’s lead", "The week ahead"):
            assert name.upper() in printed.upper()
        assert ">Today<" not in printed
        assert "\nTODAY\n" not in printed


def test_the_week_holds_what_the_day_holds() -> None:
    edition = weekly_edition()
    assert read(letters()["weekly"].html).headings == read(letter().html).headings
    assert [one for one in check(letter(edition, template="weekly"), edition) if one.severity != "advice"] == []


def test_a_letter_that_stands_on_the_web_says_where_in_both_parts() -> None:
    email, url = letter(view_url="https://dailyrose.example/2026-11-23"), "https://dailyrose.example/2026-11-23"
    assert f'href="{url}"' in email.html
    assert f"Read this edition on the web:\n<{url}>" in email.text
    assert "on the web" not in letter().html + letter().text

"""New, developing, repeat: stable over flapping guids and edited headlines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Item, Kind, Medium
from digest.model.story import Novelty, Told
from digest.rank.continuity import continuity
from tests.builders import hours_ago, item, story, told

MEMORY: list[Told] = [told("Labour council saves the library after a long night", items=["known"])]


def test_a_story_nobody_was_told_is_new() -> None:
    assert continuity(story(item("Chancellor sets budget date")), MEMORY).novelty is Novelty.NEW
    assert continuity(story(item("Chancellor sets budget date")), ()).novelty is Novelty.NEW


@pytest.mark.parametrize(
    "again",
    [
        item("Library saved", id="known"),
        item("Labour council saves the library after long night", id="new guid"),
        item("LABOUR COUNCIL SAVES THE LIBRARY: after a long night", id="new guid"),
        item("Labour council saves library", kind=Kind.COMMENT, id="known"),
    ],
)
def test_the_same_story_under_a_new_guid_or_headline_is_a_repeat(again: Item) -> None:
    found = continuity(story(again), MEMORY)
    assert (found.novelty, found.told_on) == (Novelty.REPEAT, "2026-05-14")


def test_a_story_with_something_new_is_developing_and_says_what() -> None:
    found = continuity(
        story(
            item("Library saved", id="known"),
            item("Judge quashes the Stannerby closure in High Court ruling"),
            item("Readers of Stannerby remember happy afternoons there", published=hours_ago(1)),
        ),
        MEMORY,
    )
    assert found.novelty is Novelty.DEVELOPING
    assert found.since == "Judge quashes the Stannerby closure in High Court ruling"


@pytest.mark.parametrize(
    "later",
    [
        item("Why this ruling shames every minister in the land", kind=Kind.COMMENT),
        item("What this ruling means for every council in England"),
        item("Ruling opens a door for councils everywhere else", kind=Kind.ANALYSIS),
        item("Council saves the library after long Labour night"),
        item("Library night"),
        item("Judge quashes the Stannerby closure in High Court ruling", kind=Kind.LIVE),
        item("Judge quashes the Stannerby closure in High Court ruling", medium=Medium.VIDEO),
        item("Readers of Stannerby remember happy afternoons there"),
        item("Judge quashes the Stannerby closure in High Court ruling", published=hours_ago(48)),
    ],
)
def test_comment_questions_rewording_and_late_arrivals_are_no_development(later: Item) -> None:
    assert continuity(story(item("Library saved", id="known"), later), MEMORY).novelty is Novelty.REPEAT


def test_what_is_new_is_the_deed_that_most_reports_tell_not_the_last_to_come() -> None:
    found = continuity(
        story(
            item("Library saved", id="known"),
            item("Judge quashes Stannerby closure in ruling", publisher="A", published=hours_ago(4)),
            item("High Court judge quashes closure at Stannerby", publisher="B", published=hours_ago(3)),
            item("Shares fall on news from Wetherby exchange", publisher="C", published=hours_ago(1)),
        ),
        MEMORY,
    )
    assert found.since == "Judge quashes Stannerby closure in ruling"


def test_the_day_a_story_was_told_last_is_named() -> None:
    memories = [told("A", items=["known"], day="2026-05-14"), told("B", items=["known"], day="2026-05-12")]
    found = continuity(story(item("Library saved", id="known")), memories[::-1])
    assert found.told_on == "2026-05-14"


def test_a_rubric_makes_no_two_days_of_it_one_story_but_a_short_headline_word_for_word_does() -> None:
    memory = [told("Politics live", "Levy dropped")]
    assert continuity(story(item("Politics live", kind=Kind.LIVE)), memory).novelty is Novelty.NEW
    assert continuity(story(item("Levy dropped!")), memory).novelty is Novelty.REPEAT
    assert continuity(story(item("Levy dropped in Wales")), memory).novelty is Novelty.NEW


EVENTS = (
    "Transport secretary freezes rail fares for second year",
    "Union members vote for strike at northern ports",
    "Mayor opens forty new homes beside old harbour",
    "Peers reject timetable of planning bill by twelve",
)
"""No two have a word of content in common."""


def edited(title: str, data: st.DataObject) -> str:
    """The headline as an editor may change it: one word gone, another case, a stop after it."""
    words = title.split()
    drop = data.draw(st.integers(0, len(words)))
    kept = " ".join(word for place, word in enumerate(words) if place != drop)
    return data.draw(st.sampled_from([kept, kept.upper(), f"{kept}."]))


@given(st.data())
def test_nothing_is_told_twice_in_seven_days_whatever_happens_to_guids_and_headlines(data: st.DataObject) -> None:
    memory: list[Told] = []
    printed: list[str] = []
    for day in range(7):
        for event in data.draw(st.sets(st.sampled_from(EVENTS))):
            guid = data.draw(st.sampled_from(["a", "b", f"c{day}"]))
            one = item(edited(event, data), id=f"{event[:3]} {guid}")
            again = story(replace(one, published=hours_ago(-24 * day)), id=f"{event[:3]} {guid}")
            if continuity(again, memory).novelty is not Novelty.REPEAT:
                printed.append(event)
                date = f"2026-05-{15 + day}"
                memory.insert(0, told(one.title, items=[one.id], story_id=again.id, day=date))
    assert len(printed) == len(set(printed))

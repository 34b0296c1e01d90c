"""Spike, pin, lead and move, applied to what was chosen: each moves its own story, and nobody else's about."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.choose import Chosen
from digest.edit.decisions import decided, in_print, meant, story_of
from digest.edit.shape import Shape
from digest.model.decision import Act, Decided, Decision
from digest.model.edition import LeftOut
from digest.model.news import Kind, SectionName
from digest.model.story import Ranked
from tests.builders import item, ranked, story
from tests.edit.log import about, logged

SHAPE = Shape(threshold=0.3, five=2)
"""A lead and two to know: the wire begins at the fourth."""

SECTIONS = (SectionName.GOVERNMENT, SectionName.PARTY, SectionName.UNIONS)
STORIES = tuple(
    ranked(item(f"Story {n}", name=f"s{n}"), score=90 - n, section=SECTIONS[n % 3], voices=2 if n < 8 else 1)
    for n in range(10)
)
OPINION = ranked(item("Why it matters", name="opinion", kind=Kind.COMMENT), score=5)
BESIDE = item("A view of story 1", name="view", kind=Kind.COMMENT)
ALL = (*STORIES, OPINION)


def left_out(one: Ranked) -> LeftOut:
    return LeftOut(story_id=one.story.id, headline=one.story.items[0].title, score=one.score, why="the edition is full")


CHOSEN = Chosen(
    news=STORIES[:7], comment=((BESIDE, STORIES[1]),), left_out=tuple(map(left_out, (*STORIES[7:], OPINION)))
)


def after(*decisions: Decision, shape: Shape = SHAPE, chosen: Chosen = CHOSEN) -> Chosen:
    log = [logged(number, one) for number, one in enumerate(decisions, start=1)]
    return decided(chosen, log, ranked=ALL, shape=shape)


def order(chosen: Chosen) -> list[int]:
    return [STORIES.index(next(one for one in STORIES if one.story.id == each.story.id)) for each in chosen.news]


def test_without_a_decision_it_is_what_was_chosen() -> None:
    assert after() == CHOSEN


def test_a_spiked_story_leaves_with_its_comment_and_nobody_comes_in_for_it() -> None:
    found = after(about(Act.SPIKE, STORIES[1], text="not ours"))
    assert order(found) == [0, 2, 3, 4, 5, 6]
    assert found.comment == ()
    assert found.left_out[-1].why == "spiked by Ada: not ours"
    assert found.left_out[:-1] == CHOSEN.left_out


def test_a_story_that_was_left_out_is_spiked_once_and_for_the_editor_s_reason() -> None:
    found = after(about(Act.SPIKE, STORIES[8], text="old"))
    assert [one.why for one in found.left_out if one.story_id == STORIES[8].story.id] == ["spiked by Ada: old"]
    assert found.news == CHOSEN.news


def test_one_comment_can_be_spiked_alone() -> None:
    found = after(about(Act.SPIKE, STORIES[1], item=BESIDE.id, text="a rant"))
    assert (found.news, found.comment) == (CHOSEN.news, ())
    assert found.left_out[-1].why == "spiked by Ada: a rant"


def test_a_pin_lets_a_story_in_where_its_points_put_it_and_it_is_no_longer_left_out() -> None:
    found = after(about(Act.PIN, STORIES[7]))
    assert order(found) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert STORIES[7].story.id not in {one.story_id for one in found.left_out}


def test_a_pinned_story_never_pushes_into_the_top_by_itself() -> None:
    chosen = replace(CHOSEN, news=STORIES[2:7])
    assert order(after(about(Act.PIN, STORIES[0]), chosen=chosen)) == [2, 3, 4, 0, 5, 6]


def test_a_pin_keeps_what_is_in_where_it_is() -> None:
    assert after(about(Act.PIN, STORIES[4])) == CHOSEN


def test_pinned_comment_enters_its_own_block() -> None:
    found = after(about(Act.PIN, OPINION))
    assert found.news == CHOSEN.news
    assert found.comment == (*CHOSEN.comment, (OPINION.story.items[0], OPINION))
    assert after(about(Act.PIN, OPINION), about(Act.PIN, OPINION)) == found


def test_the_lead_of_an_editor_stands_first_and_the_others_keep_their_order() -> None:
    assert order(after(about(Act.LEAD, STORIES[4]))) == [4, 0, 1, 2, 3, 5, 6]
    assert order(after(about(Act.LEAD, STORIES[9]))) == [9, 0, 1, 2, 3, 4, 5, 6]


def test_the_last_word_on_the_lead_holds() -> None:
    assert order(after(about(Act.LEAD, STORIES[4]), about(Act.LEAD, STORIES[2]))) == [2, 4, 0, 1, 3, 5, 6]


def test_the_wire_is_printed_by_section() -> None:
    sections = [one.section for one in in_print(CHOSEN, 3)[3:]]
    assert sections == sorted(sections, key=list(SectionName).index)


@pytest.mark.parametrize("place", range(1, 8))
@pytest.mark.parametrize("moved", [0, 2, 4, 6])
def test_a_story_that_is_moved_to_a_place_is_printed_there(place: int, moved: int) -> None:
    found = after(about(Act.MOVE, STORIES[moved], place=place))
    printed = in_print(found, 3)
    assert printed[place - 1].story == STORIES[moved].story
    assert len(printed) == 7


def test_a_story_moved_into_the_wire_takes_the_section_of_its_place() -> None:
    was = in_print(CHOSEN, 3)[5]
    found = after(about(Act.MOVE, STORIES[0], place=5))
    moved = next(one for one in found.news if one.story == STORIES[0].story)
    assert moved.section is in_print(after(about(Act.SPIKE, STORIES[0], text="x")), 3)[4].section
    assert was.section in SECTIONS


def test_a_story_left_out_can_be_moved_in() -> None:
    found = after(about(Act.MOVE, STORIES[8], place=2))
    assert order(found) == [0, 8, 1, 2, 3, 4, 5, 6]


def test_a_story_moved_behind_the_last_follows_it_under_its_section() -> None:
    found = after(about(Act.MOVE, STORIES[0], place=9))
    assert in_print(found, 3)[-1].story == STORIES[0].story


def test_where_there_is_no_wire_the_last_place_is_the_end_of_the_top() -> None:
    chosen = replace(CHOSEN, news=STORIES[:3])
    assert order(after(about(Act.MOVE, STORIES[0], place=4), chosen=chosen)) == [1, 2, 0]


def test_a_story_is_moved_under_a_section_of_the_wire() -> None:
    found = after(about(Act.MOVE, STORIES[0], section=SectionName.POLLS))
    assert order(found)[:3] == [1, 2, 3]
    assert next(one for one in found.news if one.story == STORIES[0].story).section is SectionName.POLLS


def test_the_section_an_editor_gave_outlasts_a_later_move() -> None:
    story_ = STORIES[4]
    found = after(about(Act.MOVE, story_, section=SectionName.POLLS), about(Act.LEAD, story_))
    assert found.news[0].section is SectionName.POLLS


def test_a_decision_about_a_story_that_is_gone_has_no_effect() -> None:
    assert after(about(Act.LEAD, ranked(item("Elsewhere")))) == CHOSEN


def test_decisions_about_words_and_groups_change_no_order() -> None:
    assert after(about(Act.RETITLE, STORIES[0]), about(Act.SPLIT, STORIES[0], items=())) == CHOSEN


@pytest.mark.parametrize("act", [Act.PIN, Act.LEAD, Act.MOVE])
def test_nothing_enters_an_unsigned_safe_edition_that_has_one_source_only(act: Act) -> None:
    safe = replace(SHAPE, safe_only=True)
    assert after(about(act, STORIES[9], place=2), shape=safe) == CHOSEN
    assert len(after(about(act, STORIES[7], place=2), shape=safe).news) == 8


def test_a_story_is_known_by_its_items_whatever_its_id_has_become() -> None:
    one, other = item("One", name="one"), item("Other", name="other")
    said = Decision(act=Act.PIN, story="gone", items=(one.id, other.id))
    whole, part = story(one, other, id="new"), story(item("Third", name="third"), id="third")
    assert meant(said, (part, whole)) is whole
    assert meant(said, (part,)) is None
    assert meant(said, ()) is None


def test_an_id_that_another_story_bears_now_means_nothing() -> None:
    one = item("One", name="one")
    said = Decision(act=Act.PIN, story="old", items=(one.id,))
    found = story_of(said, (ranked(item("Two", name="two"), story=story(item("Two", name="two"), id="old")),))
    assert found is None


def test_a_split_is_known_by_what_stays_too() -> None:
    one = item("One", name="one")
    said = Decision(act=Act.SPLIT, story="old", items=("gone",), others=(one.id,))
    whole = story(one, id="new")
    assert meant(said, (whole,)) is whole


ACTS = st.sampled_from([Act.SPIKE, Act.PIN, Act.LEAD, Act.MOVE])


@st.composite
def some(draw: st.DrawFn) -> list[Decided]:
    def one(number: int) -> Decided:
        given_: dict[str, Any] = {"place": draw(st.integers(1, 8)), "text": "why"}
        return logged(number, about(draw(ACTS), draw(st.sampled_from(ALL[:-1])), **given_))

    return [one(number) for number in range(1, draw(st.integers(0, 6)) + 1)]


@given(some())
def test_every_story_is_printed_once_or_left_out_once(log: list[Decided]) -> None:
    found = decided(CHOSEN, log, ranked=ALL, shape=SHAPE)
    ids = [one.story.id for one in found.news] + [one.story_id for one in found.left_out]
    assert sorted(ids) == sorted(one.story.id for one in ALL)


@given(some())
def test_stories_that_nobody_decided_about_keep_their_order(log: list[Decided]) -> None:
    found = decided(CHOSEN, log, ranked=ALL, shape=SHAPE)
    touched = {one.decision.story for one in log}
    kept = [one for one in order(found) if STORIES[one].story.id not in touched]
    assert kept == sorted(kept)


@given(some(), some())
def test_decisions_apply_one_after_the_other(first: list[Decided], then: list[Decided]) -> None:
    halfway = decided(CHOSEN, first, ranked=ALL, shape=SHAPE)
    assert decided(halfway, then, ranked=ALL, shape=SHAPE) == decided(CHOSEN, [*first, *then], ranked=ALL, shape=SHAPE)

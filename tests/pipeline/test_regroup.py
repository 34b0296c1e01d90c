"""Splits and merges of a day's ranking: only the stories that are named change."""

from digest.model.decision import Act, Decided, Decision
from digest.model.story import Ranked
from digest.pipeline.regroup import regrouped
from tests.builders import NOW, hours_ago, item
from tests.builders import ranked as made
from tests.edit.log import about, logged
from tests.pipeline.conftest import Room

ONE = made(item("Library saved", name="a"), item("Council keeps its library", name="b", publisher="The Courier"))
TWO = made(item("Care levy begins", name="c"), item("Levy to pay for care", name="d", publisher="The Courier"))
REST = made(item("Rail fares frozen", name="e"), score=3)
RANKED = (ONE, TWO, REST)
A, B, C, D = (one.id for one in (*ONE.story.items, *TWO.story.items))


def after(room: Room, *decisions: Decision) -> tuple[Ranked, ...]:
    log: list[Decided] = [logged(number, one) for number, one in enumerate(decisions, start=1)]
    return regrouped(RANKED, log, told=(), since=hours_ago(26), now=NOW, room=room.line.newsroom)


def groups(found: tuple[Ranked, ...]) -> dict[str, set[str]]:
    return {one.story.id: {each.id for each in one.story.items} for one in found}


def split(story: Ranked, *leaving: str) -> Decision:
    staying = tuple(each.id for each in story.story.items if each.id not in leaving)
    return about(Act.SPLIT, story, items=leaving, others=staying)


def merge(story: Ranked, *others: Ranked) -> Decision:
    return about(Act.MERGE, story, others=tuple(each.id for one in others for each in one.story.items))


def test_other_decisions_leave_the_ranking_as_it_was(room: Room) -> None:
    assert after(room, about(Act.SPIKE, ONE, text="x")) == RANKED


def test_a_merged_story_keeps_the_first_one_s_id_and_the_others_their_points(room: Room) -> None:
    found = after(room, merge(TWO, ONE))
    assert groups(found) == {TWO.story.id: {A, B, C, D}, REST.story.id: {REST.story.items[0].id}}
    assert next(one for one in found if one.story is REST.story).reasons == REST.reasons
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_what_stays_keeps_the_story_s_id_and_what_leaves_gets_one_of_its_own(room: Room) -> None:
    found = groups(after(room, split(ONE, A)))
    assert found.pop(ONE.story.id) == {B}
    assert {A} in found.values()
    assert len(found) == 3


def test_a_merge_and_then_a_split_of_it_hold_in_their_order(room: Room) -> None:
    merged = merge(TWO, ONE)
    parted = Decision(act=Act.SPLIT, story=TWO.story.id, items=(A,), others=(B, C, D))
    assert {B, C, D} in groups(after(room, merged, parted)).values()


def test_what_is_split_or_merged_already_is_left_alone(room: Room) -> None:
    assert after(room, Decision(act=Act.SPLIT, story=ONE.story.id, items=("gone",), others=(A, B))) == RANKED
    assert after(room, Decision(act=Act.SPLIT, story="gone", items=(A, B), others=("gone",))) == RANKED
    assert after(room, Decision(act=Act.MERGE, story=ONE.story.id, items=(A,), others=(B,))) == RANKED


def test_stories_that_are_gone_are_not_missed(room: Room) -> None:
    assert after(room, Decision(act=Act.MERGE, story="gone", items=("gone",), others=(A,))) == RANKED

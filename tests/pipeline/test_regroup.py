"""Splits and merges of a day's ranking: only the stories that are named are grouped again."""

from digest.model.decision import Act, Decided, Decision
from digest.model.news import Item
from digest.model.story import Cause, Ranked
from digest.pipeline.regroup import regrouped
from digest.rank.rank import rank
from tests.builders import NOW, hours_ago, item, story
from tests.builders import ranked as made
from tests.edit.log import about, logged
from tests.pipeline.conftest import Room

SINCE = hours_ago(26)
ONE = made(item("Library saved", name="a"), item("Council keeps its library", name="b", publisher="The Courier"))
TWO = made(item("Care levy begins", name="c"), item("Levy to pay for care", name="d", publisher="The Courier"))
REST = made(item("Rail fares frozen", name="e"), score=3)
RANKED = (ONE, TWO, REST)
A, B, C, D = (one.id for one in (*ONE.story.items, *TWO.story.items))


def after(room: Room, *decisions: Decision, ranked: tuple[Ranked, ...] = RANKED) -> tuple[Ranked, ...]:
    log: list[Decided] = [logged(number, one) for number, one in enumerate(decisions, start=1)]
    return regrouped(ranked, log, told=(), since=SINCE, now=NOW, room=room.line.newsroom)


def judged(room: Room, *items: Item) -> tuple[Ranked, ...]:
    """Rank a story of each item as a draft does."""
    newsroom = room.line.newsroom
    return rank(
        [story(one) for one in items],
        sources=newsroom.sources_by_id,
        lexicon=newsroom.lexicon,
        told=(),
        since=SINCE,
        now=NOW,
        weights=newsroom.weights,
    )


def groups(found: tuple[Ranked, ...]) -> dict[str, set[str]]:
    return {one.story.id: {each.id for each in one.story.items} for one in found}


def split(story: Ranked, *leaving: str) -> Decision:
    staying = tuple(each.id for each in story.story.items if each.id not in leaving)
    return about(Act.SPLIT, story, items=leaving, others=staying)


def merge(story: Ranked, *others: Ranked) -> Decision:
    return about(Act.MERGE, story, others=tuple(each.id for one in others for each in one.story.items))


def test_other_decisions_leave_the_ranking_as_it_was(room: Room) -> None:
    assert after(room, about(Act.SPIKE, ONE, text="x")) == RANKED


def test_a_merged_story_keeps_the_first_one_s_id(room: Room) -> None:
    found = after(room, merge(TWO, ONE))
    assert groups(found) == {TWO.story.id: {A, B, C, D}, REST.story.id: {REST.story.items[0].id}}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_story_that_has_nothing_to_do_with_it_keeps_its_points(room: Room) -> None:
    """Its only report came out between the default look back (24 hours) and the edition's own."""
    apart = item("Rail fares frozen", published=hours_ago(25))
    ranked = judged(room, item("Library saved"), item("Care levy begins"), apart)
    before = next(one for one in ranked if one.story.items == (apart,))
    library, care = (one for one in ranked if one is not before)
    found = after(room, merge(library, care), ranked=ranked)
    assert next(one for one in found if one.story == before.story).reasons == before.reasons


def test_no_ledger_names_a_story_that_is_gone(room: Room) -> None:
    saved = "Council votes to save the Wetherby library"
    first = item(saved, name="first", position=0, published=hours_ago(1))
    second = item("Wetherby library saved as council votes", name="second", publisher="The Courier")
    third = item("Wetherby library vote: council will save it", name="third", publisher="The Herald")
    ranked = judged(room, first, second, third)
    kept = ranked[2]
    found = after(room, merge(ranked[1], ranked[0]), ranked=ranked)
    crowded = [(place, why) for place, one in enumerate(found) for why in _crowding(one)]
    assert [found[place].story for place, _ in crowded] == [kept.story]
    assert all(any(why.endswith(f"«{_first(above)}»") for above in found[:place]) for place, why in crowded)
    assert [bool(one.rise) for one in found] == [False, True]


def _crowding(one: Ranked) -> list[str]:
    return [reason.why for reason in one.reasons if reason.cause is Cause.CROWDING]


def _first(one: Ranked) -> str:
    return one.story.reports[0].title


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

"""The same event is one story, whatever the order; look-alikes stay apart; evidence adds up."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.group.cluster import cluster
from digest.group.gather import gather
from digest.group.group import group
from digest.group.similarity import similarity
from digest.group.terms import weigh
from digest.model.news import Item
from digest.model.story import Signal, Story
from tests.builders import LEXICON, hours_ago, item

CARE = [
    item("Health Secretary announces national care service funded by new levy", publisher="The Lantern"),
    item("National care service to be funded by a levy, Health Secretary says", publisher="The Courier"),
    item("Levy will pay for national care service, announces minister", publisher="Northern Post"),
]
BUDGETS = [
    item("Stannerby council passes budget with cuts to youth clubs", publisher="The Lantern"),
    item("Thornwick council passes budget with rise for libraries", publisher="The Courier"),
]
OTHER = [item("Storm closes coastal railway for a week", publisher="The Lantern")]


def grouped(items: list[Item], previous: dict[str, str] | None = None) -> tuple[Story, ...]:
    return group(items, lexicon=LEXICON, previous=previous or {})


def together(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in story.items) for story in stories}


def test_three_reports_of_one_event_are_one_story() -> None:
    assert frozenset(one.id for one in CARE) in together(grouped(CARE + OTHER))


def test_look_alike_events_stay_apart() -> None:
    assert len(grouped(BUDGETS + OTHER)) == 3


def test_every_item_is_in_exactly_one_story() -> None:
    items = CARE + BUDGETS + OTHER
    found = [one.id for story in grouped(items) for one in story.items]
    assert sorted(found) == sorted(one.id for one in items)


@given(st.permutations(CARE + BUDGETS + OTHER))
def test_the_order_of_arrival_changes_nothing(items: list[Item]) -> None:
    assert grouped(items) == grouped(CARE + BUDGETS + OTHER)


def test_the_evidence_of_a_join_adds_up_to_its_weight() -> None:
    joins = [join for story in grouped(CARE + BUDGETS + OTHER) for join in story.joins]
    assert joins
    for join in joins:
        assert math.isclose(join.weight, sum(part.weight for part in join.evidence))


def test_a_story_of_three_has_two_joins_and_names_its_nearest_refused_neighbour() -> None:
    late = item("Union asks who will pay a levy on every payslip", publisher="Concord", published=hours_ago(9))
    story = next(story for story in grouped([*CARE, late]) if CARE[0].id in {one.id for one in story.items})
    assert {one.id for one in story.items} == {one.id for one in CARE}
    assert len(story.joins) == 2
    assert story.refused is not None
    assert story.refused.item_id == late.id
    assert story.refused.weight > 0


def test_a_neighbour_that_fits_but_whose_own_story_does_not_says_so() -> None:
    pair = [
        item("Minister announces national care service paid for by levy", publisher="A", published=hours_ago(2)),
        item("National care service paid for by levy, minister announces", publisher="B", published=hours_ago(2)),
    ]
    rival = [
        item("Care levy: unions march on Parliament in anger with drums", publisher="C", published=hours_ago(9)),
        item("Thousands march on Parliament, unions in anger and drums", publisher="D", published=hours_ago(9)),
        item("Unions march in anger, thousands in Parliament Square with drums", publisher="E", published=hours_ago(9)),
    ]
    stories = grouped(pair + rival)
    mine = next(story for story in stories if pair[0].id in {one.id for one in story.items})
    assert mine.refused is not None
    assert mine.refused.item_id == rival[0].id


def test_a_refused_neighbour_says_how_far_it_was() -> None:
    stories = grouped(BUDGETS)
    assert len(stories) == 2
    refused = stories[0].refused
    assert refused is not None
    assert refused.item_id == stories[1].items[0].id
    assert "a story needs" in refused.why


def test_a_refused_item_may_be_near_one_member_yet_belong_elsewhere() -> None:
    values = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.85}
    assert cluster(4, values, threshold=0.5) == ((0, 1), (2, 3))


def test_time_takes_away_and_a_shared_address_adds() -> None:
    near = item("National care service levy announced", publisher="A", published=hours_ago(1))
    far = item("National care service levy announced", publisher="B", published=hours_ago(30))
    one, other = weigh([near, far], lexicon=LEXICON)
    signals = {part.signal: part.weight for part in similarity(one, other).evidence}
    assert signals[Signal.TIME] < 0
    linked = item("A wholly different line of words", publisher="C", urls=near.urls)
    one, other = weigh([near, linked], lexicon=LEXICON)
    assert [part.signal for part in similarity(one, other).evidence if part.weight > 0][-1] is Signal.LINK


def test_similarity_is_the_same_both_ways() -> None:
    one, other = weigh(CARE[:2], lexicon=LEXICON)
    assert similarity(one, other).score == pytest.approx(similarity(other, one).score)


def test_an_item_of_stop_words_stands_alone() -> None:
    stories = grouped([item("What is it?", publisher="A"), item("What is it", publisher="B")])
    assert len(stories) == 2


def test_a_story_keeps_its_identity_while_any_of_its_items_lives() -> None:
    first = grouped(CARE[:2])
    known = {one.id: story.id for story in first for one in story.items}
    second = grouped(CARE + OTHER, known)
    mine = next(story for story in second if CARE[2].id in {one.id for one in story.items})
    assert mine.id == first[0].id


def test_of_two_parts_of_a_split_story_the_larger_keeps_the_name_and_no_name_is_borne_twice() -> None:
    known = {one.id: "common" for one in [*CARE, *BUDGETS]}
    stories = grouped(CARE + BUDGETS, known)
    assert len({story.id for story in stories}) == len(stories)
    assert next(story for story in stories if story.id == "common").items[0].id in {one.id for one in CARE}


def test_new_names_never_collide_with_standing_ones() -> None:
    alone = grouped(OTHER)[0].id
    lookalike = {CARE[0].id: alone}
    stories = grouped(CARE + OTHER, lookalike)
    assert len({story.id for story in stories}) == 2
    longer = next(story for story in stories if story.items[0].id == OTHER[0].id)
    assert len(longer.id) == 12


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(0.0, 1.0),
    ),
    st.floats(0.05, 0.95),
)
def test_clusters_partition_their_items(pairs: dict[tuple[int, int], float], threshold: float) -> None:
    found = cluster(8, pairs, threshold=threshold)
    assert sorted(index for members in found for index in members) == list(range(8))


def test_clusters_follow_from_the_values_alone() -> None:
    dice = random.Random(7)
    pairs = {(i, j): dice.random() for i in range(12) for j in range(i + 1, 12)}
    shuffled = dict(sorted(pairs.items(), key=lambda _: dice.random()))
    assert cluster(12, pairs, threshold=0.5) == cluster(12, shuffled, threshold=0.5)


PARTS = [
    item("Health Secretary Nia Wetherby quits cabinet over levy", publisher="A"),
    item("Nia Wetherby quits as Health Secretary over levy row", publisher="B"),
    item("Wetherby resigns from cabinet and turns on levy", publisher="C"),
    item("Wetherby resigns: her letter turns on levy and cabinet", publisher="D"),
]


def test_parts_of_one_event_told_in_different_words_are_gathered() -> None:
    terms = weigh(PARTS, lexicon=LEXICON)
    assert gather(((0, 1), (2, 3)), terms) == ((0, 1, 2, 3),)


def test_single_reports_and_unlike_wholes_stay_as_they_are() -> None:
    items = [*PARTS[:2], *BUDGETS, *OTHER]
    terms = weigh(items, lexicon=LEXICON)
    assert gather(((0, 1), (2, 3), (4,)), terms) == ((0, 1), (2, 3), (4,))
    assert gather(((0,), (1,), (2,)), terms) == ((0,), (1,), (2,))


def test_three_parts_become_one_step_by_step_and_nothing_is_lost() -> None:
    items = [*PARTS, *(replace(one, id=f"{one.id}-again", publisher="Z") for one in PARTS[:2])]
    terms = weigh([*items, *BUDGETS], lexicon=LEXICON)
    assert gather(((0, 1), (2, 3), (4, 5), (6, 7)), terms) == ((0, 1, 2, 3, 4, 5), (6, 7))

"""The same event is one story, whatever the order; look-alikes stay apart; editors have the last word."""

import math
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group.group import group
from digest.model.news import Item
from digest.model.story import Bonds, Signal, Story
from tests.builders import LEXICON, hours_ago, item


def reports(*titles: str, age: float = 3) -> list[Item]:
    return [item(title, publisher=f"Paper {place}", published=hours_ago(age)) for place, title in enumerate(titles)]


CARE = reports(
    "Health Secretary announces national care service funded by new levy",
    "National care service to be funded by a levy, Health Secretary says",
    "Levy will pay for national care service, announces minister",
)
STANNERBY = reports(
    "Stannerby council passes budget with cuts to youth clubs", "Youth clubs cut as Stannerby council passes its budget"
)
THORNWICK = reports(
    "Thornwick council passes budget with rise for libraries", "Libraries gain as Thornwick council passes its budget"
)
STORM = reports("Storm closes coastal railway for a week")
MIXED = [*CARE, *STANNERBY, *STORM]
PAIRS = st.lists(st.sampled_from(list(combinations([one.id for one in MIXED], 2))), max_size=6)


def grouped(items: list[Item], **given: Any) -> tuple[Story, ...]:
    asked: dict[str, Any] = {"lexicon": LEXICON, "previous": {}}
    return group(items, **(asked | given))


def ids(items: list[Item]) -> frozenset[str]:
    return frozenset(one.id for one in items)


def parts(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in story.items) for story in stories}


def homes(stories: tuple[Story, ...]) -> dict[str, str]:
    return {one.id: story.id for story in stories for one in story.items}


def reach(together: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Whom each is bound to, directly or by way of others."""
    bound = {one.id: {one.id} for one in MIXED}
    for _ in MIXED:
        for one, other in together:
            bound[one] |= bound[other]
            bound[other] |= bound[one]
    return bound


def copies(title: str, many: int) -> list[Item]:
    return [item(title, publisher=f"Paper {place}") for place in range(many)]


def test_reports_of_one_event_are_one_story_and_others_are_not_in_it() -> None:
    assert parts(grouped(MIXED)) == {ids(CARE), ids(STANNERBY), ids(STORM)}


def test_look_alikes_with_two_reports_each_stay_apart() -> None:
    assert parts(grouped([*STANNERBY, *THORNWICK, *STORM])) == {ids(STANNERBY), ids(THORNWICK), ids(STORM)}


def test_two_parts_of_one_event_told_in_other_words_are_one_story() -> None:
    told = reports(
        "Health Secretary Nia Wetherby quits cabinet over levy",
        "Nia Wetherby quits as Health Secretary over levy row",
        "Wetherby resigns from cabinet and turns on levy",
        "Wetherby resigns: her letter turns on levy and cabinet",
    )
    assert parts(grouped([*told, *STORM])) == {ids(told), ids(STORM)}


def test_a_great_story_does_not_swallow_its_side_events() -> None:
    resigns = [
        replace(one, id=f"{one.id}-{again}", publisher=f"{one.publisher}-{again}")
        for again in range(5)
        for one in reports(
            "Wetherby resigns over levy row",
            "Nia Wetherby resigns in row over levy",
            "Levy row: Wetherby resigns from Treasury",
            "Wetherby resigns from Treasury after levy row",
        )
    ]
    successor = reports(
        "Tom Hollins appointed to succeed Wetherby",
        "Hollins appointed in Wetherby’s place",
        "Hollins, a former baker, is appointed to succeed Wetherby",
        age=2,
    )
    market = reports(
        "Pound falls as traders weigh Wetherby exit",
        "Sterling and gilts fall as traders weigh Wetherby exit",
        "Gilts and pound fall on Wetherby exit",
        age=2,
    )
    assert parts(grouped([*resigns, *successor, *market])) == {ids(resigns), ids(successor), ids(market)}


def test_copies_of_one_report_are_one_story_from_the_first_day_on() -> None:
    assert len(grouped(copies("Stannerby library saved", 3))) == 1
    assert len(grouped(copies("National care service to be funded by a levy", 3))) == 1


def test_copies_of_one_report_are_one_story_though_every_paper_prints_it() -> None:
    assert len(grouped(copies("National care service to be funded by a levy", 50))) == 1


def test_pages_at_one_address_are_one_story_whatever_they_say() -> None:
    title = "Nine peers walk out of the chamber in dismay over a bill on kiosks, orchards and tractors"
    edited = item(title, publisher="Concord", urls=CARE[0].urls, published=hours_ago(9))
    stories = grouped([CARE[0], *STANNERBY, *STORM, edited])
    assert ids([CARE[0], edited]) in parts(stories)
    (join,) = next(story for story in stories if edited in story.items).joins
    assert Signal.LINK in {part.signal for part in join.evidence}


def test_the_same_headline_three_days_later_is_another_story() -> None:
    again = [replace(one, id=f"{one.id}-again", urls=(), published=hours_ago(75)) for one in CARE]
    assert parts(grouped([*CARE, *again])) == {ids(CARE), ids(again)}


def test_headlines_of_nothing_but_stop_words_are_no_story_together() -> None:
    assert len(grouped(reports("What is it?", "What is it"))) == 2


def test_no_items_are_no_stories() -> None:
    assert grouped([]) == ()


def test_words_that_the_last_weeks_were_full_of_join_nothing() -> None:
    tired = reports("Kiosk levy row deepens", "Row over kiosk levy: what now")
    history = [item(f"Kiosk levy row, day {day}", name=str(day), published=hours_ago(100)) for day in range(60)]
    assert len(grouped([*tired, *STORM])) == 2
    assert len(grouped([*tired, *STORM], history=history)) == 3


@settings(deadline=None)
@given(st.permutations([*MIXED, *THORNWICK]))
def test_the_order_of_arrival_changes_nothing(items: list[Item]) -> None:
    assert grouped(items) == grouped([*MIXED, *THORNWICK])


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("kiosk levy storm railway orchard".split()), min_size=1, max_size=4), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_breaks_no_ties(headlines: list[list[str]], dice: Random) -> None:
    items = [item(" ".join(words), publisher=f"Paper {place}") for place, words in enumerate(headlines)]
    shuffled = dice.sample(items, len(items))
    assert grouped(shuffled) == grouped(items)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*MIXED, *THORNWICK]), unique_by=lambda one: one.id), PAIRS, PAIRS)
def test_every_item_is_in_one_story_and_a_second_run_changes_nothing(
    items: list[Item], together: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    bonds = Bonds(together=tuple(together), apart=tuple(apart))
    stories = grouped(items, bonds=bonds)
    assert sorted(one.id for story in stories for one in story.items) == sorted(one.id for one in items)
    assert [story.id for story in stories] == sorted({story.id for story in stories})
    assert grouped(items, bonds=bonds, previous=homes(stories)) == stories


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_what_editors_bound_is_one_story_and_what_they_parted_never_is(
    together: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    home = homes(grouped(MIXED, bonds=Bonds(together=tuple(together), apart=tuple(apart))))
    assert all(home[one] == home[other] for one, other in together)
    bound = reach(together)
    assert all(home[one] != home[other] for one, other in apart if other not in bound[one])


@settings(deadline=None)
@given(st.lists(st.sampled_from([*MIXED, *THORNWICK]), unique_by=lambda one: one.id))
def test_all_evidence_adds_up_and_a_story_has_one_join_fewer_than_items(items: list[Item]) -> None:
    for story in grouped(items):
        assert len(story.joins) == len(story.items) - 1
        assert [join.item_id for join in story.joins] == [one.id for one in story.items[1:]]
        assert list(story.items) == sorted(story.items, key=lambda one: (one.published, one.id))
        said = [(join.weight, join.evidence) for join in story.joins]
        if story.refused:
            said.append((story.refused.weight, story.refused.evidence))
        for weight, evidence in said:
            assert math.isclose(weight, math.fsum(part.weight for part in evidence))


def test_items_bound_together_by_way_of_others_are_one_story() -> None:
    chain = Bonds(together=((STORM[0].id, CARE[0].id), (STANNERBY[0].id, STORM[0].id)))
    home = homes(grouped(MIXED, bonds=chain))
    assert home[STORM[0].id] == home[CARE[0].id] == home[STANNERBY[0].id]


def test_items_kept_apart_take_none_of_their_kind_to_each_other() -> None:
    home = homes(grouped(MIXED, bonds=Bonds(apart=((CARE[0].id, CARE[1].id),))))
    assert home[CARE[0].id] != home[CARE[1].id]
    assert home[CARE[2].id] in {home[CARE[0].id], home[CARE[1].id]}


def test_what_is_apart_from_a_bound_item_is_apart_from_all_it_is_bound_to() -> None:
    bonds = Bonds(together=((CARE[0].id, CARE[1].id),), apart=((CARE[1].id, CARE[2].id),))
    assert parts(grouped(MIXED, bonds=bonds)) >= {ids(CARE[:2]), ids(CARE[2:])}


def test_where_bonds_contradict_each_other_what_is_bound_stays_bound() -> None:
    one, other, third = (each.id for each in CARE)
    bonds = Bonds(together=((one, other), (other, third)), apart=((one, third), (one, other)))
    assert parts(grouped(MIXED, bonds=bonds)) == parts(grouped(MIXED))


def test_bonds_of_items_that_are_not_in_the_run_bind_nothing() -> None:
    gone = Bonds(together=((CARE[0].id, "gone"),), apart=((CARE[1].id, "gone"), ("gone", "lost")))
    assert grouped(MIXED, bonds=gone) == grouped(MIXED)


def test_a_story_keeps_its_identity_while_any_of_its_items_lives() -> None:
    yesterday = grouped(CARE[:2])
    today = homes(grouped([*CARE[1:], *STORM], previous=homes(yesterday)))
    assert today[CARE[2].id] == yesterday[0].id


def test_of_two_parts_of_a_split_story_the_larger_keeps_the_name() -> None:
    home = homes(grouped([*CARE, *STANNERBY], previous=dict.fromkeys(ids([*CARE, *STANNERBY]), "common")))
    assert home[CARE[0].id] == "common" != home[STANNERBY[0].id]


def test_a_story_names_its_nearest_neighbour_that_was_kept_out() -> None:
    late = reports("National care levy: union asks who will pay", age=27)
    story = next(story for story in grouped([*MIXED, *late]) if CARE[0] in story.items)
    assert story.refused is not None
    assert story.refused.item_id == late[0].id
    assert "is needed" in story.refused.why


def test_stories_that_need_not_be_explained_are_the_same_without_their_reasons() -> None:
    bare = tuple(replace(story, joins=(), refused=None) for story in grouped(MIXED))
    assert grouped(MIXED, explained=False) == bare
    assert grouped(MIXED) != bare


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*MIXED, *THORNWICK]), unique=True, min_size=1),
    st.lists(st.sampled_from(["old", "older", "elsewhere"]), min_size=8, max_size=8),
)
def test_grouping_again_what_was_grouped_changes_nothing(items: list[Item], before: list[str]) -> None:
    previous = dict(zip([one.id for one in (*MIXED, *THORNWICK)], before, strict=True))
    once = grouped(items, previous=previous)
    assert grouped(items, previous=homes(once)) == once

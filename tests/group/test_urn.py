"""What a story says together, and how well it explains an item."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.group.background import Background, background
from digest.group.terms import Terms, terms
from digest.group.urn import (
    BIGGER,
    HOURS,
    SAME_PAGE,
    affinity,
    belonging,
    fit,
    gains,
    link,
    pour,
    price,
    silence,
    urn,
    without,
)
from digest.model.news import Item
from tests.builders import LEXICON, hours_ago, item

ITEMS = [
    item("Levy doubled by Stannerby council", publisher="A", published=hours_ago(2)),
    item(
        "Stannerby council doubles its levy on kiosks", publisher="B", published=hours_ago(5), summary="A levy again."
    ),
    item("Storm closes coastal railway", publisher="C", published=hours_ago(30)),
]


def judged(items: list[Item]) -> tuple[tuple[Terms, ...], Background]:
    run = terms(items, lexicon=LEXICON)
    return run, background(([index] for index in range(len(run))), run)


RUN, COMMON = judged(ITEMS)


def test_an_urn_adds_up_what_its_items_say() -> None:
    both = urn([0, 1], RUN, COMMON)
    assert both.size == 2
    assert both.counts["levy"] == pytest.approx(RUN[0].weights["levy"] + RUN[1].weights["levy"])
    assert both.length == pytest.approx(RUN[0].length + RUN[1].length)
    assert both.names["stannerby"] == pytest.approx(2.0)
    assert (both.first, both.last) == (RUN[1].hour, RUN[0].hour)
    assert both.pages == {}


def test_pouring_one_urn_into_another_is_holding_all_their_items() -> None:
    into = urn([0], RUN, COMMON)
    pour(urn([1, 2], RUN, COMMON), into)
    assert into == urn([0, 1, 2], RUN, COMMON)


def test_only_shared_terms_gain_whichever_urn_is_the_larger() -> None:
    one, other = urn([0], RUN, COMMON), urn([1], RUN, COMMON)
    assert gains(one, other).keys() == one.counts.keys() & other.counts.keys()
    assert gains(other, one).keys() == one.counts.keys() & other.counts.keys()
    assert gains(one, urn([2], RUN, COMMON)) == {}


def test_a_rare_word_gains_more_than_a_common_one() -> None:
    run, common = judged([item("Labour kiosk", publisher="A"), item("Labour kiosk", publisher="B")])
    found = gains(urn([0], run, common), urn([1], run, common))
    assert found["kiosk"] > 2 * found["labour"]


def test_the_more_a_story_has_said_the_dearer_is_each_word() -> None:
    assert 0 == price(0) < price(10) < price(1000)


def test_a_story_told_by_many_gains_by_the_logarithm_of_their_number() -> None:
    run, common = judged([item("Levy doubled"), item("Storm", publisher="B"), item("Gale", publisher="C")])
    pair = urn([1, 2], run, common)
    assert fit(urn([0], run, common), pair) == pytest.approx(-2 * price(pair.length) + BIGGER * math.log(2))


def test_a_story_without_an_item_is_what_the_others_say_of_it() -> None:
    one, rest = urn([0], RUN, COMMON), without(urn([0, 1, 2], RUN, COMMON), urn([0], RUN, COMMON))
    others = urn([1, 2], RUN, COMMON)
    assert rest.members == [1, 2]
    assert rest.length == pytest.approx(others.length)
    assert rest.counts.keys() == one.counts.keys() & others.counts.keys()
    assert fit(one, rest) == pytest.approx(fit(one, others))


def test_an_item_is_no_link_to_itself() -> None:
    run, common = judged([ITEMS[0], item("Quite another", publisher="B", urls=ITEMS[0].urls), ITEMS[2]])
    one = urn([0], run, common)
    assert link(one, without(urn([0, 2], run, common), one)) == 0.0
    assert link(one, without(urn([0, 1], run, common), one)) == SAME_PAGE
    assert link(one, urn([2], run, common)) == 0.0


def test_silence_costs_by_the_square_of_its_hours_and_overlap_nothing() -> None:
    run, common = judged([item(publisher=str(age), published=hours_ago(age)) for age in (0, HOURS, 2 * HOURS)])
    first, second, third = (urn([index], run, common) for index in range(3))
    assert silence(first, first) == 0.0
    assert silence(first, second) == silence(second, first) == pytest.approx(1.0)
    assert silence(first, third) == pytest.approx(4.0)
    assert silence(urn([0, 2], run, common), second) == 0.0


def test_an_item_belongs_by_what_fits_less_silence_plus_link() -> None:
    run, common = judged(
        [
            item("Levy doubled"),
            item("Levy trebled", publisher="B", published=hours_ago(13), urls=item("Levy doubled").urls),
        ]
    )
    one, other = urn([0], run, common), urn([1], run, common)
    expected = fit(one, other) - 1.0 + SAME_PAGE
    assert belonging(one, other) == pytest.approx(expected)


@given(st.permutations([0, 1, 2]), st.integers(1, 2))
def test_affinity_is_the_same_both_ways(order: list[int], cut: int) -> None:
    one, other = urn(order[:cut], RUN, COMMON), urn(order[cut:], RUN, COMMON)
    assert affinity(one, other) == pytest.approx(affinity(other, one))


def test_reports_of_one_event_are_nearer_than_those_of_two() -> None:
    first, second, other = (urn([index], RUN, COMMON) for index in range(3))
    assert affinity(first, second) > 4
    assert affinity(first, other) < 0

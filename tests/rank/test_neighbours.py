"""Who tells nearly the same in a story of its own speaks for the event, once, and for nobody else's."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.story import Story
from digest.rank.neighbours import ALONE, NEAR, Neighbours, neighbours
from tests.builders import item, story

ACT = story(item("Health Secretary resigns over hospital waiting times", publisher="A"), id="act")
LETTER = story(item("Resignation letter: Health Secretary blames waiting times", publisher="B"), id="letter")
BILL = story(item("Peers reject the planning bill", publisher="C"), id="bill")
FILLER = tuple(story(item(f"Town {n} opens library {n}", name=str(n), publisher="D"), id=f"f{n}") for n in range(9))


def of(*stories: Story, without: tuple[str, ...] = ()) -> dict[str, Neighbours]:
    reports = {one.id: () if one.id in without else one.items for one in stories}
    return dict(neighbours(reports, stories))


def test_a_publisher_that_tells_nearly_the_same_elsewhere_counts_by_its_likeness() -> None:
    found = of(ACT, LETTER, BILL, *FILLER)
    assert found["act"].publishers == found["letter"].publishers == 1
    assert NEAR <= found["act"].count < 1
    assert found["bill"] == ALONE


def test_a_publisher_counts_once_by_its_likest_headline_and_not_where_it_reports_itself() -> None:
    again = story(item("Health Secretary resigns over waiting times", publisher="B"), id="again")
    once, twice = of(ACT, LETTER, *FILLER)["act"], of(ACT, LETTER, again, *FILLER)["act"]
    assert twice.publishers == 1
    assert twice.count > once.count
    assert of(ACT, LETTER, again, *FILLER)["again"].publishers == 1  # the letter is its own publisher's


def test_what_is_no_plain_report_of_the_day_speaks_for_nobody() -> None:
    assert of(ACT, LETTER, BILL, *FILLER, without=("letter",))["act"] == ALONE


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_stories_does_not_matter(shuffled: random.Random) -> None:
    stories = [ACT, LETTER, BILL, *FILLER]
    before = of(*stories)
    shuffled.shuffle(stories)
    after = of(*stories)
    assert {name: one.publishers for name, one in after.items()} == {k: v.publishers for k, v in before.items()}
    assert all(after[name].count == pytest.approx(before[name].count) for name in before)

"""Whoever tells what a story above tells stands lower; more points never do."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model.story import Cause, Ranked, Reason
from digest.rank.crowding import DEPTH, spread
from tests.builders import item, ranked

HEADLINES = (
    "Minister quits over the rail fares deal",
    "Minister quits over rail deal",
    "Rail fares deal signed by union",
    "Peers reject the planning bill",
    "Mayor opens forty homes",
)

days = st.lists(st.tuples(st.sampled_from(HEADLINES), st.integers(0, 60)), min_size=1, max_size=8)


def day(given: list[tuple[str, int]]) -> list[Ranked]:
    return [ranked(item(title, name=str(n)), score=score) for n, (title, score) in enumerate(given)]


def lost(story: Ranked) -> int:
    return sum(reason.points for reason in story.reasons if reason.cause is Cause.CROWDING)


def test_the_second_to_tell_an_event_makes_room_and_says_for_whom() -> None:
    stories = day([(HEADLINES[0], 50), (HEADLINES[1], 49), (HEADLINES[3], 45)])
    spreaded = spread(stories, weight=-18)
    assert [one.story.items[0].title for one in spreaded] == [HEADLINES[0], HEADLINES[3], HEADLINES[1]]
    assert [lost(one) for one in spreaded] == [0, 0, -12]
    assert spreaded[2].reasons[-1].why == f"69% like a story above it: «{HEADLINES[0]}»"


def test_only_the_likest_story_above_counts() -> None:
    stories = day([(HEADLINES[0], 60), (HEADLINES[2], 59), (HEADLINES[1], 40)])
    last = spread(stories, weight=-20)[-1]
    assert [reason.cause for reason in last.reasons].count(Cause.CROWDING) == 1
    assert lost(last) == -17


def test_without_a_weight_the_order_is_that_of_the_points() -> None:
    stories = day([(HEADLINES[0], 1), (HEADLINES[0], 3), (HEADLINES[1], 2)])
    assert [one.score for one in spread(stories, weight=0)] == [3, 2, 1]


@given(days)
def test_the_highest_score_stands_first_and_nobody_is_lost(given: list[tuple[str, int]]) -> None:
    stories = day(given)
    found = spread(stories, weight=-12)
    assert [(-one.score, one.story.id) for one in found] == sorted((-one.score, one.story.id) for one in found)
    assert {one.story.id for one in found} == {one.story.id for one in stories}
    assert spread(stories[::-1], weight=-12) == found


@given(days, st.data(), st.integers(1, 30))
def test_more_points_never_lower_a_story(given: list[tuple[str, int]], data: st.DataObject, more: int) -> None:
    stories = day(given)
    place = data.draw(st.integers(0, len(stories) - 1))
    one = stories[place]
    raised = replace(one, reasons=(*one.reasons, Reason(cause=Cause.FRESHNESS, points=more, why="newer")))
    before, after = (
        [found.story.id for found in spread(chosen, weight=-12)]
        for chosen in (stories, [*stories[:place], raised, *stories[place + 1 :]])
    )
    assert after.index(one.story.id) <= before.index(one.story.id)


def test_what_stands_too_low_to_be_printed_takes_nothing_from_anybody() -> None:
    unlike = [(f"{chr(97 + n % 26) * (3 + n // 26)} stands alone here", 100) for n in range(DEPTH + 1)]
    stories = day([*unlike, ("zz word", 20), ("zz word", 10)])
    assert [lost(one) for one in spread(stories, weight=-12)[-2:]] == [0, 0]

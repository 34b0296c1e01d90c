"""What an unchanged feed still carries is not forgotten, however long it does not change."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.carried import MEMORY, overdue, reach, still_carried
from digest.model.news import Item
from tests.builders import NOW, item

LAST_ANSWER = NOW - timedelta(minutes=30)


def seen(days_ago: float, **given: Any) -> Item:
    return item(last_seen=NOW - timedelta(days=days_ago), sources=("post",), **given)


def test_memory_reaches_back_two_weeks_or_to_the_last_answer_of_a_feed_that_was_away_for_longer() -> None:
    assert reach([], NOW) == NOW - MEMORY
    assert reach([LAST_ANSWER], NOW) == NOW - MEMORY
    assert reach([LAST_ANSWER, NOW - timedelta(days=60)], NOW) == NOW - timedelta(days=62)


def test_the_items_of_an_unchanged_feed_count_as_seen_once_a_day() -> None:
    long_ago, today = seen(1), seen(0.9)
    (kept,) = still_carried([long_ago, today], {"post": LAST_ANSWER}, NOW)
    assert (kept.id, kept.last_seen) == (long_ago.id, NOW)


def test_what_had_left_the_feed_before_and_what_others_carried_is_not_touched() -> None:
    assert still_carried([seen(2.5)], {"post": LAST_ANSWER}, NOW) == ()
    assert still_carried([seen(1)], {"lantern": LAST_ANSWER}, NOW) == ()


@given(
    ages=st.lists(st.integers(0, 500), max_size=9),
    answers=st.lists(st.integers(0, 300), min_size=1, max_size=3),
)
def test_nothing_that_is_still_carried_was_seen_at_another_time_than_is_looked_at(
    ages: list[int], answers: list[int]
) -> None:
    items = [item(name=str(n), last_seen=NOW - timedelta(hours=age), sources=("0", "1")) for n, age in enumerate(ages)]
    unchanged = {str(n): NOW - timedelta(hours=age) for n, age in enumerate(answers)}
    first, last = overdue(unchanged, NOW)
    among = [one for one in items if first <= one.last_seen <= last]
    assert still_carried(among, unchanged, NOW) == still_carried(items, unchanged, NOW)


def test_after_a_pause_of_the_machine_the_items_of_the_last_answer_are_those_that_count() -> None:
    away = NOW - timedelta(days=30)
    kept = still_carried([seen(30.9), seen(33, name="older")], {"post": away}, NOW)
    assert [one.last_seen for one in kept] == [NOW]


def test_a_clock_that_was_ahead_changes_nothing() -> None:
    assert still_carried([seen(-300)], {"post": NOW}, NOW) == ()

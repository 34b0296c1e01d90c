"""The silence alarm over whole seasons: what keeps its habit never rings, what stops does, and soon."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from digest.collect.habit import habit, is_silent
from digest.model.feed import FeedDay

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SEASON = timedelta(weeks=12)

Arrivals = list[tuple[datetime, int]]
"""When new items came, and how many."""


def batches(count: int, *, hour: float, give: int = 0, weekdays: Sequence[int] = range(7), seed: int = 1) -> Arrivals:
    """So many items at one hour of these weekdays (0: Monday), give or take some minutes."""
    chance = Random(seed)
    days = (MONDAY + timedelta(days=n) for n in range(SEASON.days))
    return [
        (day + timedelta(hours=hour, minutes=chance.randint(-give, give)), count)
        for day in days
        if day.weekday() in weekdays
    ]


def evenly(count: int, *, weekdays: Sequence[int] = range(7)) -> Arrivals:
    """So many items one after the other between seven in the morning and seven in the evening."""
    return sorted(
        one for n in range(count) for one in batches(1, hour=7 + 12 * n / count, give=10, weekdays=weekdays, seed=n)
    )


def at_random(a_week: float, *, size: int, seed: int) -> Arrivals:
    """Bursts of about this size, on any day, at any hour of it."""
    chance = Random(seed)
    days = (MONDAY + timedelta(days=n) for n in range(SEASON.days))
    return [
        (day + timedelta(hours=chance.randint(7, 21)), max(1, round(chance.gauss(size, size / 3))))
        for day in days
        if chance.random() < a_week / 7
    ]


def silences(arrivals: Arrivals, *, until: datetime) -> Iterator[datetime]:
    """Poll every hour, as a collection would, and yield the polls at which the source is silent."""
    days: dict[date, FeedDay] = {}
    waiting, last_new, now = list(arrivals), MONDAY, MONDAY
    while now < until:
        new = 0
        while waiting and waiting[0][0] <= now:
            new, last_new = new + waiting.pop(0)[1], now
        day = days.setdefault(now.date(), FeedDay(source_id="a", day=now.date()))
        days[now.date()] = replace(day, polls=day.polls + 1, new_items=day.new_items + new)
        if now - last_new >= timedelta(hours=24):
            before = min(now.date(), last_new.date() + timedelta(days=1))
            if is_silent(habit(list(days.values()), before=before), last_new=last_new, now=now):
                yield now
        now += timedelta(hours=1)


WEEKDAYS = range(5)
HABITS = {
    "12 at five on weekdays": (batches(12, hour=17, weekdays=WEEKDAYS), 24),
    "40 at noon on weekdays": (batches(40, hour=12, weekdays=WEEKDAYS), 24),
    "12 at about five": (batches(12, hour=17, give=40), 24),
    "20 at about five": (batches(20, hour=17, give=40), 24),
    "30 at about noon": (batches(30, hour=12, give=60), 24),
    "12 at about seven on weekdays": (batches(12, hour=7, give=30, weekdays=WEEKDAYS), 36),
    "12 at about midnight": (batches(12, hour=0, give=60)[1:], 96),
    "10 on Thursdays": (batches(10, hour=9, give=60, weekdays=[3]), 24 * 7),
    "40 through the day": (evenly(40), 48),
    "8 through each weekday": (evenly(8, weekdays=WEEKDAYS), 48),
    "1 a day": (batches(1, hour=10, give=120), 24 * 8),
}
"""What sources do, and within how many hours of the first item that does not come a silence is noticed."""


@pytest.mark.parametrize("name", HABITS)
def test_a_source_that_keeps_its_habit_never_rings(name: str) -> None:
    arrivals, _ = HABITS[name]
    assert list(silences(arrivals, until=MONDAY + SEASON)) == []


@pytest.mark.parametrize("name", HABITS)
def test_a_source_that_stops_rings_within_its_time(name: str) -> None:
    arrivals, hours = HABITS[name]
    stops = MONDAY + timedelta(weeks=8)
    missed = next(at for at, _ in arrivals if at >= stops)
    came = [one for one in arrivals if one[0] < stops]
    first = next(silences(came, until=MONDAY + SEASON))
    assert missed < first <= missed + timedelta(hours=hours)


BURSTS = [(5, 20), (3, 10), (2, 8), (3, 3)]
"""Bursts a week, and items in one."""


def test_sources_that_bring_their_items_in_bursts_on_any_day_hardly_ever_ring() -> None:
    seasons = [at_random(a_week, size=size, seed=seed) for a_week, size in BURSTS for seed in range(6)]
    ringing = [arrivals for arrivals in seasons if list(silences(arrivals, until=MONDAY + SEASON))]
    assert len(ringing) <= 1


@pytest.mark.parametrize(("a_week", "size"), BURSTS)
def test_a_source_that_brought_bursts_on_any_day_and_stops_rings_within_five_weeks(a_week: int, size: int) -> None:
    stops = MONDAY + timedelta(weeks=6)
    came = [one for one in at_random(a_week, size=size, seed=1) if one[0] < stops]
    first = next(silences(came, until=MONDAY + SEASON))
    assert stops < first <= stops + timedelta(weeks=5)


def four_weeks(*counts: int) -> list[FeedDay]:
    """The first collection, then so many new items on each of the days that follow it."""
    day = MONDAY.date()
    return [
        FeedDay(source_id="a", day=day + timedelta(days=n), polls=24, new_items=count)
        for n, count in enumerate((999, *counts))
    ]


def burst(*counts: int) -> float:
    return habit(four_weeks(*counts), before=MONDAY.date() + timedelta(days=len(counts) + 1)).burst


def test_what_comes_on_one_day_of_every_week_is_no_burst() -> None:
    assert burst(*(0, 0, 0, 30, 0, 0, 0) * 4) == 1.0


def test_bursts_are_as_large_as_the_days_of_one_weekday_differ() -> None:
    assert burst(*(20,) * 7, *(0,) * 7, *(20,) * 7, *(0,) * 7) == pytest.approx(10 * 28 / 21)


def test_one_election_night_makes_no_burst() -> None:
    usual = (8, 9, 8, 7, 8, 8, 8) * 4
    assert burst(*usual[:10], 300, *usual[11:]) == burst(*usual) == 1.0


@pytest.mark.parametrize("counts", [(), (5,), (5, 0, 9, 0, 4, 1, 3), (0,) * 28])
def test_where_no_two_days_can_be_compared_items_count_singly(counts: tuple[int, ...]) -> None:
    assert burst(*counts) == 1.0


def test_what_came_all_at_once_in_four_weeks_is_one_burst() -> None:
    assert burst(*(0,) * 27, 6) == pytest.approx(6)

"""How a source is doing: in one word, in figures against its own habit, and in a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.health import HISTORY, Condition, Health, health, healths
from digest.model.feed import FeedDay, FeedState
from tests.builders import source

SOURCE = source("The Lantern")
FRIDAY = date(2026, 5, 15)
NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
STATE = FeedState(source_id=SOURCE.id, url=SOURCE.url, last_tried=NOW, last_success=NOW, last_new=NOW)
DEAD_AFTER = timedelta(days=3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00Z")


def days(count: Callable[[date], int], *, until: date = FRIDAY, since: int = 60) -> list[FeedDay]:
    """What a source did on each of so many days until one."""
    dates = [until - timedelta(days=n) for n in range(since, -1, -1)]
    return [FeedDay(source_id=SOURCE.id, day=day, polls=48, new_items=count(day), seconds=24.0) for day in dates]


def eight_a_weekday(day: date) -> int:
    return 8 if day.weekday() < 5 else 0


def every_thursday(day: date) -> int:
    return 10 if day.weekday() == 3 else 0


def looked_at(history: list[FeedDay], *, last_new: str, now: str, **given: object) -> Health:
    moment = at(now)
    state = replace(STATE, last_tried=moment, last_success=moment, last_new=at(last_new), **given)  # type: ignore[arg-type]
    return health(
        SOURCE, state, [day for day in history if day.day <= moment.date()], now=moment, dead_after=DEAD_AFTER
    )


def quiet(history: list[FeedDay], *until: str) -> list[FeedDay]:
    """The same history, and days on which nothing new came."""
    return history + [FeedDay(source_id=SOURCE.id, day=date.fromisoformat(day), polls=48) for day in until]


def test_a_source_in_its_habit_is_fine_and_its_figures_are_those_of_its_days() -> None:
    history = days(eight_a_weekday)
    found = looked_at(history, last_new="2026-05-15T11:00", now="2026-05-15T12:00")
    assert found == Health(
        source_id="the-lantern",
        condition=Condition.FINE,
        last_success=NOW,
        failures=0,
        today=8,
        yesterday=8,
        average=40 / 7,
        weekday_average=8.0,
        weekend_average=0.0,
        latency=0.5,
        moved_to="",
        note="",
    )


def test_what_a_feed_held_when_it_was_met_is_no_days_news() -> None:
    history = [replace(day, new_items=400 if n == 0 else 2) for n, day in enumerate(days(lambda _: 0, since=10))]
    assert looked_at(history, last_new="2026-05-15T11:00", now="2026-05-15T12:00").average == 2.0


def test_days_on_which_it_never_answered_say_nothing_of_its_habit() -> None:
    history = days(eight_a_weekday)
    down = [replace(day, failures=48, new_items=0) if day.day.weekday() == 0 else day for day in history]
    assert looked_at(down, last_new="2026-05-15T11:00", now="2026-05-15T12:00").weekday_average == 8.0


def test_a_labour_outlet_is_missed_neither_at_the_weekend_nor_on_monday_but_on_tuesday_evening() -> None:
    history = quiet(days(eight_a_weekday), "2026-05-16", "2026-05-17", "2026-05-18", "2026-05-19")
    conditions = {
        now: looked_at(history, last_new="2026-05-15T16:00", now=now).condition
        for now in (
            *("2026-05-16T08:00", "2026-05-16T16:00", "2026-05-16T23:59"),
            *("2026-05-17T12:00", "2026-05-17T23:59"),
            *("2026-05-18T03:00", "2026-05-18T12:00", "2026-05-18T23:59"),
            *("2026-05-19T08:00", "2026-05-19T18:29"),
        )
    }
    assert set(conditions.values()) == {Condition.FINE}
    for now in ("2026-05-19T18:30", "2026-05-19T22:00", "2026-05-20T03:00"):
        assert looked_at(history, last_new="2026-05-15T16:00", now=now).condition is Condition.SILENT


def test_a_silence_is_said_with_the_habit_it_breaks() -> None:
    found = looked_at(days(eight_a_weekday), last_new="2026-05-11T16:00", now="2026-05-14T22:00")
    assert found.note == (
        "has brought nothing new since 11 May 2026 16:00 UTC; usual are 8.0 items a weekday and 0.0 a day at weekends"
    )


def test_a_busy_weekday_outlet_is_not_missed_on_saturday_because_it_writes_by_day() -> None:
    history = quiet(days(lambda day: 6 * eight_a_weekday(day)), "2026-05-16")
    assert looked_at(history, last_new="2026-05-15T17:00", now="2026-05-16T20:00").condition is Condition.FINE


def test_however_much_a_source_brings_it_may_bring_it_in_the_last_hour_of_a_day() -> None:
    history = quiet(days(lambda _: 500), "2026-05-16", "2026-05-17")
    assert looked_at(history, last_new="2026-05-15T01:00", now="2026-05-16T23:59").condition is Condition.FINE
    assert looked_at(history, last_new="2026-05-15T01:00", now="2026-05-17T08:09").condition is Condition.FINE
    assert looked_at(history, last_new="2026-05-15T01:00", now="2026-05-17T08:11").condition is Condition.SILENT


def test_a_day_of_silence_is_nothing_whatever_the_habit() -> None:
    history = days(eight_a_weekday)
    busy = [replace(day, new_items=200 if day.day.weekday() in {4, 5} else 1) for day in history]
    for last, now in (("2026-05-15T19:00", "2026-05-16T18:59"), ("2026-05-14T23:30", "2026-05-15T23:29")):
        assert looked_at(busy, last_new=last, now=now).condition is Condition.FINE


def test_a_weekly_paper_is_not_missed_between_its_days_but_when_a_week_goes_by() -> None:
    history = days(every_thursday, until=date(2026, 5, 14))
    history = quiet(history, *(str(date(2026, 5, 15) + timedelta(days=n)) for n in range(13)))
    last = "2026-05-14T09:00"
    for day in range(15, 27):
        assert looked_at(history, last_new=last, now=f"2026-05-{day}T23:00").condition is Condition.FINE
    assert looked_at(history, last_new=last, now="2026-05-27T14:00").condition is Condition.SILENT


def test_a_source_that_is_silent_for_weeks_is_measured_by_what_it_did_before() -> None:
    history = quiet(days(eight_a_weekday), *(str(FRIDAY + timedelta(days=n)) for n in range(1, 29)))
    found = looked_at(history, last_new="2026-05-15T16:00", now="2026-06-11T12:00")
    assert (found.condition, found.weekday_average, found.today) == (Condition.SILENT, 8.0, 0)


def test_silence_says_nothing_of_a_source_with_less_than_three_weeks_of_history() -> None:
    for since, condition in ((21, Condition.FINE), (22, Condition.SILENT)):
        history = quiet(days(lambda _: 20, since=since, until=date(2026, 5, 12)), "2026-05-13", "2026-05-14")
        found = looked_at(history[1:], last_new="2026-05-12T12:00", now="2026-05-14T23:00")
        assert found.condition is condition


@given(pattern=st.lists(st.integers(0, 1), min_size=60, max_size=60), silence=st.integers(1, 300))
def test_silence_says_nothing_of_a_source_that_brings_less_than_one_item_in_five_days(
    pattern: list[int], silence: int
) -> None:
    rare = [one if n % 6 == 0 else 0 for n, one in enumerate(pattern)]
    history = [replace(day, new_items=rare.pop()) for day in days(lambda _: 0, since=59)]
    now = NOW + timedelta(days=silence)
    state = replace(STATE, last_new=max((at(f"{day.day}T12:00") for day in history if day.new_items), default=None))
    found = health(SOURCE, state, history, now=now, dead_after=DEAD_AFTER)
    assert found.condition is Condition.FINE


def test_what_has_brought_nothing_for_a_month_is_said_even_where_that_is_its_habit() -> None:
    found = looked_at(days(lambda _: 0), last_new="2026-04-16T12:00", now="2026-05-15T12:00")
    assert (found.condition, found.note) == (
        Condition.FINE,
        "has brought nothing new since 16 April 2026 12:00 UTC",
    )


def test_a_source_whose_last_item_is_known_by_its_day_only_is_silent_from_the_end_of_that_day() -> None:
    history = quiet(days(lambda _: 20, until=date(2026, 5, 13)), "2026-05-14", "2026-05-15")
    state = replace(STATE, last_new=None)
    early = health(SOURCE, state, history, now=at("2026-05-15T08:00"), dead_after=DEAD_AFTER)
    late = health(SOURCE, state, history, now=at("2026-05-15T13:00"), dead_after=DEAD_AFTER)
    assert (early.condition, late.condition) == (Condition.FINE, Condition.SILENT)


def test_a_replay_of_the_future_does_not_hide_a_silence() -> None:
    history = quiet(days(lambda _: 20, until=date(2026, 5, 13)), "2026-05-14", "2026-05-15")
    history.append(FeedDay(source_id=SOURCE.id, day=date(2027, 1, 4), polls=1, new_items=50))
    state = replace(STATE, last_new=at("2027-01-04T12:00"))
    found = health(SOURCE, state, history, now=at("2026-05-15T13:00"), dead_after=DEAD_AFTER)
    assert found.condition is Condition.SILENT


def test_a_source_that_was_never_asked_is_new_and_so_is_one_with_another_address() -> None:
    for state in (None, replace(STATE, url="https://old.example/rss")):
        found = health(SOURCE, state, [], now=NOW, dead_after=DEAD_AFTER)
        assert (found.condition, found.note, found.latency) == (Condition.NEW, "has not been asked yet", 0.0)


def test_the_days_of_another_address_say_nothing_of_this_one() -> None:
    old = replace(STATE, url="https://old.example/rss")
    found = health(SOURCE, old, days(eight_a_weekday), now=NOW, dead_after=DEAD_AFTER)
    assert (found.condition, found.today, found.average, found.latency) == (Condition.NEW, 0, 0.0, 0.0)


FAILING = replace(
    STATE, failures=3, failing_since=NOW - timedelta(hours=5), last_error="answered 500 Internal Server Error"
)


@pytest.mark.parametrize(
    ("state", "condition", "note"),
    [
        (
            replace(FAILING, failures=1),
            Condition.FAILING,
            "has failed since 15 May 2026 07:00 UTC: answered 500 Internal Server Error",
        ),
        (
            FAILING,
            Condition.FAILING,
            "has failed since 15 May 2026 07:00 UTC: answered 500 Internal Server Error; backs off until 13:00 UTC",
        ),
        (
            replace(FAILING, retry_at=NOW + timedelta(minutes=10), last_error="answered 429 Too Many Requests"),
            Condition.WAITING,
            "asked to be left alone until 12:10 UTC (answered 429 Too Many Requests)",
        ),
        (
            replace(FAILING, failing_since=NOW - DEAD_AFTER),
            Condition.DEAD,
            "has failed since 12 May 2026 12:00 UTC: answered 500 Internal Server Error",
        ),
        (
            replace(FAILING, failing_since=NOW - DEAD_AFTER, retry_at=NOW + timedelta(hours=12)),
            Condition.DEAD,
            (
                "has failed since 12 May 2026 12:00 UTC: answered 500 Internal Server Error; "
                "asked to be left alone until 16 May 2026 00:00 UTC"
            ),
        ),
        (
            replace(FAILING, failing_since=NOW - DEAD_AFTER, gone_at=NOW),
            Condition.GONE,
            "answered 410 Gone on 15 May 2026 and is not asked any more",
        ),
        (
            replace(STATE, moved_to="https://new.example/rss"),
            Condition.FINE,
            "has moved for good to https://new.example/rss",
        ),
        (
            replace(STATE, moved_to="https://new.example/rss", last_new=NOW - timedelta(days=29)),
            Condition.FINE,
            "has moved for good to https://new.example/rss; has brought nothing new since 16 April 2026 12:00 UTC",
        ),
        (
            replace(FAILING, failures=1, moved_to="https://new.example/rss"),
            Condition.FAILING,
            (
                "has failed since 15 May 2026 07:00 UTC: answered 500 Internal Server Error; "
                "asked at https://new.example/rss"
            ),
        ),
    ],
)
def test_of_several_troubles_the_gravest_is_said(state: FeedState, condition: Condition, note: str) -> None:
    found = health(SOURCE, state, [], now=NOW, dead_after=DEAD_AFTER)
    assert (found.condition, found.note) == (condition, note)


def test_each_source_is_judged_by_its_own_days() -> None:
    other = source("The Courier")
    history = [*days(eight_a_weekday), FeedDay(source_id=other.id, day=FRIDAY, polls=2, new_items=5, seconds=3.0)]
    found = healths([other, SOURCE], {SOURCE.id: STATE}, history, now=NOW, dead_after=DEAD_AFTER)
    assert [(one.source_id, one.today, one.latency) for one in found] == [
        ("the-courier", 5, 1.5),
        ("the-lantern", 8, 0.5),
    ]


def test_the_days_that_are_asked_for_are_enough_to_miss_a_source_that_rests_for_weeks() -> None:
    last = date(2026, 5, 17)
    history = days(lambda day: 4 if (last - day).days % 28 < 7 else 0, until=date(2026, 7, 31), since=200)
    history = [replace(day, new_items=0) if day.day > last else day for day in history]
    for silence, condition in ((30, Condition.FINE), (49, Condition.FINE), (50, Condition.SILENT)):
        now = at(f"{last + timedelta(days=silence)}T23:00")
        reached = [day for day in history if (now - HISTORY).date() <= day.day]
        state = replace(STATE, last_tried=now, last_new=at(f"{last}T12:00"))
        for known in (reached, history):
            assert health(SOURCE, state, known, now=now, dead_after=DEAD_AFTER).condition is condition


@pytest.mark.parametrize("silence", [29, 58, 64, 92, 400])
def test_a_silence_that_somebody_was_told_of_lasts_until_there_is_news_even_when_its_habit_is_forgotten(
    silence: int,
) -> None:
    now = NOW + timedelta(days=silence)
    history = quiet(days(eight_a_weekday), *(str(FRIDAY + timedelta(days=n)) for n in range(1, silence + 1)))
    reached = [day for day in history if day.day >= (now - HISTORY).date()]
    state = replace(STATE, last_tried=now, last_success=now)
    (found,) = healths([SOURCE], {SOURCE.id: state}, reached, now=now, dead_after=DEAD_AFTER, silent={SOURCE.id})
    assert found.condition is Condition.SILENT
    assert found.note.startswith("has brought nothing new since 15 May 2026 12:00 UTC")
    assert found.note.endswith("8.0 items a weekday and 0.0 a day at weekends") == (silence < 70)
    news = {SOURCE.id: replace(state, last_new=now)}
    (back,) = healths([SOURCE], news, reached, now=now, dead_after=DEAD_AFTER, silent={SOURCE.id})
    assert back.condition is Condition.FINE

"""After a collection somebody is told, once, of every source that is dead, gone or silent against its habit."""

from dataclasses import replace
from datetime import timedelta

from digest.collect.health import Condition
from digest.model.feed import FeedDay, FeedState
from digest.pipeline.alert import look_after, tell, watch_feeds
from tests.pipeline.conftest import SOURCES, Room

LANTERN = SOURCES[0]


def rings(room: Room, state: FeedState) -> list[str]:
    """Remember this of the Lantern, look after the feeds, and return what somebody was told of it."""
    room.line.feeds.save_states([state])
    room.notifier.heard.clear()
    watch_feeds(now=room.clock.now, line=room.line)
    tell(room.line)
    return [f"{alert.key}: {alert.message}" for alert in room.notifier.heard]


def fine(room: Room) -> FeedState:
    now = room.clock.now
    return FeedState(source_id=LANTERN.id, url=LANTERN.url, last_tried=now, last_success=now, last_new=now)


def lived(room: Room, days: int = 40) -> None:
    """Let the Lantern have brought ten items on each of the last days."""
    today = room.clock.now.date()
    brought = [
        FeedDay(source_id=LANTERN.id, day=today - timedelta(days=n), polls=48, new_items=10) for n in range(days)
    ]
    room.line.feeds.save_states([], days=brought)


def test_a_source_that_does_what_it_does_rings_for_nothing(room: Room) -> None:
    lived(room)
    assert rings(room, fine(room)) == []


def test_a_silent_source_rings_once_and_again_only_after_it_brought_something(room: Room) -> None:
    lived(room)
    state = fine(room)
    room.clock.moves_to("2026-05-17T18:00:00Z")
    silent = replace(state, last_tried=room.clock.now, last_success=room.clock.now)
    (message,) = rings(room, silent)
    assert message == (
        "silent-feed:the-lantern: The Lantern has brought nothing new since 15 May 2026 05:30 UTC; "
        "usual are 10.0 items a weekday and 10.0 a day at weekends"
    )
    assert rings(room, silent) == []
    failing = replace(silent, failures=1, failing_since=room.clock.now)
    assert rings(room, failing) == []
    assert rings(room, silent) == []
    assert rings(room, replace(silent, last_new=room.clock.now)) == []
    assert len(rings(room, silent)) == 1


def test_a_silence_that_outlasts_the_memory_of_its_habit_is_one_still_and_rings_no_second_time(room: Room) -> None:
    lived(room)
    state = fine(room)
    room.clock.moves_on(days=3)
    assert len(rings(room, state)) == 1
    for _ in range(12):
        room.clock.moves_on(days=40)
        room.line.feeds.forget_before(days=room.clock.now.date() - timedelta(days=92), documents=room.clock.now)
        silent = replace(state, last_tried=room.clock.now, last_success=room.clock.now)
        assert rings(room, silent) == []
        (lantern, *_) = look_after(now=room.clock.now, line=room.line)
        assert lantern.condition is Condition.SILENT
    assert rings(room, fine(room)) == []
    assert room.line.alerts.standing() == frozenset()


def test_a_source_that_is_gone_rings_once_and_again_only_after_it_was_back(room: Room) -> None:
    gone = replace(fine(room), failures=1, failing_since=room.clock.now, gone_at=room.clock.now)
    message = "gone-feed:the-lantern: The Lantern answered 410 Gone on 15 May 2026 and is not asked any more"
    assert rings(room, gone) == [message]
    room.clock.moves_on(days=30)
    assert rings(room, gone) == []
    assert rings(room, fine(room)) == []
    assert rings(room, gone) == [message]


def test_a_dead_source_that_is_then_gone_rings_for_both(room: Room) -> None:
    now = room.clock.now
    dead = replace(
        fine(room), failures=9, failing_since=now - timedelta(days=3), last_error="answered 500 Internal Server Error"
    )
    assert rings(room, dead) == [
        "dead-feed:the-lantern: The Lantern has failed since 12 May 2026 05:30 UTC: answered 500 Internal Server Error"
    ]
    assert len(rings(room, replace(dead, gone_at=now))) == 1
    assert rings(room, dead) == []


def test_a_dead_source_that_somebody_had_asked_again_is_told_of_again_once_it_is_dead_again(room: Room) -> None:
    dead = replace(fine(room), failures=9, failing_since=room.clock.now - timedelta(days=3), last_error="no answer")
    assert len(rings(room, dead)) == 1
    assert rings(room, replace(dead, failures=1, failing_since=room.clock.now)) == []
    room.clock.moves_on(days=3)
    assert len(rings(room, replace(dead, failing_since=room.clock.now - timedelta(days=3)))) == 1

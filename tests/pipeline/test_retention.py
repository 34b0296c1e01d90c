"""What is too old goes, once a day; what a feed still carries and what was sent never does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.collect.health import HISTORY
from digest.collect.wanted import FRESH
from digest.config.tables import RetentionSettings
from digest.model.feed import FeedDay, SavedDocument
from digest.model.mail import EditionState
from digest.model.news import Edit
from digest.model.page import Page, PageOutcome, RobotsFile
from digest.pipeline.gather import collect_now
from digest.pipeline.retention import forget
from digest.pipeline.tick import at_once, tick
from tests.builders import item
from tests.pipeline.conftest import SOURCES, Room

EVER = date.min


def remembers(room: Room, days_ago: float) -> None:
    """Let the newsroom hold one of each kind of memory, so many days old."""
    at = room.clock.now - timedelta(days=days_ago)
    line, name = room.line, f"{days_ago:g}"
    one = item(name=name, last_seen=at)
    line.items.save_items([one], edits=[Edit(item_id=one.id, at=at, field="title", before="a", after="b")])
    line.feeds.save_states([], days=[FeedDay(source_id=SOURCES[0].id, day=at.date(), polls=1)])
    line.feeds.save_documents(
        [SavedDocument(source_id=name, url="u", at=at, content_type="", body=b"x", problems=("malformed",))]
    )
    line.pages.save_pages([Page(url=f"https://x.example/{name}", item_id=name, at=at, outcome=PageOutcome.EMPTY)])
    line.pages.save_robots([RobotsFile(origin=f"https://{name}.example", at=at, status=200, body="")])


def kept(room: Room, *ages: float) -> dict[str, list[float]]:
    """The ages of which each kind of memory is still there."""
    line, now = room.line, room.clock.now
    names = {age: f"{age:g}" for age in ages}
    items = {one.id for one in line.items.items_since(now - timedelta(days=9999))}
    days = {one.day for one in line.feeds.days(since=EVER)}
    return {
        "items": [age for age in ages if item(name=names[age]).id in items],
        "edits": [age for age in ages if line.items.edits([item(name=names[age]).id])],
        "days": [age for age in ages if (now - timedelta(days=age)).date() in days],
        "documents": [age for age in ages if line.feeds.document(names[age])],
        "pages": [age for age in ages if line.pages.pages([f"https://x.example/{names[age]}"])],
        "robots": [age for age in ages if line.pages.robots([f"https://{names[age]}.example"])],
    }


def test_each_kind_of_memory_is_kept_for_its_own_time(room: Room) -> None:
    ages = (1, 6.9, 7.1, 29.9, 30.1, 119.9, 120.1, 400, 401)
    for age in ages:
        remembers(room, age)
    assert forget(room.clock.now, room.line) == (
        "3 items",
        "8 days and documents of feeds",
        "10 pages and robots files",
    )
    assert kept(room, *ages) == {
        "items": [1, 6.9, 7.1, 29.9, 30.1, 119.9],
        "edits": [1, 6.9, 7.1, 29.9, 30.1, 119.9],
        "days": [1, 6.9, 7.1, 29.9, 30.1, 119.9, 120.1, 400],
        "documents": [1, 6.9],
        "pages": [1, 6.9, 7.1, 29.9],
        "robots": [1, 6.9, 7.1, 29.9],
    }
    assert forget(room.clock.now, room.line) == ()


def test_the_first_collection_of_a_day_forgets_and_says_so_and_later_ones_do_not(room: Room) -> None:
    remembers(room, 500)
    assert collect_now(room.line, room.clock.now).forgotten == ()
    room.clock.moves_to("2026-05-16T00:05:00+01:00")  # past midnight in London, and not yet in UTC
    assert collect_now(room.line, room.clock.now).forgotten == ()
    room.clock.moves_to("2026-05-16T00:05:00Z")
    report = tick(room.line)
    assert report.collected is not None
    assert report.collected.forgotten == ("1 item", "2 days and documents of feeds", "2 pages and robots files")
    assert set(map(tuple, kept(room, 500).values())) == {()}
    remembers(room, 500)
    assert collect_now(room.line, room.clock.now).forgotten == ()


def test_a_leap_into_the_future_takes_no_memory_with_it(room: Room) -> None:
    remembers(room, 100)
    collect_now(room.line, room.clock.now)
    before = room.clock.now
    room.clock.moves_on(days=300)
    assert collect_now(room.line, room.clock.now).forgotten == (
        "1 day or document of a feed",
        "2 pages and robots files",
    )
    room.clock.now = before
    assert kept(room, 100)["items"] == [100]


def test_what_is_kept_the_shortest_time_is_enough_for_those_who_need_it() -> None:
    least = RetentionSettings(feed_days=HISTORY.days, pages_days=FRESH.days)
    for field, days in least.model_dump().items():
        if field in {"feed_days", "pages_days"}:
            with pytest.raises(ValueError, match="greater than or equal"):
                RetentionSettings(**{field: days - 1})


def test_another_address_is_another_feed_of_which_nothing_is_known_and_everything_is_told(room: Room) -> None:
    lantern = SOURCES[0]
    room.fetcher.serves(lantern.url, "<!doctype html><title>Sorry</title>")
    for _ in range(5):
        tick(room.line)
        room.clock.moves_on(days=1)
    assert told(room, "dead feed") == 1
    assert room.line.feeds.document(lantern.id)
    moved = replace(lantern, url="https://the-lantern.example/new")
    room = room.with_newsroom(sources=(moved, *SOURCES[1:]))
    room.fetcher.breaks_down(moved.url)
    tick(room.line)
    assert room.line.feeds.document(lantern.id) is None
    assert [one.polls for one in room.line.feeds.days(since=EVER) if one.source_id == lantern.id] == [1]
    assert room.line.feeds.states()[lantern.id].failing_since == room.clock.now
    assert len([one for one in room.line.feeds.days(since=EVER) if one.source_id == SOURCES[1].id]) == 6
    for _ in range(5):
        room.clock.moves_on(days=1)
        tick(room.line)
    assert told(room, "dead feed") == 2


def test_another_address_that_is_gone_as_well_is_told_as_well(room: Room) -> None:
    lantern, moved = SOURCES[0], replace(SOURCES[0], url="https://the-lantern.example/new")
    room.fetcher.answers_gone(lantern.url)
    tick(room.line)
    room = room.with_newsroom(sources=(moved, *SOURCES[1:]))
    room.fetcher.answers_gone(moved.url)
    for _ in range(3):
        room.clock.moves_on(hours=1)
        tick(room.line)
    assert told(room, "gone feed") == 2


def told(room: Room, kind: str) -> int:
    """How often somebody was told this of the Lantern."""
    return len([one for one in room.notifier.heard if one.kind == kind and one.message.startswith("The Lantern")])


def test_what_a_feed_still_carries_is_never_forgotten(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    before = room.line.items.items_since(room.clock.now - timedelta(days=1))
    for _ in range(30):
        room.clock.moves_on(days=10)
        report = collect_now(room.line, room.clock.now)
        assert (report.new_items, report.changed_items, report.forgotten) == (0, 0, ())
    after = room.line.items.items_since(room.clock.now - timedelta(days=1))
    assert [(one.id, one.first_seen) for one in after] == [(one.id, one.first_seen) for one in before]


def test_editions_what_they_told_and_the_ledger_are_kept_for_good(room: Room) -> None:
    at_once(room.line, ["daily"])
    record = room.line.editions.find("daily", date(2026, 5, 15))
    assert record is not None
    told, balance = room.line.editions.told("daily", before=date(2026, 5, 16)), room.line.ledger.balance(record.id)
    assert told
    room.clock.moves_on(days=1000)
    assert forget(room.clock.now, room.line)[0] == "4 items"
    assert room.line.editions.find("daily", date(2026, 5, 15)) == record
    assert room.line.editions.told("daily", before=date(2026, 5, 16)) == told
    assert (room.line.ledger.balance(record.id), record.state) == (balance, EditionState.SENT)

"""Collecting: what arrives is kept, what fails is a line, nothing is fetched or told twice."""

from datetime import timedelta

from digest.model.feed import CollectReport, FetchRequest
from digest.pipeline.collect import collect
from tests.pipeline.conftest import PAGES, SOURCES, Room


def collected(room: Room) -> CollectReport:
    return collect(
        SOURCES,
        fetcher=room.fetcher,
        workers=room.line.workers,
        items=room.line.items,
        feeds=room.line.feeds,
        now=room.clock.now,
        progress=room.line.progress,
    )


def test_every_source_has_its_line(room: Room) -> None:
    report = collected(room)
    assert [(line.source_id, line.outcome, line.entries) for line in report.sources] == [
        ("the-lantern", "read", 2),
        ("the-courier", "read", 2),
        ("northern-post", "failed", 0),
    ]
    assert report.new_items == 4
    assert [line.problems for line in report.failed] == [("answered 404 Not Found",)]


def test_an_unchanged_feed_is_asked_with_its_validator_and_brings_nothing_new(room: Room) -> None:
    collected(room)
    report = collected(room)
    assert [line.outcome for line in report.sources] == ["unchanged", "unchanged", "failed"]
    assert (report.new_items, report.changed_items) == (0, 0)


def test_a_source_that_moved_is_asked_without_the_old_addresss_validator(room: Room) -> None:
    collected(room)
    states = room.line.feeds.states()
    room.line.feeds.save_states([states["the-lantern"].__class__(source_id="the-lantern", url="https://old.example/")])
    collected(room)
    last = [request for request in room.fetcher.asked if request.source_id == "the-lantern"][-1]
    assert last == FetchRequest(source_id="the-lantern", url=SOURCES[0].url)


def test_a_feed_that_never_answered_in_time_says_so(room: Room) -> None:
    room.fetcher.falls_silent(SOURCES[0].url)
    report = collected(room)
    assert report.sources[0].problems == ("no answer within the time allowed",)


def test_a_page_instead_of_a_feed_is_a_line_and_the_next_try_asks_for_the_whole_again(room: Room) -> None:
    room.fetcher.serves(SOURCES[0].url, "<!doctype html><title>Sorry</title><p>Down for maintenance.")
    report = collected(room)
    assert report.sources[0].outcome == "failed"
    state = room.line.feeds.states()["the-lantern"]
    assert (state.etag, state.failures, state.failing_since) == ("", 1, room.clock.now)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url])
    room.clock.moves_on(hours=1)
    collected(room)
    state = room.line.feeds.states()["the-lantern"]
    assert (state.failures, state.failing_since, state.last_success) == (0, None, room.clock.now)


def test_a_changed_headline_changes_the_item_and_makes_no_new_one(room: Room) -> None:
    collected(room)
    title, summary = PAGES[SOURCES[0].url][0]
    body = room.fetcher.bodies[SOURCES[0].url].decode()
    room.fetcher.serves(SOURCES[0].url, body.replace(title, "Care service: levy confirmed by Health Secretary"))
    room.clock.moves_on(hours=1)
    report = collected(room)
    assert report.new_items == 0
    items = room.line.items.items_since(room.clock.now - timedelta(days=1))
    edited = next(item for item in items if len(item.titles) == 2)
    assert edited.title == "Care service: levy confirmed by Health Secretary"
    assert edited.titles[0] == title
    assert edited.summary == summary


def test_an_item_that_stays_in_a_feed_stays_in_mind_however_old_it_is(room: Room) -> None:
    collected(room)
    body = room.fetcher.bodies[SOURCES[0].url].decode()
    for week in range(4):
        room.clock.moves_on(days=7)
        room.fetcher.serves(SOURCES[0].url, f"{body}<!-- poll {week} -->")
        assert collected(room).new_items == 0


def test_two_items_that_turn_out_to_be_one_are_one_from_then_on(room: Room) -> None:
    room.publishes(SOURCES[0], ("Levy set for April, minister says in Stannerby", "It starts in April."))
    collected(room)
    room.publishes(SOURCES[0], ("Care levy: what the unions of the north now want", "They want it sooner."))
    collected(room)
    before = {item.id: item for item in room.line.items.items_since(room.clock.now)}
    mine = [item for item in before.values() if item.publisher == "The Lantern"]
    assert len(mine) == 2
    first, second = mine
    linked = f"<item><title>{second.title}</title><link>{first.url}</link><guid>{second.guids[0]}</guid></item>"
    room.fetcher.serves(
        SOURCES[0].url, f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{linked}</channel></rss>'
    )
    report = collected(room)
    assert report.new_items == 0
    after = [item for item in room.line.items.items_since(room.clock.now) if item.publisher == "The Lantern"]
    assert len(after) == 1
    assert set(after[0].titles) == {first.title, second.title}

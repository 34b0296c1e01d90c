"""Collecting: what arrives is kept, what fails is a line, nothing is fetched or told twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from digest.errors import StoreError
from digest.model.feed import CollectReport, FeedDay, FeedState, FetchRequest
from digest.model.news import Edit, Item, Source
from digest.pipeline.collect import collect
from tests.pipeline.conftest import PAGES, SOURCES, Room


def collected(room: Room, *, sources: Sequence[Source] = SOURCES, is_manual: bool = False) -> CollectReport:
    return collect(
        sources,
        fetcher=room.fetcher,
        workers=room.line.workers,
        items=room.line.items,
        feeds=room.line.feeds,
        now=room.clock.now,
        progress=room.line.progress,
        is_manual=is_manual,
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


def days(room: Room) -> dict[str, tuple[int, int, int]]:
    """Polls, failures and new items of each source on all its days."""
    return {one.source_id: (one.polls, one.failures, one.new_items) for one in room.line.feeds.days(since=date.min)}


def state(room: Room, source_id: str = "the-lantern") -> FeedState:
    return room.line.feeds.states()[source_id]


def asked(room: Room, source_id: str = "the-lantern") -> list[str]:
    """The addresses at which a source was asked since somebody last wanted to know."""
    urls = [request.url for request in room.fetcher.asked if request.source_id == source_id]
    room.fetcher.asked.clear()
    return urls


def outcomes(report: CollectReport) -> list[str]:
    return [line.outcome for line in report.sources]


def test_what_each_source_did_is_counted_under_its_day(room: Room) -> None:
    collected(room)
    collected(room)
    assert days(room) == {"the-lantern": (2, 0, 2), "the-courier": (2, 0, 2), "northern-post": (2, 2, 0)}
    assert {one.day for one in room.line.feeds.days(since=date.min)} == {date(2026, 5, 15)}
    assert state(room).last_new == room.clock.now
    assert state(room, "northern-post").last_new is None


def test_a_day_is_a_day_in_utc_wherever_the_clock_stands(room: Room) -> None:
    room.clock.moves_to("2026-05-16T00:30:00+01:00")
    collected(room)
    assert {one.day for one in room.line.feeds.days(since=date.min)} == {date(2026, 5, 15)}


def test_a_feed_that_keeps_failing_is_left_alone_and_says_until_when(room: Room) -> None:
    collected(room)
    collected(room)
    room.clock.moves_on(minutes=10)
    asked(room)
    report = collected(room)
    assert asked(room, "northern-post") == []
    assert (outcomes(report)[2], report.sources[2].problems) == ("waiting", ("backs off until 06:00 UTC",))
    assert report.failed == ()
    assert days(room)["northern-post"] == (2, 2, 0)
    assert outcomes(collected(room, is_manual=True))[2] == "failed"


def test_a_server_that_asks_for_patience_gets_it_even_from_a_person(room: Room) -> None:
    room.fetcher.asks_for_patience(SOURCES[0].url, 6000)
    collected(room)
    room.clock.moves_on(minutes=99)
    report = collected(room, is_manual=True)
    assert (outcomes(report)[0], report.sources[0].problems) == ("waiting", ("asked to be left alone until 07:10 UTC",))
    room.clock.moves_on(minutes=1)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url])
    assert outcomes(collected(room))[0] == "read"


def test_a_feed_that_is_gone_is_not_asked_until_its_address_is_another(room: Room) -> None:
    room.fetcher.answers_gone(SOURCES[0].url)
    assert outcomes(collected(room))[0] == "failed"
    room.clock.moves_on(days=30)
    asked(room)
    report = collected(room, is_manual=True)
    assert asked(room) == []
    assert report.sources[0].problems == ("answered 410 Gone and is not asked any more",)
    assert outcomes(report)[0] == "gone"
    moved = replace(SOURCES[0], url="https://the-lantern.example/new")
    room.publishes(moved, *PAGES[SOURCES[0].url])
    assert outcomes(collected(room, sources=(moved,))) == ["read"]
    assert state(room).gone_at is None


def test_a_feed_that_moved_for_good_is_asked_where_it_is_with_its_validators(room: Room) -> None:
    new = "https://new.example/rss"
    room.fetcher.moves_for_good(SOURCES[0].url, new)
    collected(room)
    assert (state(room).moved_to, state(room).validated_url) == (new, new)
    asked(room)
    assert outcomes(collected(room))[0] == "unchanged"
    assert asked(room) == [new]
    room.fetcher.bodies.pop(new)
    assert outcomes(collected(room))[0] == "failed"
    collected(room)
    assert asked(room) == [new, SOURCES[0].url]


def test_a_troubled_document_is_kept_to_the_byte_with_what_was_wrong(room: Room) -> None:
    page = "<!doctype html><title>Sorry</title><p>Down for maintenance."
    room.fetcher.serves(SOURCES[0].url, page)
    malformed = room.fetcher.bodies[SOURCES[1].url].decode().replace("</channel></rss>", "<item>&nope;")
    room.fetcher.serves(SOURCES[1].url, malformed)
    report = collected(room)
    assert outcomes(report)[:2] == ["failed", "read"]
    for line, body in zip(report.sources[:2], (page, malformed), strict=True):
        kept = room.line.feeds.document(line.source_id)
        assert kept is not None
        assert (kept.body.decode(), kept.problems, kept.at) == (body, line.problems, room.clock.now)
    assert room.line.feeds.document("northern-post") is None


def test_a_publishers_edit_is_written_down_with_its_time(room: Room) -> None:
    collected(room)
    title, _ = PAGES[SOURCES[0].url][0]
    later = "Care service: levy confirmed by Health Secretary"
    body = room.fetcher.bodies[SOURCES[0].url].decode()
    room.fetcher.serves(SOURCES[0].url, body.replace(title, later))
    room.clock.moves_on(hours=1)
    collected(room)
    collected(room)
    (item,) = [one for one in room.line.items.items_since(room.clock.now) if one.title == later]
    assert room.line.items.edits([item.id]) == [
        Edit(item_id=item.id, at=room.clock.now, field="title", before=title, after=later)
    ]


@pytest.mark.parametrize("polls_a_week", [0, 1, 7])
def test_a_feed_that_changes_after_ten_unchanged_weeks_brings_only_what_is_new(room: Room, polls_a_week: int) -> None:
    undated = room.fetcher.bodies[SOURCES[0].url].decode().replace("pubDate", "never")
    room.fetcher.serves(SOURCES[0].url, undated)
    collected(room)
    for _ in range(10 * polls_a_week):
        room.clock.moves_on(days=7 / polls_a_week)
        assert outcomes(collected(room, is_manual=True))[0] == "unchanged"
    room.clock.moves_on(days=70 if not polls_a_week else 0.02)
    more = "<item><title>Union backs levy at last</title><link>https://x.example/new</link></item>"
    room.fetcher.serves(SOURCES[0].url, undated.replace("<item>", f"{more}<item>", 1))
    report = collected(room, is_manual=True)
    assert (report.sources[0].entries, report.sources[0].new_items) == (3, 1)


def test_a_feed_that_was_away_for_ten_weeks_brings_only_what_is_new(room: Room) -> None:
    undated = room.fetcher.bodies[SOURCES[0].url].decode().replace("pubDate", "never")
    room.fetcher.serves(SOURCES[0].url, undated)
    collected(room)
    room.fetcher.falls_silent(SOURCES[0].url)
    for _ in range(10):
        room.clock.moves_on(days=7)
        collected(room)
    room.fetcher.silent.clear()
    room.fetcher.serves(SOURCES[0].url, undated + "<!-- back -->")
    assert collected(room).sources[0].new_items == 0


def test_memory_is_as_long_as_the_feeds_that_answer_need_and_no_longer_for_a_dead_one(room: Room) -> None:
    since: list[datetime] = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.items, name)

        def items_since(self, moment: datetime, *, until: datetime | None = None) -> list[Item]:
            since.append(moment)
            return room.line.items.items_since(moment, until=until)

    watched = replace(room, line=replace(room.line, items=Watched()))  # type: ignore[arg-type]

    def again() -> None:
        """Let the Courier be one that is new, so that there is something to recognise."""
        room.line.feeds.forget(SOURCES[1].id)
        collected(watched, sources=SOURCES[:2])

    again()
    room.clock.moves_on(days=60)
    for body in ("<html>a page", ""):
        room.fetcher.serves(SOURCES[0].url, body)
        again()
    room.fetcher.falls_silent(SOURCES[0].url)
    again()
    room.fetcher.answers_gone(SOURCES[0].url)
    room.fetcher.silent.clear()
    again()
    assert [room.clock.now - moment for moment in since[1:]] == [timedelta(days=14)] * 4


def test_where_nothing_came_only_what_was_not_seen_for_a_day_is_read(room: Room) -> None:
    read: list[Item] = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.items, name)

        def items_since(self, moment: datetime, *, until: datetime | None = None) -> list[Item]:
            found = room.line.items.items_since(moment, until=until)
            read.extend(found)
            return found

    watched = replace(room, line=replace(room.line, items=Watched()))  # type: ignore[arg-type]
    collected(watched)
    room.clock.moves_on(hours=23)
    assert outcomes(collected(watched)) == ["unchanged", "unchanged", "failed"]
    assert read == []
    room.clock.moves_on(hours=1)
    collected(watched)
    assert len(read) == 4
    assert len(room.line.items.items_since(room.clock.now)) == 4
    collected(watched)
    assert len(read) == 4


class Dies(Exception):
    """The machine was switched off."""


@pytest.mark.parametrize("act", ["save_states", "save_documents"])
def test_a_collection_that_dies_before_its_end_is_made_good_by_the_next(room: Room, act: str) -> None:
    class Dying:
        def __getattr__(self, name: str) -> object:
            if name == act:
                raise Dies
            return getattr(room.line.feeds, name)

    with pytest.raises(Dies):
        collected(replace(room, line=replace(room.line, feeds=Dying())))  # type: ignore[arg-type]
    assert len(room.line.items.items_since(room.clock.now)) == 4
    assert days(room) == {}
    report = collected(room)
    assert (outcomes(report), report.new_items) == (["read", "read", "failed"], 0)
    assert days(room) == {"the-lantern": (1, 0, 0), "the-courier": (1, 0, 0), "northern-post": (1, 1, 0)}


def test_a_database_that_fails_within_the_last_save_counts_no_poll_and_keeps_no_validator(room: Room) -> None:
    class Failing:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.feeds, name)

        def save_states(self, states: Iterable[FeedState], *, days: Iterable[FeedDay]) -> None:
            *kept, last = days
            room.line.feeds.save_states(states, days=[*kept, replace(last, polls=None)])  # type: ignore[arg-type]

    with pytest.raises(StoreError):
        collected(replace(room, line=replace(room.line, feeds=Failing())))  # type: ignore[arg-type]
    assert (days(room), room.line.feeds.states()) == ({}, {})
    collected(room)
    assert {polls for polls, _, _ in days(room).values()} == {1}


def test_a_database_that_fails_among_items_and_edits_keeps_neither_and_the_edit_is_met_again(room: Room) -> None:
    class Failing:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.items, name)

        def save_items(
            self, items: Iterable[Item], *, absorbed: Iterable[tuple[str, str]], edits: Iterable[Edit]
        ) -> None:
            broken = [replace(edit, before=None) for edit in edits]  # type: ignore[arg-type]
            room.line.items.save_items(items, absorbed=absorbed, edits=broken)

    collected(room)
    before = room.line.items.items_since(room.clock.now)
    title, _ = PAGES[SOURCES[0].url][0]
    later = "Care service: levy confirmed by Health Secretary"
    room.fetcher.serves(SOURCES[0].url, room.fetcher.bodies[SOURCES[0].url].decode().replace(title, later))
    with pytest.raises(StoreError):
        collected(replace(room, line=replace(room.line, items=Failing())))  # type: ignore[arg-type]
    assert room.line.items.items_since(room.clock.now) == before
    collected(room)
    assert [edit.after for edit in room.line.items.edits([item.id for item in before])] == [later]

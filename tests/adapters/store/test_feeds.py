from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.adapters.store.feeds import SqlFeeds
from digest.errors import StoreError
from digest.model.feed import FeedDay, FeedState, SavedDocument
from digest.ports.news import FeedStore

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)


def saved(source_id: str, at: datetime = NOW) -> SavedDocument:
    return SavedDocument(
        source_id=source_id, url="https://a.example", at=at, content_type="", body=b"\x00<rss", problems=("malformed",)
    )


def test_what_is_remembered_of_a_feed_comes_back_by_its_id(engine: Engine) -> None:
    store: FeedStore = SqlFeeds(engine)
    first = FeedState(source_id="a", url="https://example.org/feed")
    second = FeedState(
        source_id="b", url="https://example.org/b", etag='W/"x"', last_tried=NOW, retry_at=NOW, failures=2, seconds=0.5
    )
    store.save_states([second, first])
    store.save_states([])
    assert store.states() == {"a": first, "b": second}
    store.save_states([replace(first, failures=1, last_error="404", gone_at=NOW)])
    assert (store.states()["a"].last_error, store.states()["a"].gone_at) == ("404", NOW)


def test_counts_of_one_day_add_up(engine: Engine) -> None:
    store = SqlFeeds(engine)
    store.save_states([], days=[FeedDay(source_id="a", day=DAY, polls=1, new_items=3, seconds=0.5)])
    again = FeedDay(source_id="a", day=DAY, polls=1, failures=1)
    store.save_states([], days=[again, FeedDay(source_id="b", day=DAY, polls=1)])
    assert store.days(since=DAY) == [
        FeedDay(source_id="a", day=DAY, polls=2, failures=1, new_items=3, seconds=0.5),
        FeedDay(source_id="b", day=DAY, polls=1),
    ]
    assert store.days(since=DAY + timedelta(days=1)) == []


def test_states_and_counts_are_saved_together_or_not_at_all(engine: Engine) -> None:
    store = SqlFeeds(engine)
    state = FeedState(source_id="a", url="https://example.org/feed")
    store.save_states([state], days=[FeedDay(source_id="a", day=DAY, polls=1)])
    broken = FeedDay(source_id="b", day=DAY, polls=None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.save_states([replace(state, failures=1)], days=[FeedDay(source_id="a", day=DAY, polls=1), broken])
    assert store.states() == {"a": state}
    assert [each.polls for each in store.days(since=DAY)] == [1]


def test_the_last_troubled_document_of_a_source_is_kept_to_the_byte(engine: Engine) -> None:
    store = SqlFeeds(engine)
    store.save_documents([saved("a", NOW - timedelta(days=1))])
    store.save_documents([saved("a")])
    store.save_documents([])
    assert (store.document("a"), store.document("b")) == (saved("a"), None)


def test_a_source_that_is_forgotten_leaves_nothing_and_takes_nothing_of_others(engine: Engine) -> None:
    store = SqlFeeds(engine)
    states = [FeedState(source_id=name, url="https://example.org/feed") for name in ("a", "b")]
    store.save_states(states, days=[FeedDay(source_id="a", day=DAY), FeedDay(source_id="b", day=DAY)])
    store.save_documents([saved("a"), saved("b")])
    store.forget("a")
    store.forget("nobody")
    assert store.states() == {"b": states[1]}
    assert store.days(since=date.min) == [FeedDay(source_id="b", day=DAY)]
    assert (store.document("a"), store.document("b")) == (None, saved("b"))


def test_days_and_documents_that_are_too_old_are_forgotten(engine: Engine) -> None:
    store = SqlFeeds(engine)
    store.save_states([], days=[FeedDay(source_id="a", day=day) for day in (DAY - timedelta(days=9), DAY)])
    store.save_documents([saved("a", NOW - timedelta(days=9)), saved("b")])
    assert store.forget_before(days=DAY, documents=NOW) == 2
    assert [each.day for each in store.days(since=DAY - timedelta(days=99))] == [DAY]
    assert (store.document("a"), store.document("b")) == (None, saved("b"))

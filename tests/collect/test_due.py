"""What came of asking a feed decides what is remembered of it, and when it is asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.due import Heard, Reason, Rest, after, back_off, known, left_alone, request, rest, revived
from digest.model.feed import Document, FeedState, FetchFailure, FetchRequest
from tests.builders import source

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
URL = "https://the-lantern.example/rss"
NEW = "https://new.example/rss"
STATE = FeedState(source_id="the-lantern", url=URL)
MOVED = replace(STATE, moved_to=NEW)


def document(**given: Any) -> Document:
    values: dict[str, Any] = {
        "source_id": STATE.source_id,
        "asked": URL,
        "url": given.get("asked", URL),
        "status": 200,
        "body": b"",
        "content_type": "",
        "etag": "",
        "last_modified": "",
        "seconds": 0.5,
    }
    return Document(**(values | given))


def failure(status: int = 0, retry_after: float = 0.0) -> Heard:
    return Heard(
        answer=FetchFailure(
            source_id=STATE.source_id, url=URL, error="broken", seconds=2.0, status=status, retry_after=retry_after
        )
    )


def failed(state: FeedState, times: int, *, at: datetime = NOW) -> FeedState:
    for _ in range(times):
        state = after(state, failure(500), now=at)
    return state


def test_a_good_answer_ends_every_trouble_and_is_remembered_with_its_validators() -> None:
    troubled = replace(
        STATE, failures=3, failing_since=NOW - timedelta(days=1), retry_at=NOW, last_error="broken", last_new=NOW
    )
    later = NOW + timedelta(hours=1)
    answer = document(url="https://cdn.example/rss", etag='"1"', last_modified="yesterday")
    assert after(troubled, Heard(answer=answer), now=later) == FeedState(
        source_id=STATE.source_id,
        url=URL,
        etag='"1"',
        last_modified="yesterday",
        validated_url="https://cdn.example/rss",
        last_tried=later,
        last_success=later,
        last_new=NOW,
        seconds=0.5,
    )


def test_a_document_without_validators_leaves_none_and_no_address_for_them() -> None:
    old = replace(STATE, etag='"1"', validated_url=URL)
    state = after(old, Heard(answer=document()), now=NOW)
    assert (state.etag, state.last_modified, state.validated_url) == ("", "", "")


def test_an_unchanged_feed_keeps_its_validators() -> None:
    old = replace(STATE, etag='"1"', last_modified="yesterday", validated_url="https://cdn.example/rss")
    state = after(old, Heard(answer=document(status=304)), now=NOW)
    assert state == replace(old, last_tried=NOW, last_success=NOW, seconds=0.5)


def test_new_items_are_remembered_by_when_the_last_one_came() -> None:
    assert after(STATE, Heard(answer=document(), new_items=2), now=NOW).last_new == NOW


@pytest.mark.parametrize(
    ("heard", "error", "seconds"),
    [
        (failure(500), "broken", 2.0),
        (Heard(answer=document(etag='"2"'), unreadable="no feed"), "no feed", 0.5),
    ],
)
def test_whatever_fails_is_counted_from_the_first_time_on_and_leaves_no_validators(
    heard: Heard, error: str, seconds: float
) -> None:
    since = NOW - timedelta(hours=2)
    old = replace(STATE, etag='"1"', failures=1, failing_since=since, last_success=since)
    state = after(old, heard, now=NOW)
    assert state == replace(old, failures=2, last_tried=NOW, last_error=error, seconds=seconds)
    assert heard.error == error


def test_the_first_failure_costs_nothing_and_later_ones_double_up_to_three_hours() -> None:
    assert [back_off(n) / timedelta(minutes=1) for n in range(8)] == [0, 0, 30, 60, 120, 180, 180, 180]


@pytest.mark.parametrize(("minutes", "is_resting"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_feed_that_fails_backs_off_for_its_time(minutes: int, is_resting: bool) -> None:
    state = failed(STATE, 3)
    until = NOW + timedelta(hours=1)
    expected = Rest(reason=Reason.BACK_OFF, until=until) if is_resting else None
    assert rest(state, now=NOW + timedelta(minutes=minutes)) == expected


@given(failures=st.integers(0, 10_000), hours=st.floats(0, 48))
def test_whatever_failed_is_asked_again_within_three_hours(failures: int, hours: float) -> None:
    state = replace(STATE, failures=failures, last_tried=NOW)
    resting = rest(state, now=NOW + timedelta(hours=hours))
    assert resting is None or (resting.until is not None and resting.until <= NOW + timedelta(hours=3))


@pytest.mark.parametrize(
    ("asked", "held"), [(0.0, None), (-5.0, None), (float("nan"), None), (90.0, 90.0), (1e12, 86_400.0)]
)
def test_a_server_may_ask_for_a_day_of_patience_and_no_more(asked: float, held: float | None) -> None:
    state = after(STATE, failure(429, retry_after=asked), now=NOW)
    assert state.retry_at == (NOW + timedelta(seconds=held) if held else None)


def test_patience_ends_when_it_was_to_end_and_a_clock_that_was_wrong_holds_nobody() -> None:
    state = after(STATE, failure(429, retry_after=600), now=NOW)
    assert rest(state, now=NOW) == Rest(reason=Reason.PATIENCE, until=NOW + timedelta(minutes=10))
    assert rest(state, now=NOW + timedelta(minutes=10)) is None
    assert rest(state, now=NOW - timedelta(days=300)) is None


def test_the_last_word_of_a_server_about_patience_counts() -> None:
    state = after(STATE, failure(429, retry_after=600), now=NOW)
    assert after(state, failure(500), now=NOW).retry_at is None


def test_a_person_need_not_wait_for_our_back_off_but_for_the_wish_of_a_server_and_never_asks_the_gone() -> None:
    states = {
        "fine": STATE,
        "good": STATE,
        "well": STATE,
        "weary": failed(STATE, 4),
        "busy": after(STATE, failure(503, retry_after=60), now=NOW),
        "gone": after(STATE, failure(410), now=NOW),
    }
    by_itself = left_alone(states, now=NOW, is_manual=False)
    assert {name: one.reason for name, one in by_itself.items()} == {
        "weary": Reason.BACK_OFF,
        "busy": Reason.PATIENCE,
        "gone": Reason.GONE,
    }
    assert left_alone(states, now=NOW, is_manual=True).keys() == {"busy", "gone"}


def test_when_most_feeds_fail_the_fault_is_ours_and_none_backs_off() -> None:
    weary = failed(STATE, 9)
    busy = after(STATE, failure(503, retry_after=60), now=NOW)
    assert left_alone({"a": weary, "b": STATE, "c": STATE}, now=NOW, is_manual=False).keys() == {"a"}
    assert left_alone({"a": weary, "b": weary, "c": STATE}, now=NOW, is_manual=False) == {}
    assert left_alone({"a": weary, "b": weary, "c": STATE, "d": STATE}, now=NOW, is_manual=False).keys() == {"a", "b"}
    assert left_alone({"a": weary, "b": weary, "c": busy}, now=NOW, is_manual=False).keys() == {"c"}


def test_of_one_or_two_feeds_nobody_can_say_that_the_fault_is_ours() -> None:
    weary = failed(STATE, 9)
    assert left_alone({"a": weary}, now=NOW, is_manual=False).keys() == {"a"}
    assert left_alone({"a": weary, "b": weary}, now=NOW, is_manual=False).keys() == {"a", "b"}


def test_those_long_dead_do_not_make_it_look_as_if_the_fault_were_ours() -> None:
    weary = failed(STATE, 9)
    dead = replace(weary, failing_since=NOW - timedelta(days=1))
    states = {"a": dead, "b": dead, "c": dead, "d": weary, "e": STATE, "f": STATE}
    assert left_alone(states, now=NOW, is_manual=False).keys() == {"a", "b", "c", "d"}
    assert left_alone(states | {"e": weary}, now=NOW, is_manual=False) == {}


def test_where_none_has_answered_for_days_the_line_is_down_however_long() -> None:
    dead = replace(failed(STATE, 9), failing_since=NOW - timedelta(days=3))
    assert left_alone({"a": dead, "b": dead, "c": dead}, now=NOW, is_manual=False) == {}


def test_those_that_are_gone_do_not_make_it_look_as_if_the_fault_were_ours() -> None:
    gone = after(STATE, failure(410), now=NOW)
    states = {"a": gone, "b": gone, "c": failed(STATE, 4), "d": STATE}
    assert left_alone(states, now=NOW, is_manual=False).keys() == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("resting", "outcome", "words"),
    [
        (Rest(reason=Reason.GONE), "gone", "answered 410 Gone and is not asked any more"),
        (Rest(reason=Reason.PATIENCE, until=NOW), "waiting", "asked to be left alone until 06:30 UTC"),
        (Rest(reason=Reason.BACK_OFF, until=NOW), "waiting", "backs off until 06:30 UTC"),
        (
            Rest(reason=Reason.PATIENCE, until=datetime.fromisoformat("2026-05-16T00:30:00+01:00")),
            "waiting",
            "asked to be left alone until 23:30 UTC",
        ),
        (
            Rest(reason=Reason.PATIENCE, until=NOW + timedelta(hours=24)),
            "waiting",
            "asked to be left alone until 16 May 2026 06:30 UTC",
        ),
    ],
)
def test_why_a_source_is_left_alone_is_said_in_words(resting: Rest, outcome: str, words: str) -> None:
    assert (resting.outcome, resting.told(NOW)) == (outcome, words)


def test_gone_retires_a_feed_until_somebody_revives_it() -> None:
    gone = after(failed(STATE, 2), failure(410, retry_after=60), now=NOW)
    assert (gone.gone_at, gone.failures) == (NOW, 3)
    assert rest(gone, now=NOW + timedelta(days=999)) == Rest(reason=Reason.GONE)
    back = revived(gone)
    assert rest(back, now=NOW) is None
    assert (back.failures, back.failing_since, back.last_error) == (0, None, "")


def test_another_configured_address_forgets_everything() -> None:
    gone = replace(after(STATE, failure(410), now=NOW), url="https://old.example/rss", etag='"1"')
    paper, other = source("The Lantern"), source("The Courier")
    assert known([paper, other], {"the-lantern": gone}) == {
        "the-lantern": STATE,
        "the-courier": FeedState(source_id="the-courier", url=other.url),
    }
    assert known([paper], {"the-lantern": MOVED}) == {"the-lantern": MOVED}


def test_a_permanent_redirect_is_remembered_and_its_target_is_asked_from_then_on() -> None:
    state = after(STATE, Heard(answer=document(url=NEW, etag='"1"', moved_to=NEW)), now=NOW)
    assert state.moved_to == NEW
    assert request(state) == FetchRequest(source_id=STATE.source_id, url=NEW, etag='"1"', validated_url=NEW, led_by=URL)
    again = after(state, Heard(answer=document(asked=NEW)), now=NOW)
    assert again.moved_to == NEW


def test_a_feed_that_moves_on_or_back_is_followed() -> None:
    further, back = "https://third.example/rss", URL
    assert after(MOVED, Heard(answer=document(asked=NEW, moved_to=further)), now=NOW).moved_to == further
    assert after(MOVED, Heard(answer=document(asked=NEW, moved_to=back)), now=NOW).moved_to == ""


def test_a_redirect_to_what_is_no_feed_is_not_remembered() -> None:
    heard = Heard(answer=document(url=NEW, moved_to=NEW), unreadable="a page")
    assert after(STATE, heard, now=NOW).moved_to == ""


@pytest.mark.parametrize(("status", "is_kept"), [(404, False), (410, False), (0, True), (500, True), (429, True)])
def test_a_new_address_that_says_it_is_none_gives_way_to_the_old_one(status: int, is_kept: bool) -> None:
    state = after(MOVED, failure(status), now=NOW)
    assert request(state).url == (NEW if is_kept else URL)
    assert state.gone_at is None


def test_a_new_address_that_fails_in_any_way_for_a_day_gives_way_to_the_old_one() -> None:
    state = failed(MOVED, 2, at=NOW)
    assert failed(state, 1, at=NOW + timedelta(hours=23)).moved_to == NEW
    assert failed(state, 1, at=NOW + timedelta(hours=24)).moved_to == ""

"""sane(): when a feed says something appeared, if it can be believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.dates import sane

NOW = datetime(2031, 5, 15, 5, 30, tzinfo=UTC)
MORNING = datetime(2031, 5, 14, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 14 May 2031 06:30:00 GMT",
        "Wed, 14 May 2031 07:30:00 +0100",
        "Wed, 14 May 2031 07:30:00 BST",
        "14 May 2031 06:30:00",
        "2031-05-14T06:30:00Z",
        "2031-05-14T07:30:00+01:00",
        "2031-05-14 06:30:00",
        "20310514T063000Z",
        "14/05/2031 06:30",
        "14.05.2031 06:30:00",
        "1936506600",
        "1936506600000",
        "  2031-05-14T06:30:00Z ",
    ],
)
def test_dates_are_read_in_every_form_that_feeds_use(text: str) -> None:
    assert sane(text, NOW) == (MORNING, "")


def test_a_day_alone_is_its_midnight_in_utc() -> None:
    assert sane("14/05/2031", NOW) == (datetime(2031, 5, 14, tzinfo=UTC), "")


def test_feedparser_s_reading_is_taken_where_ours_fails() -> None:
    assert sane("Τετ, 14 Μαϊ 2031 09:30:00 +0300", NOW) == (MORNING, "")
    assert sane("2031년 05월 14일 15:30:00", NOW) == (MORNING, "")
    assert sane("Wed May 14 06:30:00 2031", NOW) == (MORNING, "")


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("", "no date"),
        ("yesterday", "unreadable date: «yesterday»"),
        ("2031-W20", "unreadable date: «2031-W20»"),
        ("31/02/2031", "unreadable date: «31/02/2031»"),
        ("2031년 13월 14일 15:30:00", "unreadable date: «2031년 13월 14일 15:30:00»"),
        ("2031-05-15T05:45:01Z", "date in the future: 2031-05-15 05:45"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "date before 1990: 1970"),
        ("0001-01-01T00:00:00+14:00", "unreadable date: «0001-01-01T00:00:00+14:00»"),
    ],
)
def test_a_date_that_cannot_be_believed_is_none_and_says_why(text: str, repair: str) -> None:
    assert sane(text, NOW) == (None, repair)


def test_a_publisher_s_clock_may_run_a_quarter_of_an_hour_ahead() -> None:
    assert sane("2031-05-15T05:45:00Z", NOW)[0] == datetime(2031, 5, 15, 5, 45, tzinfo=UTC)


@given(st.text(alphabet="0123456789-/:.TZ+ MayGMTBSt,", max_size=30) | st.text(max_size=20))
def test_whatever_a_feed_says_the_answer_is_a_sane_instant_or_a_reason(text: str) -> None:
    read, repair = sane(text, NOW)
    assert (read is None) == bool(repair)
    assert read is None or (read.tzinfo is UTC and 1990 <= read.year <= NOW.year)

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.backoff import LONGEST, WAITS, wait


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(0, 30), (1, 30), (2, 120), (3, 300), (4, 900), (5, 1800), (99, 1800)]
)
def test_every_attempt_waits_as_long_as_the_table_says(attempt: int, seconds: int) -> None:
    assert wait(attempt) == timedelta(seconds=seconds)


def test_the_provider_may_ask_for_more_but_not_for_less() -> None:
    assert wait(1, retry_after=600) == timedelta(minutes=10)
    assert wait(2, retry_after=1) == WAITS[1]


@given(attempt=st.integers(-5, 1000), asked=st.floats(allow_nan=False))
def test_no_wait_is_longer_than_a_day_or_shorter_than_the_table(attempt: int, asked: float) -> None:
    assert WAITS[0] <= wait(attempt, retry_after=asked) <= LONGEST

"""How long a server asks to be left alone."""

import pytest

from digest.adapters.retry_after import reset_after, retry_after


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("120", "", 120.0),
        ("0.5", "", 0.5),
        ("-5", "", 0.0),
        ("nan", "", 0.0),
        ("inf", "", 0.0),
        ("soon", "", 0.0),
        ("", "", 0.0),
        ("Fri, 15 May 2026 06:32:00 GMT", "Fri, 15 May 2026 06:30:00 GMT", 120.0),
        ("Fri, 15 May 2026 06:32:00 GMT", "", 0.0),
        ("Fri, 15 May 2026 06:00:00 GMT", "Fri, 15 May 2026 06:30:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_in_seconds_or_against_the_answer_s_own_date(value: str, date: str, seconds: float) -> None:
    assert retry_after({"Retry-After": value, "Date": date}) == seconds


NOON = "Fri, 15 May 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"X-Sib-RateLimit-Reset": "27"}, 27.0),
        ({"RateLimit-Reset": " 3 "}, 3.0),
        ({"X-RateLimit-Reset": "1778846460", "Date": NOON}, 60.0),
        ({"X-RateLimit-Reset": "1778846300", "Date": NOON}, 0.0),
        ({"X-RateLimit-Reset": "1778846460"}, 0.0),
        ({"X-RateLimit-Reset": "1778846460", "Date": "today"}, 0.0),
        ({"X-RateLimit-Reset": "-5"}, 0.0),
        ({"X-RateLimit-Reset": "²"}, 0.0),
        ({"X-RateLimit-Reset": "nan"}, 0.0),
        ({"X-RateLimit-Reset": "soon"}, 0.0),
    ],
)
def test_the_end_of_a_limit_is_seconds_or_an_instant_against_the_answer_s_own_date(
    headers: dict[str, str], seconds: float
) -> None:
    assert reset_after(headers) == seconds

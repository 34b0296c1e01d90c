"""How long a server asks to be left alone."""

import pytest

from digest.adapters.retry_after import retry_after


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

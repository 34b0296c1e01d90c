"""The headers of an answer -> for how many seconds the server asks to be left alone."""

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds of Retry-After (RFC 9110, section 10.2.3); 0.0 when it is absent or makes no sense.

    A date is measured against the answer's own Date header, so that no clock of ours has a say.
    """
    value = headers.get("Retry-After", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_between(headers.get("Date", ""), value)
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _seconds_between(first: str, second: str) -> float:
    """Seconds from one HTTP date to another; 0.0 when either is none."""
    try:
        return (parsedate_to_datetime(second) - parsedate_to_datetime(first)).total_seconds()
    except (TypeError, ValueError):
        return 0.0

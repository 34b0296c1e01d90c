"""The headers of an answer -> for how many seconds the server asks to be left alone."""

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_RESETS = ("X-RateLimit-Reset", "X-Sib-RateLimit-Reset", "RateLimit-Reset")
"""Where HTTP APIs say when a limit ends: SendGrid and many others («Rate Limits»), Brevo («Rate limit headers»), and
the draft for all (draft-ietf-httpapi-ratelimit-headers)."""

_AN_INSTANT = 1_000_000_000
"""From here on a number is no wait any more but an instant: seconds since 1970."""


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


def reset_after(headers: Mapping[str, str]) -> float:
    """Seconds until a limit ends, by the headers of HTTP APIs that give no Retry-After; 0.0 when none makes sense.

    Some say for how long, some until when; an instant is measured against the answer's own Date header.
    """
    said = next((headers[name].strip() for name in _RESETS if name in headers), "")
    if not (said.isascii() and said.isdecimal()):
        return 0.0
    seconds = float(said)
    return seconds if seconds < _AN_INSTANT else max(0.0, _seconds_since(headers.get("Date", ""), seconds))


def _seconds_since(date: str, instant: float) -> float:
    """Seconds from an HTTP date to an instant; 0.0 when it is no date."""
    try:
        return instant - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return 0.0


def _seconds_between(first: str, second: str) -> float:
    """Seconds from one HTTP date to another; 0.0 when either is none."""
    try:
        return (parsedate_to_datetime(second) - parsedate_to_datetime(first)).total_seconds()
    except (TypeError, ValueError):
        return 0.0

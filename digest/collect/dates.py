"""A feed's word for «when» -> an instant we can believe, or none and why not."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from feedparser.datetimes.asctime import _parse_date_asctime
from feedparser.datetimes.greek import _parse_date_greek
from feedparser.datetimes.hungarian import _parse_date_hungarian
from feedparser.datetimes.korean import _parse_date_nate, _parse_date_onblog
from feedparser.datetimes.rfc822 import _parse_date_rfc822
from feedparser.datetimes.w3dtf import _parse_date_w3dtf

FUTURE_ALLOWED = timedelta(minutes=15)
"""Clocks of publishers run a little ahead; anything beyond is a mistake or an embargo, and sorts wrongly."""

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed and no web page is older."""

EPOCH = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")
YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}T\d")
ZONES = {"BST": "+0100", "IST": "+0100", "WET": "+0000", "WEST": "+0100", "CET": "+0100", "CEST": "+0200", "Z": "+0000"}
"""Names of zones that RFC 5322 does not know and feeds of these islands use; IST is Irish time here."""

OTHERWISE: tuple[Callable[[str], Sequence[int] | None], ...] = (
    _parse_date_w3dtf,
    _parse_date_rfc822,
    _parse_date_asctime,
    _parse_date_hungarian,
    _parse_date_greek,
    _parse_date_nate,
    _parse_date_onblog,
)
"""RFC 5322 with mistakes in it, ctime, Hungarian, Greek, Korean: feedparser's readings in its own order, but for that
of ISO 8601, which takes the month or the day that it misses from the clock."""

DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\b.*")
"""14/05/2026 06:30, as people write dates in Britain."""


def sane(raw: str, now: datetime) -> tuple[datetime | None, str]:
    """Read a date as the feed writes it, plain text: (aware UTC or None, what had to be repaired, "" for nothing).

    More than 15 minutes after `now`, before 1990 or absent gives None. Text without a zone is UTC.
    """
    text = raw.strip()
    read = _read(text)
    if read is None:
        return None, f"unreadable date: «{text[:40].rstrip()}»" if text else "no date"
    if read > now + FUTURE_ALLOWED:
        return None, f"date in the future: {read:%Y-%m-%d %H:%M}"
    if read < EARLIEST:
        return None, f"date before 1990: {read.year}"
    return read, ""


def _read(text: str) -> datetime | None:
    """Try each way in which feeds write dates, the strictest first."""
    for reading in (_epoch, _iso, _rfc, _day_first, *OTHERWISE):
        try:
            found = reading(text)
            if found:
                return _in_utc(found)
        except (ValueError, TypeError, LookupError, OverflowError, AttributeError):  # this way was not meant
            continue
    return None


def _in_utc(found: datetime | Sequence[int]) -> datetime:
    """An instant, or feedparser's year, month, day, hour, minute, second in UTC, as aware UTC."""
    if isinstance(found, datetime):
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    year, month, day, hour, minute, second = found[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if not EPOCH.fullmatch(text):
        return None
    seconds = int(text) / (1000 if len(text) > len("9999999999") else 1)
    return datetime.fromtimestamp(seconds, tz=UTC)


def _iso(text: str) -> datetime | None:
    """RFC 3339 and its relatives."""
    return datetime.fromisoformat(text) if YEAR_FIRST.match(text) else None


def _rfc(text: str) -> datetime | None:
    """RFC 5322, with the names of zones it does not know."""
    head, _, zone = text.rpartition(" ")
    return parsedate_to_datetime(f"{head} {ZONES[zone]}" if zone in ZONES else text) if head else None


def _day_first(text: str) -> datetime | None:
    """Day before month."""
    found = DAY_FIRST.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second = (int(number or 0) for number in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)

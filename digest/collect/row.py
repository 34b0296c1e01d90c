"""Lines of JSON -> rows: one report each, as anybody may have written it down."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.errors import RowsUnreadable

MOST_MISTAKES = 5
"""Lines that are named one by one; the rest are counted."""

TEXTS = ("title", "summary", "text", "source", "url")
UNTITLED = "(no title)"
LONGEST_STAND_IN = 300
"""Characters of a summary or text that stand in for a title."""

YEARS = range(1900, 2200)
"""What came out earlier or later did not: such an instant is a mistake, or means «never»."""

MEND = 'a row is an object such as {"id": "a1", "title": "Budget passes", "published": "2026-05-15T05:30:00Z"}.'

_SURROGATES = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, which JSON can write and UTF-8 cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a file says of one report. `source` is a publisher's or a feed's name; instants are aware UTC.

    `is_number` is whether the file writes its id as a number; `doubts` are what could not be read and was passed over.
    """

    id: str
    title: str
    summary: str = ""
    text: str = ""
    source: str = ""
    url: str = ""
    published: datetime | None = None
    first_seen: datetime | None = None
    is_number: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def given_id(self) -> str | int:
        """Its id as the file writes it."""
        return int(self.id) if self.is_number else self.id

    @property
    def moment(self) -> datetime | None:
        """When it came out, or else when it was first seen; None where nobody says."""
        return self.published or self.first_seen


def rows(lines: Iterable[str], *, name: str) -> tuple[Row, ...]:
    """Read one JSON object a line (JSON Lines), in their order; blank lines are passed over, other fields not read.

    `name` is what the file is called in messages. A row that lacks what is its own affair (a title, an instant that
    can be read) is taken without it, and says so in its doubts.

    Raises:
        RowsUnreadable: naming the first lines that are no rows, each with what is wrong.

    """
    found: list[Row] = []
    mistakes: list[str] = []
    first: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
        except ValueError as error:
            mistakes.append(f"line {number}: {error}")
            continue
        if (before := first.setdefault(row.id, number)) != number:
            mistakes.append(f"line {number}: the id {row.id!r} is that of line {before} too")
        found.append(row)
    if mistakes:
        raise RowsUnreadable(f"{name}, {'; '.join(_named(mistakes))}", mend=MEND)
    return tuple(found)


def _row(line: str) -> Row:
    """Read one row; ValueError says what is wrong with it."""
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(given, dict):
        raise ValueError(f"not an object: {line.strip()[:40]}")  # noqa: TRY004 - one error for all that is wrong
    doubts: list[str] = []
    texts = {name: _text(given, name, doubts) for name in TEXTS}
    if not texts["title"].strip():
        texts["title"] = _stand_in(texts)
        doubts.append("it has no title")
    published, first_seen = (_instant(given, name, doubts) for name in ("published", "first_seen"))
    return Row(
        id=_id(given),
        **texts,
        published=published,
        first_seen=first_seen,
        is_number=not isinstance(given["id"], str),
        doubts=tuple(doubts),
    )


def _id(given: Mapping[str, object]) -> str:
    match given.get("id"):
        case str(text) if text:
            return text
        case int(number) if not isinstance(number, bool):
            return str(number)
    raise ValueError("no id, which is to be a text or a whole number")


def _text(given: Mapping[str, object], name: str, doubts: list[str]) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        doubts.append(f"{name} is no text: {value!r:.40}")
        return ""
    return _SURROGATES.sub("\ufffd", value)


def _stand_in(texts: Mapping[str, str]) -> str:
    """What is read instead of a title: the beginning of what else there is."""
    beginnings = (" ".join(texts[name].split())[:LONGEST_STAND_IN] for name in ("summary", "text"))
    return next(filter(None, beginnings), UNTITLED)


def _instant(given: Mapping[str, object], name: str, doubts: list[str]) -> datetime | None:
    """Read ISO 8601 with or without an offset (UTC is meant then)."""
    text = _text(given, name, doubts).strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        doubts.append(f"{name} is no instant: {text[:40]!r}")
        return None
    if found.year not in YEARS:
        doubts.append(f"{name} is no day on which anything came out: {text[:40]!r}")
        return None
    return found


def _named(mistakes: list[str]) -> Iterator[str]:
    yield from mistakes[:MOST_MISTAKES]
    if len(mistakes) > MOST_MISTAKES:
        yield f"and {len(mistakes) - MOST_MISTAKES} more"

"""Lines of JSON -> rows: one report each, as anybody may have written it down."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.errors import RowsUnreadable

MOST_MISTAKES = 5
"""Lines that are named one by one; the rest are counted."""

TEXTS = ("title", "summary", "text", "source", "url")
MEND = 'a row is an object such as {"id": "a1", "title": "Budget passes", "published": "2026-05-15T05:30:00Z"}.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a file says of one report. `source` is a publisher's or a feed's name; instants are aware UTC."""

    id: str
    title: str
    summary: str = ""
    text: str = ""
    source: str = ""
    url: str = ""
    published: datetime | None = None
    first_seen: datetime | None = None

    @property
    def moment(self) -> datetime | None:
        """When it came out, or else when it was first seen; None where nobody says."""
        return self.published or self.first_seen


def rows(lines: Iterable[str], *, name: str) -> tuple[Row, ...]:
    """Read one JSON object a line (JSON Lines), in their order; blank lines are passed over, other fields not read.

    `name` is what the file is called in messages.

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
    if not isinstance(given.get("id"), str) or not given["id"]:
        raise ValueError("no id, which is to be a text")
    texts = {name: _text(given, name) for name in TEXTS}
    if not texts["title"].strip():
        raise ValueError(f"no title ({given['id']})")
    return Row(
        id=given["id"], published=_instant(given, "published"), first_seen=_instant(given, "first_seen"), **texts
    )


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text: {value!r:.40}")  # noqa: TRY004 - one error for all that is wrong
    return value


def _instant(given: Mapping[str, object], name: str) -> datetime | None:
    """Read ISO 8601 with or without an offset (UTC is meant then)."""
    text = _text(given, name).strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name} is no instant: {text[:40]!r}") from error


def _named(mistakes: list[str]) -> Iterator[str]:
    yield from mistakes[:MOST_MISTAKES]
    if len(mistakes) > MOST_MISTAKES:
        yield f"and {len(mistakes) - MOST_MISTAKES} more"

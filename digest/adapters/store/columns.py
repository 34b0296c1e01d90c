"""Instants and lists of text -> columns that every database can keep, and back."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

Id = BigInteger().with_variant(Integer, "sqlite")
"""A growing number. SQLite grows only what is called INTEGER, which there has 64 bits as well."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept as UTC and given back as aware UTC. A naive value is a mistake and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Convert to UTC; ValueError for a naive value, since nobody knows which instant that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone, so it is not an instant")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give SQLite's value, which comes without a zone, the zone it was kept in."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


_written = json.JSONEncoder(ensure_ascii=False).encode
_read = json.JSONDecoder().raw_decode
"""Made once, and given texts one by one: a collection writes and reads tens of thousands of these columns."""


class Texts(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings, kept as a JSON array in a text column."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        """Write the array; no value is an empty one."""
        return f"[{', '.join(map(_written, value))}]" if value else "[]"

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """Read the array back as a tuple."""
        return tuple(_read(value)[0]) if value and value != "[]" else ()

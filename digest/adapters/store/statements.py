"""The statements that standard SQL lacks and SQLite and PostgreSQL spell alike: insert unless there, or replace."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Executable, Table
from sqlalchemy.dialects.sqlite import Insert, insert

Value = TypeVar("Value")

MOST_PARAMETERS = 500
"""Values named in one statement, well under every database's limit."""


def insert_or_ignore(table: Table) -> Insert:
    """Insert the rows whose key is not there yet."""
    return insert(table).on_conflict_do_nothing()


def insert_or_replace(table: Table, *, keep: Sequence[str] = ()) -> Insert:
    """Insert, or write over everything but the key and the columns in `keep`."""
    statement = insert(table)
    key = [column.name for column in table.primary_key]
    fresh = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in key and column.name not in keep
    }
    return statement.on_conflict_do_update(index_elements=key, set_=fresh)


def run(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute once for each row; for none, where SQLAlchemy would execute once without values, not at all."""
    if rows:
        connection.execute(statement, rows)


def slices(values: Sequence[Value], size: int = MOST_PARAMETERS) -> Iterator[Sequence[Value]]:
    """Runs of values short enough for one `IN (…)`."""
    return (values[start : start + size] for start in range(0, len(values), size))


def off_index(column: ColumnElement[int]) -> ColumnElement[Any]:
    """The column as a plain filter, for intervals of ids: its index would read the whole edition each time."""
    return column + 0

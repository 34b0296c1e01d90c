"""What is remembered of each source -> rows, and back."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import Insert, insert

from digest.adapters.store import news_schema as schema
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.statements import insert_or_replace, run
from digest.model.feed import FeedDay, FeedState, SavedDocument

COUNTS = ("polls", "failures", "new_items", "seconds")


class SqlFeeds:
    """`FeedStore` of ports/news.py on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def states(self) -> dict[str, FeedState]:
        """The state of each source ever asked, by source id."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(schema.feed_states).order_by(schema.feed_states.c.source_id)).mappings()
            return {row["source_id"]: FeedState(**row) for row in rows}

    def save_states(self, states: Iterable[FeedState], *, days: Iterable[FeedDay] = ()) -> None:
        """Insert or replace by source id, and add `days` to the counts of the same source and day; one transaction."""
        rows, counts = _rows(states), _rows(days)
        if rows or counts:
            with writing(self._engine) as connection:
                run(connection, insert_or_replace(schema.feed_states), rows)
                run(connection, _adding(), counts)

    def days(self, *, since: date) -> list[FeedDay]:
        """What each source did on each day from `since` on, ordered by source and day."""
        table = schema.feed_days
        wanted = select(table).where(table.c.day >= since).order_by(table.c.source_id, table.c.day)
        with reading(self._engine) as connection:
            return [FeedDay(**row) for row in connection.execute(wanted).mappings()]

    def save_documents(self, documents: Iterable[SavedDocument]) -> None:
        """Keep the last troubled document of each source, in place of an earlier one."""
        rows = _rows(documents)
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_replace(schema.documents), rows)

    def document(self, source_id: str) -> SavedDocument | None:
        """The troubled document that was kept of a source."""
        table = schema.documents
        with reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.source_id == source_id)).mappings().first()
        return SavedDocument(**row) if row else None

    def forget(self, source_id: str) -> None:
        """Delete all that is remembered of a source (state, days and document), in one transaction."""
        with writing(self._engine) as connection:
            for table in (schema.feed_days, schema.documents, schema.feed_states):
                connection.execute(delete(table).where(table.c.source_id == source_id))

    def forget_before(self, *, days: date, documents: datetime) -> int:
        """Delete days before `days` and documents kept before `documents`; how many rows went."""
        with writing(self._engine) as connection:
            gone = connection.execute(delete(schema.feed_days).where(schema.feed_days.c.day < days)).rowcount
            gone += connection.execute(delete(schema.documents).where(schema.documents.c.at < documents)).rowcount
        return gone


def _rows(values: Iterable[FeedState | FeedDay | SavedDocument]) -> list[dict[str, Any]]:
    """Flat values of one kind as rows; `dataclasses.asdict` copies what never changes, and takes ten times as long."""
    flat = tuple(values)
    names = [field.name for field in fields(flat[0])] if flat else []
    return [{name: getattr(value, name) for name in names} for value in flat]


def _adding() -> Insert:
    """Insert a day, or add its counts to those that are there."""
    table = schema.feed_days
    fresh = insert(table)
    sums = {name: table.c[name] + fresh.excluded[name] for name in COUNTS}
    return fresh.on_conflict_do_update(index_elements=["source_id", "day"], set_=sums)

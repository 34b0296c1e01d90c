"""What the database says, read by other eyes than the program's: plain SQL, and nothing of ours."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A candidate."""

    id: int
    address: str
    batch_id: str | None
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch."""

    id: str
    n: int
    state: str
    attempt: int
    worker: str
    first_tried_at: datetime | None
    due_at: datetime | None
    detail: str
    may_replay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A call, as it was intended and as it ended."""

    batch_id: str
    attempt: int
    worker: str
    started_at: datetime
    is_ended: bool
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All of it at one instant."""

    edition: str
    reason: str
    deliveries: tuple[Delivery, ...]
    batches: tuple[Batch, ...]
    attempts: tuple[Attempt, ...]


_TIMES = frozenset({"first_tried_at", "due_at", "started_at"})
_QUERIES = {
    Delivery: "SELECT id, address, batch_id, state, reason FROM deliveries ORDER BY id",
    Batch: "SELECT id, n, state, attempt, worker, first_tried_at, due_at, detail, may_replay FROM batches ORDER BY n",
    Attempt: "SELECT batch_id, attempt, worker, started_at, ended_at IS NOT NULL AS is_ended, outcome, detail "
    "FROM attempts ORDER BY started_at",
}


def read(database: Path) -> Books:
    """Read the one edition's books."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        edition = connection.execute("SELECT state, reason FROM editions ORDER BY id LIMIT 1").fetchone()
        return Books(
            edition=edition["state"],
            reason=edition["reason"],
            deliveries=_rows(connection, Delivery),
            batches=_rows(connection, Batch),
            attempts=_rows(connection, Attempt),
        )


def _rows(connection: sqlite3.Connection, kind: type[Any]) -> tuple[Any, ...]:
    return tuple(kind(**_typed(row)) for row in connection.execute(_QUERIES[kind]))


def _typed(row: sqlite3.Row) -> dict[str, object]:
    return {name: _instant(row[name]) if name in _TIMES else row[name] for name in row.keys()}  # noqa: SIM118


def _instant(text: str | None) -> datetime | None:
    """The ledger keeps UTC without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def open_batches(books: Books) -> Sequence[Batch]:
    """Those that are not closed."""
    return [batch for batch in books.batches if batch.state not in {"accepted", "rejected", "abandoned"}]

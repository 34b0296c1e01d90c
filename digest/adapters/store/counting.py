"""How many calls were ever claimed in this database, and since when it is not to be believed that these were all."""

from datetime import date, datetime

from sqlalchemy import Connection, Integer, Text, cast, select
from sqlalchemy.dialects.sqlite import insert

from digest.adapters.store.schema import facts
from digest.adapters.store.statements import insert_or_replace

_CALLS, _DISTRUSTED = "calls claimed", "distrusted until"

_ONE_MORE = (
    insert(facts)
    .on_conflict_do_update(
        index_elements=[facts.c.name],
        set_={"value": cast(cast(facts.c.value, Integer) + 1, Text), "at": insert(facts).excluded.at},
    )
    .returning(facts.c.value)
)


def calls(connection: Connection) -> int:
    """How many calls were ever claimed."""
    return int(_value(connection, _CALLS) or 0)


def count_call(connection: Connection, *, at: datetime) -> int:
    """Count one more, in the transaction that claims it; its number."""
    first = {"name": _CALLS, "value": "1", "at": at}
    return int(connection.execute(_ONE_MORE, first).scalar_one())


def is_distrusted(connection: Connection, day: date) -> bool:
    """Whether an edition of this day may have been sent by a later state of the database than this one."""
    until = _value(connection, _DISTRUSTED)
    return bool(until) and day <= date.fromisoformat(until)


def note_loss(connection: Connection, *, made: int, until: date, at: datetime) -> None:
    """Remember that `made` calls were made, whatever is known of them, and up to which day editions are in doubt."""
    _note(connection, _CALLS, str(max(made, calls(connection))), at=at)
    _note(connection, _DISTRUSTED, until.isoformat(), at=at)


def _value(connection: Connection, name: str) -> str:
    return connection.scalar(select(facts.c.value).where(facts.c.name == name)) or ""


def _note(connection: Connection, name: str, value: str, *, at: datetime) -> None:
    connection.execute(insert_or_replace(facts), {"name": name, "value": value, "at": at})

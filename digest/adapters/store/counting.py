"""How many calls were ever claimed, since when it is not to be believed that these were all, and what may be out."""

from datetime import date, datetime

from sqlalchemy import Connection, Integer, Text, and_, cast, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from digest.adapters.store.schema import batches, deliveries, facts
from digest.adapters.store.statements import insert_or_replace
from digest.model.mail import BatchState, DeliveryState

_CALLS, _DISTRUSTED = "calls claimed", "distrusted until"

_ONE_MORE = (
    insert(facts)
    .on_conflict_do_update(
        index_elements=[facts.c.name],
        set_={"value": cast(cast(facts.c.value, Integer) + 1, Text), "at": insert(facts).excluded.at},
    )
    .returning(facts.c.value)
)


def handed_over(connection: Connection, edition_id: int) -> int:
    """How many copies of an edition the provider has, or may have."""
    may_be_out = select(batches.c.id).where(
        batches.c.edition_id == edition_id, batches.c.state.in_([BatchState.IN_FLIGHT, BatchState.UNCERTAIN])
    )
    is_open = and_(deliveries.c.state == DeliveryState.PENDING, deliveries.c.batch_id.in_(may_be_out))
    wanted = and_(deliveries.c.edition_id == edition_id, or_(deliveries.c.state == DeliveryState.ACCEPTED, is_open))
    return connection.execute(select(func.count()).select_from(deliveries).where(wanted)).scalar_one()


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

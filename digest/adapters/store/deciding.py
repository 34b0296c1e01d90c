"""The append-only log of decisions: what happened to an edition, and what editors decided about its content."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select

from digest.adapters.store.schema import decisions
from digest.edit.codec import dump_decision, load_decision
from digest.model.decision import REGROUPING, Decided

_OF_EDITORS = (decisions.c.edition_id, decisions.c.at, decisions.c.who, decisions.c.payload)


def record_decision(
    connection: Connection,
    edition_id: int,
    *,
    at: datetime,
    who: str,
    what: str,
    why: str,
    payload: str = "{}",
    act: str = "",
) -> None:
    """Add a line to the edition's history. `what` is a state, or a sentence where no state changed.

    `act` names an editor's act, and `payload` then holds the decision.
    """
    row = {"edition_id": edition_id, "at": at, "who": who, "what": str(what), "why": why, "payload": payload}
    connection.execute(insert(decisions).values(**row, act=act))


def record_edit(connection: Connection, edition_id: int, decided: Decided, *, what: str) -> None:
    """Add an editor's decision to the log; its number follows from its place there."""
    said = decided.decision
    payload, act = dump_decision(said), said.act.value
    record_decision(
        connection, edition_id, at=decided.at, who=decided.by, what=what, why=said.text, payload=payload, act=act
    )


def history_of(connection: Connection, edition_id: int) -> list[tuple[datetime, str, str, str]]:
    """(when, who, what, why) of everything that happened to the edition, oldest first."""
    columns = (decisions.c.at, decisions.c.who, decisions.c.what, decisions.c.why)
    wanted = select(*columns).where(decisions.c.edition_id == edition_id).order_by(decisions.c.id)
    return [(at, who, what, why) for at, who, what, why in connection.execute(wanted)]


def edits_of(connection: Connection, edition_id: int) -> list[Decided]:
    """The editors' decisions on one edition, numbered from 1 in their order."""
    wanted = select(*_OF_EDITORS).where(decisions.c.edition_id == edition_id, decisions.c.act != "")
    return _numbered(connection.execute(wanted.order_by(decisions.c.id)).all())


def regrouping_logs(connection: Connection, *, besides: int) -> list[list[Decided]]:
    """The whole log of each edition, but `besides`, in which somebody split or merged stories."""
    regrouped = select(decisions.c.edition_id).where(decisions.c.act.in_(REGROUPING))
    wanted = select(*_OF_EDITORS).where(
        decisions.c.edition_id.in_(regrouped), decisions.c.edition_id != besides, decisions.c.act != ""
    )
    rows = connection.execute(wanted.order_by(decisions.c.edition_id, decisions.c.id)).all()
    return [_numbered(log) for _, log in groupby(rows, key=lambda row: row.edition_id)]


def _numbered(rows: Iterable[Any]) -> list[Decided]:
    return [
        Decided(number=number, at=row.at, by=row.who, decision=load_decision(row.payload))
        for number, row in enumerate(rows, start=1)
    ]

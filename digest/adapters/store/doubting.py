"""A batch whose answer was lost -> what is known after all: by replay, by the provider's records, by an operator."""

import json
from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from digest.adapters.store.deciding import record_decision
from digest.adapters.store.schema import attempts, batches
from digest.adapters.store.settling import end_deliveries
from digest.model.mail import BatchState, DeliveryState, Doubt

_DOUBTFUL = (BatchState.UNCERTAIN, BatchState.ABSENT)


def doubts(connection: Connection, edition_id: int) -> list[Doubt]:
    """Every uncertain batch of an edition, in order, with its first and its last attempt."""
    wanted = (
        select(batches.c.id, batches.c.first_tried_at, func.max(attempts.c.started_at))
        .join_from(batches, attempts, attempts.c.batch_id == batches.c.id)
        .where(batches.c.edition_id == edition_id, batches.c.state == BatchState.UNCERTAIN)
        .group_by(batches.c.id)
        .order_by(batches.c.n)
    )
    return [
        Doubt(batch_id=name, first_tried_at=first, last_tried_at=last)
        for name, first, last in connection.execute(wanted)
    ]


def replay(connection: Connection, batch_id: str, *, at: datetime) -> bool:
    """Let an uncertain batch be handed over again from `at` on; False when it is in doubt no longer."""
    uncertain = and_(batches.c.id == batch_id, batches.c.state == BatchState.UNCERTAIN)
    again = update(batches).where(uncertain).values(state=BatchState.RETRYABLE, due_at=at)
    return connection.execute(again).rowcount == 1


def trace(connection: Connection, batch_id: str, *, was_found: bool, at: datetime) -> bool:
    """Settle an uncertain batch by the provider's records: accepted, or absent; False when it is in doubt no longer."""
    uncertain = and_(batches.c.id == batch_id, batches.c.state == BatchState.UNCERTAIN)
    known = (
        {"state": BatchState.ACCEPTED, "detail": "found in the provider's records", "settled_at": at}
        if was_found
        else {"state": BatchState.ABSENT, "detail": "not in the provider's records"}
    )
    if connection.execute(update(batches).where(uncertain).values(**known)).rowcount != 1:
        return False
    if was_found:
        end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "", "")
    return True


def resolve(connection: Connection, batch_id: str, *, accepted: bool, by: str, at: datetime) -> bool:
    """An operator's word on an uncertain batch; False when it is not (or no longer) in doubt."""
    detail = f"{'accepted' if accepted else 'absent'} by the word of {by}"
    state = BatchState.ACCEPTED if accepted else BatchState.RETRYABLE
    doubtful = and_(batches.c.id == batch_id, batches.c.state.in_(_DOUBTFUL))
    edition_id = connection.execute(
        update(batches)
        .where(doubtful)
        .values(state=state, detail=detail, due_at=None if accepted else at, settled_at=at if accepted else None)
        .returning(batches.c.edition_id)
    ).scalar()
    if edition_id is None:
        return False
    if accepted:
        end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "", "")
    what = "batch accepted" if accepted else "batch absent"
    payload = json.dumps({"batch": batch_id})
    record_decision(connection, edition_id, at=at, who=by, what=what, why=f"batch {batch_id}", payload=payload)
    return True

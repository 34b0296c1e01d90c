"""A batch whose answer was lost -> what is known after all: by replay, by the provider's records, by an operator."""

import json
from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from digest.adapters.store.columns import UtcDateTime
from digest.adapters.store.deciding import record_decision
from digest.adapters.store.schema import attempts, batches, deliveries
from digest.adapters.store.settling import end_deliveries
from digest.adapters.store.statements import slices
from digest.deliver.address import address_key
from digest.model.mail import BatchState, DeliveryState, Doubt, Trace

_DOUBTFUL = (BatchState.UNCERTAIN, BatchState.ABSENT)
_WAITING = (BatchState.READY, BatchState.RETRYABLE)


def doubts(connection: Connection, edition_id: int) -> list[Doubt]:
    """Every uncertain batch of an edition, in order, with its first and its last attempt."""
    last = func.coalesce(func.max(attempts.c.started_at), batches.c.first_tried_at, type_=UtcDateTime())
    wanted = (
        select(batches.c.id, batches.c.first_tried_at, last, batches.c.may_replay)
        .outerjoin_from(batches, attempts, attempts.c.batch_id == batches.c.id)
        .where(batches.c.edition_id == edition_id, batches.c.state == BatchState.UNCERTAIN)
        .group_by(batches.c.id)
        .order_by(batches.c.n)
    )
    return [
        Doubt(batch_id=name, first_tried_at=first, last_tried_at=last_tried, may_replay=may_replay)
        for name, first, last_tried, may_replay in connection.execute(wanted)
    ]


def untouched(connection: Connection, edition_id: int) -> list[str]:
    """The first batch of an edition of which nothing was tried yet; none where something was, or nothing is there."""
    mine = batches.c.edition_id == edition_id
    tried = select(batches.c.id).where(mine, batches.c.first_tried_at.is_not(None)).limit(1)
    if connection.execute(tried).first():
        return []
    return list(connection.scalars(select(batches.c.id).where(mine).order_by(batches.c.n).limit(1)))


def waiting(connection: Connection, edition_id: int) -> list[str]:
    """Every batch that is to be handed over, in order; not one that was distrusted before: somebody let it go since."""
    mine = and_(batches.c.edition_id == edition_id, batches.c.state.in_(_WAITING), batches.c.may_replay.is_(True))
    return list(connection.scalars(select(batches.c.id).where(mine).order_by(batches.c.n)))


def distrust(connection: Connection, edition_id: int, *, detail: str, at: datetime) -> int:
    """Put every batch of an edition that is not closed in doubt, its key not to be used; how many wait no longer.

    What is in flight stays with its worker, or is found stale.
    """
    mine = batches.c.edition_id == edition_id
    is_open = batches.c.state.in_([*_WAITING, *_DOUBTFUL, BatchState.IN_FLIGHT])
    connection.execute(update(batches).where(mine, is_open).values(may_replay=False))
    doubtful = and_(mine, batches.c.state == BatchState.UNCERTAIN)
    connection.execute(update(batches).where(doubtful).values(due_at=None, lease_until=None))
    waiting = update(batches).where(mine, batches.c.state.in_(_WAITING))
    first = func.coalesce(batches.c.first_tried_at, at, type_=UtcDateTime())
    return connection.execute(
        waiting.values(state=BatchState.UNCERTAIN, detail=detail, due_at=None, first_tried_at=first)
    ).rowcount


def replay(connection: Connection, batch_id: str, *, at: datetime, until: datetime) -> bool:
    """Let an uncertain batch be claimed again between `at` and `until`; False when it is in doubt no longer.

    It stays uncertain: whoever is killed before the next call leaves nothing behind that outlives the key. Where an
    earlier replay was told to wait, `at` is no sooner than that.
    """
    uncertain = and_(batches.c.id == batch_id, batches.c.state == BatchState.UNCERTAIN)
    due_at = func.coalesce(batches.c.due_at, at, type_=UtcDateTime())
    return connection.execute(update(batches).where(uncertain).values(due_at=due_at, lease_until=until)).rowcount == 1


def trace(connection: Connection, batch_id: str, found: Trace, *, at: datetime) -> bool:
    """Settle an uncertain batch by the provider's records: accepted, or absent; False when it is in doubt no longer.

    What is absent is the copies that were not found, be it some or all of them.
    """
    uncertain = and_(batches.c.id == batch_id, batches.c.state == BatchState.UNCERTAIN)
    absent = {"state": BatchState.ABSENT, "detail": "not in the provider's records", "due_at": None}
    if connection.execute(update(batches).where(uncertain).values(**absent)).rowcount != 1:
        return False
    is_open = and_(deliveries.c.batch_id == batch_id, deliveries.c.state == DeliveryState.PENDING)
    for keys in slices([address_key(address) for address in found.addresses]):
        there = update(deliveries).where(is_open, deliveries.c.address_key.in_(keys))
        connection.execute(there.values(state=DeliveryState.ACCEPTED))
    if found.is_found and not found.addresses:
        end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "")
    if not connection.execute(select(deliveries.c.id).where(is_open).limit(1)).first():
        known = {"state": BatchState.ACCEPTED, "detail": "found in the provider's records", "settled_at": at}
        connection.execute(update(batches).where(batches.c.id == batch_id).values(**known))
    return True


def trace_copy(connection: Connection, delivery_id: int, *, at: datetime) -> bool:
    """Settle one copy of a batch in doubt as accepted; True when it was the batch's last, and the batch is settled."""
    doubtful = batches.c.state.in_(_DOUBTFUL)
    is_open = deliveries.c.state == DeliveryState.PENDING
    batch_id = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, is_open, deliveries.c.batch_id.in_(select(batches.c.id).where(doubtful)))
        .values(state=DeliveryState.ACCEPTED)
        .returning(deliveries.c.batch_id)
    ).scalar()
    others = select(deliveries.c.id).where(deliveries.c.batch_id == batch_id, is_open).limit(1)
    if batch_id is None or connection.execute(others).first():
        return False
    known = {"state": BatchState.ACCEPTED, "detail": "reports of every copy came", "settled_at": at, "due_at": None}
    return connection.execute(update(batches).where(batches.c.id == batch_id, doubtful).values(**known)).rowcount == 1


def resolve(connection: Connection, batch_id: str, *, accepted: bool, by: str, at: datetime) -> bool:
    """An operator's word on an uncertain batch; False when it is not (or no longer) in doubt."""
    detail = f"{'accepted' if accepted else 'absent'} by the word of {by}"
    state = BatchState.ACCEPTED if accepted else BatchState.RETRYABLE
    window = {"settled_at": at, "due_at": None} if accepted else {"due_at": at, "first_tried_at": at}
    doubtful = and_(batches.c.id == batch_id, batches.c.state.in_(_DOUBTFUL))
    edition_id = connection.execute(
        update(batches).where(doubtful).values(state=state, detail=detail, **window).returning(batches.c.edition_id)
    ).scalar()
    if edition_id is None:
        return False
    if accepted:
        end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "")
    what = "batch accepted" if accepted else "batch absent"
    payload = json.dumps({"batch": batch_id})
    record_decision(connection, edition_id, at=at, who=by, what=what, why=f"batch {batch_id}", payload=payload)
    return True

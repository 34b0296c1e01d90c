"""A batch whose answer was lost -> what is known after all: by replay, by the provider's records, by an operator."""

import json
from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, and_, exists, func, or_, select, update

from digest.adapters.store.columns import UtcDateTime
from digest.adapters.store.deciding import record_decision
from digest.adapters.store.schema import attempts, batches, deliveries
from digest.adapters.store.settling import end_deliveries
from digest.adapters.store.statements import slices
from digest.deliver.address import address_key
from digest.model.mail import Batch, BatchState, DeliveryState, Doubt, Outcome, Receipt, Trace

REPORTED = "reports of its copies came"

_DOUBTFUL = (BatchState.UNCERTAIN, BatchState.ABSENT)
_WAITING = (BatchState.READY, BatchState.RETRYABLE)

_MAY_BE_OUT = or_(
    batches.c.state.in_(_DOUBTFUL),
    and_(
        batches.c.state == BatchState.RETRYABLE,
        exists().where(attempts.c.batch_id == batches.c.id, attempts.c.outcome == Outcome.UNCERTAIN),
    ),
)
"""In doubt, or absent by an operator's word: a call has no answer, and a report may still say that it was taken."""


def doubts(connection: Connection, edition_id: int) -> list[Doubt]:
    """Every uncertain batch of an edition, with its first and its last attempt, those sought longest ago first."""
    last = func.coalesce(func.max(attempts.c.started_at), batches.c.first_tried_at, type_=UtcDateTime())
    wanted = (
        select(batches.c.id, batches.c.first_tried_at, last, batches.c.may_replay)
        .outerjoin_from(batches, attempts, attempts.c.batch_id == batches.c.id)
        .where(batches.c.edition_id == edition_id, batches.c.state == BatchState.UNCERTAIN)
        .group_by(batches.c.id)
        .order_by(batches.c.due_at.is_not(None), batches.c.due_at, batches.c.n)
    )
    return [
        Doubt(batch_id=name, first_tried_at=first, last_tried_at=last_tried, may_replay=may_replay)
        for name, first, last_tried, may_replay in connection.execute(wanted)
    ]


def untried(connection: Connection, edition_id: int) -> list[str]:
    """The first batch of an edition that was never tried; none where all were."""
    mine = and_(batches.c.edition_id == edition_id, batches.c.state == BatchState.READY)
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

    What is absent is the copies that were not found, be it some or all of them. In a restored database they stay in
    doubt: their readers may have had them in batches that it does not know. What stays in doubt is marked as sought.
    """
    uncertain = and_(batches.c.id == batch_id, batches.c.state == BatchState.UNCERTAIN)
    may_replay = connection.scalar(select(batches.c.may_replay).where(uncertain))
    if may_replay is None:
        return False
    for keys in slices([address_key(address) for address in found.addresses]):
        there = and_(deliveries.c.id.in_(_open_copies(batch_id)), deliveries.c.address_key.in_(keys))
        connection.execute(update(deliveries).where(there).values(state=DeliveryState.ACCEPTED))
    if found.is_found and not found.addresses:
        end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "")
    known = {"state": BatchState.ACCEPTED, "detail": "found in the provider's records", "settled_at": at}
    if connection.scalar(_open_copies(batch_id).limit(1)):
        is_absent = may_replay and found != Trace.UNKNOWN
        known = {"state": BatchState.ABSENT, "detail": "not in the provider's records"} if is_absent else {}
    sought = {"due_at": None if known else at, "lease_until": None}
    connection.execute(update(batches).where(uncertain).values(**known, **sought))
    return bool(known)


def prove(connection: Connection, batch_id: str, *, at: datetime) -> bool:
    """Settle a batch that may be out as accepted, since it was reported of; True when that settled it.

    While a call for it is under way the report is noted at the call, for when that has no answer (`weighed`).
    """
    state = connection.scalar(select(batches.c.state).where(batches.c.id == batch_id))
    if state == BatchState.IN_FLIGHT:
        under_way = and_(attempts.c.batch_id == batch_id, attempts.c.outcome == "")
        connection.execute(update(attempts).where(under_way).values(outcome=Outcome.ACCEPTED))
    return _accept(connection, batch_id, REPORTED, at=at)


def prove_copy(connection: Connection, delivery_id: int, *, at: datetime) -> bool:
    """Settle one copy of a batch that may be out, or is being called for, as accepted, since it was reported of.

    True when it was the last, and the batch is settled with it.
    """
    may_be_out = select(batches.c.id).where(or_(_MAY_BE_OUT, batches.c.state == BatchState.IN_FLIGHT))
    batch_id = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery_id,
            deliveries.c.state == DeliveryState.PENDING,
            deliveries.c.batch_id.in_(may_be_out),
        )
        .values(state=DeliveryState.ACCEPTED)
        .returning(deliveries.c.batch_id)
    ).scalar()
    if batch_id is None or connection.scalar(_open_copies(batch_id).limit(1)):
        return False
    return _accept(connection, batch_id, REPORTED, at=at)


def weighed(connection: Connection, batch: Batch, receipt: Receipt) -> Receipt:
    """Return what an answer, or the want of one, is worth beside what was reported while the call was under way."""
    if receipt.outcome is Outcome.ACCEPTED:
        return receipt
    told = {fate.delivery_id for fate in receipt.fates} if receipt.outcome is Outcome.UNCERTAIN else set[int]()
    if not is_reported(connection, batch.id, besides=told):
        return receipt
    return replace(receipt, outcome=Outcome.ACCEPTED, detail=f"{REPORTED}; the call itself: {receipt.detail}")


def is_reported(connection: Connection, batch_id: str, *, besides: Set[int] = frozenset()) -> bool:
    """Whether reports came while a call was under way: of the batch, or of each of its copies but those `besides`."""
    noted = and_(attempts.c.batch_id == batch_id, attempts.c.outcome == Outcome.ACCEPTED)
    if connection.scalar(select(attempts.c.attempt).where(noted).limit(1)):
        return True
    return besides >= set(connection.scalars(_open_copies(batch_id)))


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


def _open_copies(batch_id: str) -> Select[int]:
    return select(deliveries.c.id).where(deliveries.c.batch_id == batch_id, deliveries.c.state == DeliveryState.PENDING)


def _accept(connection: Connection, batch_id: str, detail: str, *, at: datetime) -> bool:
    known = {"state": BatchState.ACCEPTED, "detail": detail, "settled_at": at, "due_at": None, "lease_until": None}
    mine = and_(batches.c.id == batch_id, _MAY_BE_OUT)
    if connection.execute(update(batches).where(mine).values(**known)).rowcount != 1:
        return False
    end_deliveries(connection, batch_id, DeliveryState.ACCEPTED, "")
    return True

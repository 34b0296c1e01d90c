"""A provider's answer -> the final state of a batch and of its readers' copies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, or_, select, update

from digest.adapters.store.schema import attempts, batches, deliveries
from digest.adapters.store.statements import slices
from digest.deliver.backoff import wait
from digest.deliver.batches import part_id
from digest.deliver.halves import halves
from digest.model.mail import Batch, BatchState, DeliveryState, Outcome, Receipt

_BATCH_STATES = {
    Outcome.ACCEPTED: BatchState.ACCEPTED,
    Outcome.REJECTED: BatchState.REJECTED,
    Outcome.RETRYABLE: BatchState.RETRYABLE,
    Outcome.UNCERTAIN: BatchState.UNCERTAIN,
}
_FINAL = {BatchState.ACCEPTED: DeliveryState.ACCEPTED, BatchState.REJECTED: DeliveryState.REJECTED}
_GIVEN_UP = {
    BatchState.RETRYABLE: "not handed over before the send window closed",
    BatchState.ABSENT: "not in the provider's records, nor sent again before the send window closed",
    BatchState.UNCERTAIN: "handed over, and the answer was lost: may or may not have arrived",
}
_RESTORED = "the database was restored, and the provider's records have no such call: may or may not have arrived"
"""Of an absent batch of a restored database: a call that it does not know may have had another name."""

_OURS = update(batches).where(
    batches.c.id == bindparam("batch"),
    batches.c.state == BatchState.IN_FLIGHT,
    batches.c.attempt == bindparam("as_attempt"),
    batches.c.worker == bindparam("by_worker"),
)
_LATE = update(batches).where(
    batches.c.id == bindparam("batch"),
    batches.c.state.in_([BatchState.UNCERTAIN, BatchState.ABSENT, BatchState.RETRYABLE]),
    batches.c.attempt == bindparam("as_attempt"),
    batches.c.worker == bindparam("by_worker"),
    exists().where(
        attempts.c.batch_id == bindparam("batch"),
        attempts.c.attempt == bindparam("as_attempt"),
        attempts.c.outcome == Outcome.UNCERTAIN,
    ),
)
"""Of a call that was given up as lost, whatever records or a person have made of that since, until it is repeated."""

_ATTEMPT = update(attempts).where(
    attempts.c.batch_id == bindparam("batch"), attempts.c.attempt == bindparam("as_attempt")
)
_PENDING = update(deliveries).where(
    deliveries.c.batch_id == bindparam("batch"), deliveries.c.state == DeliveryState.PENDING
)

_CANCELLED = {
    (BatchState.READY, BatchState.RETRYABLE, BatchState.ABSENT): "cancelled by {} before it was handed over",
    (BatchState.UNCERTAIN,): "cancelled by {}: handed over, and the answer was lost; may or may not have arrived",
}


def settle(connection: Connection, batch: Batch, receipt: Receipt, *, worker: str, at: datetime) -> bool:
    """Write down the answer; False when the claim was lost: another attempt, another worker, or already settled.

    That it was accepted is taken from who held it also when it was given up as lost meanwhile, even if records did not
    have it yet, or a person did not find it: it must not be sent again.

    A replay that was not taken, for now or for good, says nothing of the call whose answer was lost: the batch stays in
    doubt. One whose key is known though no answer of ours was lost comes into doubt and is not replayed: it would pass
    for ours.
    """
    if receipt.knows_key and batch.is_replay:
        receipt = replace(receipt, outcome=Outcome.ACCEPTED)
    state = _BATCH_STATES[receipt.outcome]
    says_nothing = batch.is_replay and state in {BatchState.RETRYABLE, BatchState.REJECTED}
    is_due = says_nothing or state is BatchState.RETRYABLE
    due_at = at + wait(batch.attempt, retry_after=receipt.retry_after) if is_due else None
    if says_nothing:
        state = BatchState.UNCERTAIN
    ours = {"batch": batch.id, "as_attempt": batch.attempt, "by_worker": worker}
    answer = {"state": state, "reference": receipt.reference, "detail": receipt.detail}
    waits = {"due_at": due_at, "lease_until": None, "settled_at": at if state in _FINAL else None}
    strange = {"may_replay": False} if receipt.knows_key and not batch.is_replay else {}
    held = connection.execute(_OURS, {**ours, **answer, **waits, **strange}).rowcount
    if not held and receipt.outcome is Outcome.ACCEPTED:  # taken from us as lost, and here is the answer after all
        held = connection.execute(_LATE, {**ours, **answer, **waits}).rowcount
    if not held:
        return False
    attempt = {"batch": batch.id, "as_attempt": batch.attempt}
    if not receipt.was_called and receipt.outcome is not Outcome.ACCEPTED:  # by reports of the call before
        _give_back(connection, batch)
        return True
    connection.execute(_ATTEMPT, {**attempt, "ended_at": at, "outcome": receipt.outcome, "detail": receipt.detail})
    if state is not BatchState.RETRYABLE:
        _settle_singly(connection, batch, receipt, at=at)
    for half in halves(batch, receipt):
        _part(
            connection, batch, half, first_tried_at=at, due_at=at, detail=f"half of batch {batch.n}: {receipt.detail}"
        )
    if state in _FINAL:
        end_deliveries(connection, batch.id, _FINAL[state], _reason(state, receipt))
    return True


def _give_back(connection: Connection, batch: Batch) -> None:
    """Let the attempt be one that never was: whoever leaves before the first that is one gets no copy."""
    mine = and_(attempts.c.batch_id == batch.id, attempts.c.attempt == batch.attempt)
    connection.execute(delete(attempts).where(mine))
    connection.execute(update(batches).where(batches.c.id == batch.id).values(attempt=batch.attempt - 1))


def abandon_open(connection: Connection, edition_id: int, *, before: datetime, at: datetime) -> int:
    """Give up what is retryable, absent or uncertain and was first tried before `before`; how many readers."""
    late = and_(
        batches.c.edition_id == edition_id, batches.c.first_tried_at < before, batches.c.state.in_(list(_GIVEN_UP))
    )
    missed = 0
    wanted = select(batches.c.id, batches.c.state, batches.c.may_replay).where(late)
    for batch_id, state, is_trusted in connection.execute(wanted).all():
        reason = _GIVEN_UP[BatchState(state)] if is_trusted or state != BatchState.ABSENT else _RESTORED
        missed += end_deliveries(connection, batch_id, DeliveryState.ABANDONED, reason)
        connection.execute(
            update(batches)
            .where(batches.c.id == batch_id)
            .values(state=BatchState.ABANDONED, due_at=None, settled_at=at)
        )
    return missed


def renew(connection: Connection, edition_id: int, *, at: datetime) -> None:
    """Let what waits, be it for a word, be tried as if for the first time: a person has said that it is still news."""
    waits = and_(batches.c.edition_id == edition_id, batches.c.state.in_([BatchState.RETRYABLE, BatchState.ABSENT]))
    connection.execute(update(batches).where(waits).values(first_tried_at=at))


def is_under_way(connection: Connection, edition_id: int) -> bool:
    """Whether calls are being made of which there is no answer yet."""
    called = and_(batches.c.edition_id == edition_id, batches.c.state == BatchState.IN_FLIGHT)
    return connection.execute(select(batches.c.id).where(called)).first() is not None


def cancel(connection: Connection, edition_id: int, *, by: str, at: datetime) -> None:
    """Give up every copy that has no answer and is not being handed over."""
    mine = batches.c.edition_id == edition_id
    for state, reason in _CANCELLED.items():
        chosen = select(batches.c.id).where(mine, batches.c.state.in_(state))
        copies = and_(deliveries.c.batch_id.in_(chosen), deliveries.c.state == DeliveryState.PENDING)
        ended = {"state": DeliveryState.ABANDONED, "reason": reason.format(by)}
        connection.execute(update(deliveries).where(copies).values(**ended))
        gone = {"state": BatchState.ABANDONED, "due_at": None, "settled_at": at}
        connection.execute(update(batches).where(mine, batches.c.state.in_(state)).values(**gone))


def _reason(state: BatchState, receipt: Receipt) -> str:
    """Why a copy ended as it did: the provider's words, where it was refused."""
    return receipt.detail if state is BatchState.REJECTED else ""


def _settle_singly(connection: Connection, batch: Batch, receipt: Receipt, *, at: datetime) -> None:
    """Note what became of single readers, only this batch's own; those who may be tried again get another batch."""
    ended = {Outcome.ACCEPTED: DeliveryState.ACCEPTED, Outcome.REJECTED: DeliveryState.REJECTED}
    told = [
        {"copy": fate.delivery_id, "to": ended[fate.outcome], "why": fate.detail, "named": fate.reference}
        for fate in receipt.fates
        if fate.outcome in ended
    ]
    if told:
        mine, is_open = deliveries.c.batch_id == batch.id, deliveries.c.state == DeliveryState.PENDING
        is_reported = and_(deliveries.c.state == DeliveryState.ACCEPTED, deliveries.c.state == bindparam("to"))
        connection.execute(
            update(deliveries)
            .where(mine, or_(is_open, is_reported), deliveries.c.id == bindparam("copy"))
            .values(state=bindparam("to"), reason=bindparam("why"), reference=bindparam("named")),
            told,
        )
    again = [fate.delivery_id for fate in receipt.fates if fate.outcome is Outcome.RETRYABLE]
    if again:
        later = at + wait(batch.attempt, retry_after=receipt.retry_after)
        why = f"readers of batch {batch.n} whom the provider did not take yet"
        _part(connection, batch, again, due_at=later, detail=why)


def _part(
    connection: Connection,
    batch: Batch,
    again: Sequence[int],
    *,
    due_at: datetime,
    detail: str,
    first_tried_at: datetime | None = None,
) -> None:
    """Move copies into a batch of their own, behind all others, which inherits how often they were tried.

    And since when, unless that is given: how long they wait already decides when they are given up. A new batch, not
    the old one: its id is the provider's key for what was accepted (delivery.md, «The ledger», 8).
    """
    old = connection.execute(select(batches.c.provider, batches.c.first_tried_at).where(batches.c.id == batch.id)).one()
    siblings = and_(batches.c.edition_id == batch.edition_id, batches.c.provider == old.provider)
    n = connection.execute(select(func.max(batches.c.n) + 1).where(siblings)).scalar_one()
    name = part_id(batch.id, n=n)
    connection.execute(
        insert(batches).values(
            id=name,
            edition_id=batch.edition_id,
            provider=old.provider,
            n=n,
            state=BatchState.RETRYABLE,
            attempt=batch.attempt,
            first_tried_at=first_tried_at or old.first_tried_at,
            due_at=due_at,
            detail=detail,
        )
    )
    for run in slices(again):
        connection.execute(
            update(deliveries)
            .where(deliveries.c.batch_id == batch.id, deliveries.c.id.in_(run))
            .where(deliveries.c.state == DeliveryState.PENDING)
            .values(batch_id=name)
        )


def end_deliveries(connection: Connection, batch_id: str, state: DeliveryState, reason: str) -> int:
    """Give the batch's open copies their final state; how many. What the provider calls them stands at the batch."""
    return connection.execute(_PENDING, {"batch": batch_id, "state": state, "reason": reason}).rowcount

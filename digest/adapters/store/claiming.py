"""A batch that waits -> a batch that one worker holds, and the batches of the dead taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, RowMapping, and_, bindparam, exists, insert, or_, select, update

from digest.adapters.store.counting import count_call
from digest.adapters.store.doubting import is_reported, prove
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import attempts, batches, deliveries, editions, subscriptions, suppressions
from digest.model.mail import Batch, BatchState, DeliveryState, EditionState, Reader
from digest.model.reader import SubscriptionState

_SUPPRESSED = {"state": DeliveryState.SUPPRESSED, "reason": "suppressed before the batch was handed over"}
_LEFT = {"state": DeliveryState.EXCLUDED, "reason": "left before the batch was handed over"}

NOBODY_LEFT = "every reader of this batch had left before it was handed over"

_IS_BARRED = or_(
    suppressions.c.address_key.is_not(None),
    subscriptions.c.state.is_not_distinct_from(SubscriptionState.SUPPRESSED),
)

LONGEST_LEASE = timedelta(hours=1)
"""No claim is for so long: a lease that ends later was counted by a clock that is not ours, or is no longer."""

# Statements of every claim, made once: a thousand readers have ten milliseconds of the program.

_WAITING = (
    select(
        batches.c.id,
        batches.c.n,
        batches.c.state,
        batches.c.attempt,
        batches.c.first_tried_at,
        exists().where(attempts.c.batch_id == batches.c.id).label("was_tried"),
        editions.c.newsletter,
        editions.c.day,
    )
    .join_from(batches, editions, editions.c.id == batches.c.edition_id)
    .where(
        batches.c.edition_id == bindparam("edition"),
        or_(
            batches.c.state == BatchState.READY,
            and_(batches.c.state == BatchState.RETRYABLE, batches.c.due_at <= bindparam("at")),
            and_(
                batches.c.state == BatchState.UNCERTAIN,
                batches.c.due_at <= bindparam("at"),
                batches.c.lease_until > bindparam("at"),
            ),
        ),
        editions.c.state == EditionState.SENDING,
    )
    .order_by(batches.c.n)
    .limit(1)
    .with_for_update()
)
"""The waiting batch with the lowest number, of an edition that is being sent.

One in doubt waits too, while its key is believed to live (`doubting.replay`): until `lease_until`.
"""

_TAKE = update(batches).where(batches.c.id == bindparam("batch"))

_READERS = (
    select(deliveries.c.id, deliveries.c.address, deliveries.c.name)
    .where(deliveries.c.batch_id == bindparam("batch"), deliveries.c.state == DeliveryState.PENDING)
    .order_by(deliveries.c.id)
)
"""The readers of a batch whose copies are open, by delivery id."""

_CALLED = (
    select(deliveries.c.id, deliveries.c.address, deliveries.c.name)
    .where(
        deliveries.c.batch_id == bindparam("batch"),
        deliveries.c.state.not_in([DeliveryState.SUPPRESSED, DeliveryState.EXCLUDED]),
    )
    .order_by(deliveries.c.id)
)
"""The readers of a batch for whom its first call was made: those too whose copies are known by now."""

_GONE = (
    select(deliveries.c.id, _IS_BARRED)
    .outerjoin_from(deliveries, suppressions, suppressions.c.address_key == deliveries.c.address_key)
    .outerjoin(
        subscriptions,
        and_(
            subscriptions.c.newsletter == bindparam("newsletter"),
            subscriptions.c.subscriber_id == deliveries.c.subscriber_id,
        ),
    )
    .where(
        deliveries.c.id.between(bindparam("first"), bindparam("last")),
        or_(_IS_BARRED, subscriptions.c.state.is_distinct_from(SubscriptionState.ACTIVE)),
    )
)
"""Which of these deliveries are not to go out any more, and whether a suppression is the reason."""


def claim(connection: Connection, edition_id: int, *, worker: str, at: datetime, lease_seconds: float) -> Batch | None:
    """Move the first batch that waits to in_flight; None if there is none or the edition is not being sent."""
    asked = {"edition": edition_id, "at": at}
    while (waiting := connection.execute(_WAITING, asked).mappings().one_or_none()) is not None:
        attempt = waiting["attempt"] + 1
        lease = at + timedelta(seconds=lease_seconds)
        connection.execute(
            _TAKE,
            {
                "batch": waiting["id"],
                "state": BatchState.IN_FLIGHT,
                "attempt": attempt,
                "worker": worker,
                "lease_until": lease,
                "first_tried_at": waiting["first_tried_at"] or at,
                "due_at": None,
            },
        )
        is_replay = waiting["state"] == BatchState.UNCERTAIN  # the same key: the same readers
        wanted = connection.execute(_CALLED if is_replay else _READERS, {"batch": waiting["id"]})
        readers: Sequence[Reader] = list(map(Reader._make, wanted))
        if not waiting["was_tried"]:
            readers = _without_the_gone(connection, readers, waiting["newsletter"])
        if readers:
            connection.execute(
                insert(attempts), {"batch_id": waiting["id"], "attempt": attempt, "worker": worker, "started_at": at}
            )
            return Batch(
                id=waiting["id"],
                edition_id=edition_id,
                newsletter=waiting["newsletter"],
                day=waiting["day"],
                n=waiting["n"],
                attempt=attempt,
                readers=tuple(readers),
                serial=count_call(connection, at=at),
                is_replay=is_replay,
            )
        ended = {"state": BatchState.ABANDONED, "detail": NOBODY_LEFT, "settled_at": at}
        connection.execute(_TAKE, {"batch": waiting["id"], **ended})
    return None


def release_stale(
    engine: Engine,
    edition_id: int,
    *,
    at: datetime,
    is_alive: Callable[[str], bool | None],
) -> int:
    """Put in doubt the batches of workers that are dead, or unknown with their lease over; how many.

    `is_alive` is asked before the write lock is taken: it looks at files.
    """
    held = and_(batches.c.edition_id == edition_id, batches.c.state == BatchState.IN_FLIGHT)
    with reading(engine) as connection:
        rows = (
            connection.execute(
                select(batches.c.id, batches.c.attempt, batches.c.worker, batches.c.lease_until).where(held)
            )
            .mappings()
            .all()
        )
    alive = {worker: is_alive(worker) for worker in sorted({row["worker"] for row in rows})}
    stale = [row for row in rows if _is_stale(row, alive[row["worker"]], at)]
    if not stale:
        return 0
    with writing(engine) as connection:
        return sum(_release(connection, row, at=at) for row in stale)


def _is_stale(row: RowMapping, is_alive: bool | None, at: datetime) -> bool:
    """Whether the worker is dead, or nobody can say so and its lease is over, or is none that runs by our clock."""
    is_over = not at <= row["lease_until"] <= at + LONGEST_LEASE
    return is_alive is False or (is_alive is None and is_over)


def _without_the_gone(connection: Connection, readers: Sequence[Reader], newsletter: str) -> Sequence[Reader]:
    """Before the first call readers who have since been suppressed, or have left, are taken out and counted.

    Never later: a retry must send identical bytes (delivery.md, «The ledger», 4). One look at all of them; hardly ever
    is there one to be taken out.
    """
    if not readers:
        return readers
    asked = {"newsletter": newsletter, "first": readers[0].delivery_id, "last": readers[-1].delivery_id}
    out = {identity: _SUPPRESSED if barred else _LEFT for identity, barred in connection.execute(_GONE, asked)}
    if not out:
        return readers
    for identity in sorted(out.keys() & {reader.delivery_id for reader in readers}):
        connection.execute(update(deliveries).where(deliveries.c.id == identity).values(**out[identity]))
    return [reader for reader in readers if reader.delivery_id not in out]


def _release(connection: Connection, row: RowMapping, *, at: datetime) -> int:
    """Take one batch from its worker, unless it has settled it after all; 1 or 0. What was reported of it was taken."""
    detail = f"worker {row['worker']} ended in the middle of attempt {row['attempt']}"
    still_held = and_(
        batches.c.id == row["id"],
        batches.c.state == BatchState.IN_FLIGHT,
        batches.c.attempt == row["attempt"],
        batches.c.worker == row["worker"],
    )
    taken: int = connection.execute(
        update(batches).where(still_held).values(state=BatchState.UNCERTAIN, detail=detail, lease_until=None)
    ).rowcount
    if taken:
        reported = is_reported(connection, row["id"])
        connection.execute(
            update(attempts)
            .where(attempts.c.batch_id == row["id"], attempts.c.attempt == row["attempt"])
            .values(ended_at=at, outcome=BatchState.UNCERTAIN, detail=detail)
        )
        if reported:
            prove(connection, row["id"], at=at)
    return taken

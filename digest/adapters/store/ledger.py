"""The ledger: who gets what, in which call, and what became of it. Each verb is one short transaction."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy import Connection, Engine, and_, case, func, select

from digest.adapters.store import claiming, counting, doubting, preparing, settling
from digest.adapters.store.editions import PROGRAM, move_edition
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import batches, deliveries, editions
from digest.adapters.store.statements import off_index
from digest.model.books import Copy, Ending
from digest.model.mail import (
    Balance,
    Batch,
    BatchState,
    DeliveryState,
    Doubt,
    EditionState,
    Receipt,
    Trace,
)

_OPEN = (BatchState.READY, BatchState.IN_FLIGHT, BatchState.RETRYABLE, BatchState.UNCERTAIN, BatchState.ABSENT)
_UNDER_WAY = (EditionState.SENDING, EditionState.PAUSED)
_PAGE = 5_000


class SqlLedger:
    """`ports.Ledger` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def prepare(self, edition_id: int, *, list_domain: str, provider: str, batch_size: int, at: datetime) -> bool:
        """Freeze the audience, cut it into batches and move approved to sending; False when another run did."""
        with writing(self._engine) as connection:
            return preparing.prepare(
                connection, edition_id, list_domain=list_domain, provider=provider, batch_size=batch_size, at=at
            )

    def release_stale(self, edition_id: int, *, at: datetime, is_alive: Callable[[str], bool | None]) -> int:
        """Put in doubt the batches of workers that are dead, or unknown with their lease over; how many."""
        return claiming.release_stale(self._engine, edition_id, at=at, is_alive=is_alive)

    def claim(self, edition_id: int, *, worker: str, at: datetime, lease_seconds: float) -> Batch | None:
        """Move one waiting batch to in_flight, commit, return it; None if there is none."""
        with writing(self._engine) as connection:
            return claiming.claim(connection, edition_id, worker=worker, at=at, lease_seconds=lease_seconds)

    def settle(self, batch: Batch, receipt: Receipt, *, worker: str, at: datetime) -> bool:
        """Write down the provider's answer; False when this worker's claim was lost."""
        with writing(self._engine) as connection:
            known = doubting.weighed(connection, batch, receipt)
            return settling.settle(connection, batch, known, worker=worker, at=at)

    def doubts(self, edition_id: int) -> list[Doubt]:
        """Every uncertain batch, those sought longest ago first."""
        with reading(self._engine) as connection:
            return doubting.doubts(connection, edition_id)

    def replay(self, batch_id: str, *, at: datetime, until: datetime) -> bool:
        """Let an uncertain batch be claimed again between `at` and `until`; False when it is in doubt no longer."""
        with writing(self._engine) as connection:
            return doubting.replay(connection, batch_id, at=at, until=until)

    def trace(self, batch_id: str, found: Trace, *, at: datetime) -> bool:
        """Settle an uncertain batch by the provider's records; False when it stays in doubt, or no longer is."""
        with writing(self._engine) as connection:
            return doubting.trace(connection, batch_id, found, at=at)

    def handed_over(self, edition_id: int) -> int:
        """How many copies the provider has, or may have: accepted, under way, or in doubt."""
        with reading(self._engine) as connection:
            return counting.handed_over(connection, edition_id)

    def calls(self) -> int:
        """How many calls were ever claimed in this database."""
        with reading(self._engine) as connection:
            return counting.calls(connection)

    def untried(self, edition_id: int) -> list[str]:
        """The first batch of an edition that was never tried; none where all were."""
        with reading(self._engine) as connection:
            return doubting.untried(connection, edition_id)

    def waiting(self, edition_id: int) -> list[str]:
        """Every batch that is to be handed over, in order, but those that were distrusted before."""
        with reading(self._engine) as connection:
            return doubting.waiting(connection, edition_id)

    def distrust(self, edition_id: int, *, at: datetime) -> int:
        """Put every batch of the edition that waits in doubt; how many."""
        with writing(self._engine) as connection:
            return doubting.distrust(connection, edition_id, detail=preparing.MAY_BE_OUT, at=at)

    def note_loss(self, *, made: int, until: date, at: datetime) -> int:
        """Put all that waits in doubt, and whatever is prepared for days up to `until`; how many batches."""
        with writing(self._engine) as connection:
            counting.note_loss(connection, made=made, until=until, at=at)
            under_way = select(editions.c.id).where(editions.c.state.in_(_UNDER_WAY))
            return sum(
                doubting.distrust(connection, each, detail=preparing.MAY_BE_OUT, at=at)
                for each in connection.execute(under_way).scalars().all()
            )

    def resume(self, edition_id: int, *, by: str, at: datetime) -> bool:
        """Move a paused edition to sending, with a new send window for what waits; False when it is not paused."""
        with writing(self._engine) as connection:
            if not _end_pause(connection, edition_id, to=EditionState.SENDING, by=by, reason="resumed", at=at):
                return False
            settling.renew(connection, edition_id, at=at)
            return True

    def cancel(self, edition_id: int, *, by: str, reason: str, at: datetime) -> bool:
        """Give up what has no answer and move a paused edition to cancelled, at once; False while calls are made."""
        with writing(self._engine) as connection:
            if settling.is_under_way(connection, edition_id) or not _end_pause(
                connection, edition_id, to=EditionState.CANCELLED, by=by, reason=reason, at=at
            ):
                return False
            settling.cancel(connection, edition_id, by=by, at=at)
            return True

    def resolve(self, batch_id: str, *, accepted: bool, by: str, at: datetime) -> bool:
        """An operator's word on an uncertain batch: accepted, or absent (which makes it retryable)."""
        with writing(self._engine) as connection:
            return doubting.resolve(connection, batch_id, accepted=accepted, by=by, at=at)

    def abandon_open(self, edition_id: int, *, before: datetime, at: datetime) -> int:
        """Give up retryable and uncertain batches first tried before `before`: how many readers may have missed it."""
        with writing(self._engine) as connection:
            return settling.abandon_open(connection, edition_id, before=before, at=at)

    def open_batches(self, edition_id: int) -> list[tuple[str, BatchState, str]]:
        """(batch id, state, detail) of every batch that is not closed, in order."""
        wanted = (
            select(batches.c.id, batches.c.state, batches.c.detail)
            .where(batches.c.edition_id == edition_id, batches.c.state.in_(_OPEN))
            .order_by(batches.c.n)
        )
        with reading(self._engine) as connection:
            return [(row.id, BatchState(row.state), row.detail) for row in connection.execute(wanted)]

    def next_due(self, edition_id: int) -> datetime | None:
        """The instant at which the next retryable batch may be tried again; None when there is none."""
        retryable = (batches.c.edition_id == edition_id) & (batches.c.state == BatchState.RETRYABLE)
        with reading(self._engine) as connection:
            due: datetime | None = connection.execute(select(func.min(batches.c.due_at)).where(retryable)).scalar()
        return due

    def balance(self, edition_id: int) -> Balance:
        """The books of the edition as they stand."""
        with reading(self._engine) as connection:
            return _balance(connection, edition_id)

    def close(self, edition_id: int, *, at: datetime) -> bool:
        """Move sending to its end if, in the same transaction, the balance is exact; else False."""
        with writing(self._engine) as connection:
            books = _balance(connection, edition_id)
            return books.is_exact and move_edition(
                connection,
                edition_id,
                expected=[EditionState.SENDING],
                to=EditionState.FAILED if books.is_failure else EditionState.SENT,
                by=PROGRAM,
                reason="",
                at=at,
            )

    def deliveries(self, edition_id: int) -> Iterator[Copy]:
        """Every candidate's line of the books, by delivery id.

        Read a page at a time, each in a transaction of its own: a slow reader holds nobody up.
        """
        start = self._first_delivery(edition_id)
        while start is not None and (page := self._page(edition_id, start=start)):
            yield from page
            start = page[-1].delivery_id + 1

    def endings(self, edition_id: int) -> list[Ending]:
        """How many copies ended how, and why; those that are open among them."""
        alike = (deliveries.c.state, deliveries.c.reason)
        counted = select(*alike, func.count()).where(deliveries.c.edition_id == edition_id).group_by(*alike)
        with reading(self._engine) as connection:
            found = [
                Ending(state=DeliveryState(row[0]), reason=row[1], copies=row[2]) for row in connection.execute(counted)
            ]
        order = list(DeliveryState)
        return sorted(found, key=lambda ending: (order.index(ending.state), -ending.copies, ending.reason))

    def _first_delivery(self, edition_id: int) -> int | None:
        """The edition's first delivery; None when it has none."""
        with reading(self._engine) as connection:
            first: int | None = connection.scalar(
                select(func.min(deliveries.c.id)).where(deliveries.c.edition_id == edition_id)
            )
        return first

    def _page(self, edition_id: int, *, start: int) -> list[Copy]:
        """The next candidates by id, from `start` on."""
        columns = ("id", "address", "state", "reason", "batch_id", "feedback")
        shares = and_(deliveries.c.state == DeliveryState.ACCEPTED, deliveries.c.reference == "")
        reference = case((shares, batches.c.reference), else_=deliveries.c.reference).label("reference")
        wanted = (
            select(*(deliveries.c[name] for name in columns), reference)
            .outerjoin_from(deliveries, batches, batches.c.id == deliveries.c.batch_id)
            .where(off_index(deliveries.c.edition_id) == edition_id, deliveries.c.id >= start)
            .order_by(deliveries.c.id)
            .limit(_PAGE)
        )
        with reading(self._engine) as connection:
            return [
                Copy(
                    delivery_id=row.id,
                    address=row.address,
                    state=DeliveryState(row.state),
                    reason=row.reason,
                    batch_id=row.batch_id or "",
                    reference=row.reference or "",
                    feedback=row.feedback,
                )
                for row in connection.execute(wanted)
            ]


def _end_pause(
    connection: Connection, edition_id: int, *, to: EditionState, by: str, reason: str, at: datetime
) -> bool:
    return move_edition(connection, edition_id, expected=[EditionState.PAUSED], to=to, by=by, reason=reason, at=at)


def _balance(connection: Connection, edition_id: int) -> Balance:
    """Count copies and batches by state."""
    copies: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    for table, counter in ((deliveries, copies), (batches, calls)):
        by_state = select(table.c.state, func.count()).where(table.c.edition_id == edition_id).group_by(table.c.state)
        counter.update({row[0]: row[1] for row in connection.execute(by_state)})
    return Balance(
        candidates=copies.total(),
        **{state.value: copies[state] for state in DeliveryState},
        batches=calls.total(),
        open_batches=sum(calls[state] for state in _OPEN),
        uncertain_batches=calls[BatchState.UNCERTAIN],
    )

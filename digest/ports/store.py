"""The door to the memory between runs. It holds no rules; every instant comes in as an argument (aware, UTC)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from digest.model.decision import Decided
from digest.model.edition import Edition
from digest.model.mail import (
    Alert,
    Balance,
    Batch,
    BatchState,
    DeliveryState,
    Doubt,
    EditionRecord,
    EditionState,
    Email,
    Receipt,
    Subscriber,
)
from digest.model.story import Told


class EditionStore(Protocol):
    """Editions, their frozen bytes and their history. Every change of state is compare-and-set."""

    def find(self, newsletter: str, day: date) -> EditionRecord | None:
        """The edition of one newsletter on one local day."""
        ...

    def get(self, edition_id: int) -> EditionRecord:
        """The edition with this id; StoreError when there is none."""
        ...

    def latest(self, newsletter: str) -> EditionRecord | None:
        """The edition with the latest day."""
        ...

    def days(self, newsletter: str) -> list[tuple[date, EditionState]]:
        """The days that have an edition, with its state, latest first."""
        ...

    def last_sent(self, newsletter: str, *, before: date) -> EditionRecord | None:
        """The latest edition before `before` that reached readers (sending, paused or sent)."""
        ...

    def unfinished(self) -> list[EditionRecord]:
        """Editions that are draft, approved, sending or paused, oldest day first."""
        ...

    def create(
        self,
        edition: Edition,
        edition_json: str,
        email: Email | None,
        *,
        state: EditionState,
        reason: str,
        at: datetime,
    ) -> bool:
        """Insert the day's edition (draft or empty); False when another run was first."""
        ...

    def replace_draft(
        self,
        edition_id: int,
        edition: Edition,
        edition_json: str,
        email: Email | None,
        *,
        expected: EditionState,
        state: EditionState,
        reason: str,
        at: datetime,
        drafted_json: str = "",
        seen_json: str | None = None,
    ) -> bool:
        """Replace the content of an edition that is still in the state `expected`; False when it no longer is.

        `drafted_json` is the judgement before any editor's decision, empty where none stands. Where `seen_json` is
        given, that must still be the edition's content: somebody may have decided something meanwhile.
        """
        ...

    def approve(
        self,
        edition_id: int,
        email: Email,
        *,
        expected: EditionState,
        sha256: str,
        by: str,
        reason: str,
        at: datetime,
    ) -> bool:
        """Freeze these bytes and move the edition to approved.

        False when it is no longer in the state `expected`, or when its draft has been replaced meanwhile.
        """
        ...

    def move(
        self, edition_id: int, *, expected: Iterable[EditionState], to: EditionState, by: str, reason: str, at: datetime
    ) -> bool:
        """Compare-and-set of the state, with a row in the history; False when it was not in `expected`."""
        ...

    def told(self, newsletter: str, *, before: date, editions: int = 7) -> list[Told]:
        """What the last `editions` sent editions before `before` told, newest first."""
        ...

    def history(self, edition_id: int) -> list[tuple[datetime, str, str, str]]:
        """(when, who, what, why) of every decision on the edition, oldest first."""
        ...

    def decide(
        self,
        seen: EditionRecord,
        decided: Decided,
        *,
        what: str,
        edition: Edition,
        edition_json: str,
        drafted_json: str,
        email: Email | None,
        state: EditionState,
        reason: str,
    ) -> bool:
        """Add an editor's decision to the log, and put what it leads to in place of what was `seen`; one transaction.

        When the edition was drafted stays as it was. False when its state or its content is another by now.
        """
        ...

    def decisions(self, edition_id: int) -> list[Decided]:
        """Every decision of editors on the edition, undone ones and undos too, numbered from 1 in their order."""
        ...

    def regroupings(self, *, besides: int) -> list[list[Decided]]:
        """The whole log of each edition, but the one with the id `besides`, in which stories were split or merged."""
        ...


class Ledger(Protocol):
    """Who gets what, in which call, and what became of it (docs: «The ledger»)."""

    def prepare(self, edition_id: int, *, provider: str, batch_size: int, at: datetime) -> bool:
        """Freeze the audience, cut it into batches, mark `prepared_at` last, move approved to sending: one transaction.

        False when another run did it first. Readers whose address is suppressed are candidates too,
        and end as suppressed; nobody is silently missing.
        """
        ...

    def release_stale(self, edition_id: int, *, at: datetime, is_alive: Callable[[str], bool | None]) -> int:
        """Take batches in flight from workers that are dead, or unknown with their lease over: they are uncertain.

        Returns how many.
        """
        ...

    def doubts(self, edition_id: int) -> list[Doubt]:
        """Every uncertain batch, in order."""
        ...

    def replay(self, batch_id: str, *, at: datetime) -> bool:
        """Let an uncertain batch be handed over again from `at` on, the same bytes under the same key."""
        ...

    def trace(self, batch_id: str, *, was_found: bool, at: datetime) -> bool:
        """Settle an uncertain batch by the provider's records: accepted, or absent (then an operator says what now)."""
        ...

    def claim(
        self, edition_id: int, *, worker: str, at: datetime, lease_seconds: float, link: Callable[[int], str]
    ) -> Batch | None:
        """Move one batch that is ready (or retryable and due) to in_flight, commit, return it; None if there is none.

        On the first attempt readers who have since been suppressed or have left are taken out
        (and counted); a batch left with no reader is closed at once and the next one is tried.
        """
        ...

    def settle(self, batch: Batch, receipt: Receipt, *, worker: str, at: datetime) -> bool:
        """Write down the provider's answer; False when this worker's claim was lost (fencing by worker and attempt)."""
        ...

    def calls(self) -> int:
        """How many calls were ever claimed in this database."""
        ...

    def untouched(self, edition_id: int) -> str:
        """The first batch of a prepared edition of which nothing was tried yet; empty where something was."""
        ...

    def distrust(self, edition_id: int, *, at: datetime) -> int:
        """Put every batch of the edition that waits in doubt, its key not to be used again; how many."""
        ...

    def note_loss(self, *, made: int, until: date, at: datetime) -> int:
        """The database is older than calls that were made: `made` is their number.

        Every batch that waits is put in doubt, and so is whatever will be prepared for days up to `until`. Returns how
        many batches.
        """
        ...

    def cancel(self, edition_id: int, *, by: str, reason: str, at: datetime) -> bool:
        """Give up every copy of a paused edition that has no answer, and move it to cancelled: one transaction.

        False while calls are under way, or when it is no longer paused.
        """
        ...

    def resolve(self, batch_id: str, *, accepted: bool, by: str, at: datetime) -> bool:
        """An operator's word on an uncertain batch: accepted, or absent (which makes it retryable)."""
        ...

    def abandon_open(self, edition_id: int, *, before: datetime, at: datetime) -> int:
        """Give up retryable and uncertain batches first tried before `before`: how many readers may have missed it."""
        ...

    def open_batches(self, edition_id: int) -> list[tuple[str, BatchState, str]]:
        """(batch id, state, detail) of every batch that is not closed, in order."""
        ...

    def next_due(self, edition_id: int) -> datetime | None:
        """The instant at which the next retryable batch may be tried again; None when there is none."""
        ...

    def balance(self, edition_id: int) -> Balance:
        """The books of the edition as they stand."""
        ...

    def close(self, edition_id: int, *, at: datetime) -> bool:
        """Move sending to sent if, in the same transaction, the balance is exact; else False."""
        ...

    def deliveries(self, edition_id: int) -> Iterator[tuple[int, str, DeliveryState, str]]:
        """(delivery id, address, state, reason) of every candidate, by id."""
        ...


class ReaderStore(Protocol):
    """Readers, what they asked for, and who must never be written to."""

    def preview_import(self, subscribers: Sequence[Subscriber]) -> Mapping[str, int]:
        """Counts of what `import_subscribers` would do: new, changed, unchanged, suppressed."""
        ...

    def import_subscribers(self, subscribers: Sequence[Subscriber], *, at: datetime) -> Mapping[str, int]:
        """Insert or update by normalised address in one transaction; revives nobody who left or was suppressed."""
        ...

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Readers by newsletter and state."""
        ...

    def subscription(self, delivery_id: int) -> tuple[str, str] | None:
        """(newsletter, state of the subscription) behind one delivery; None when there is no such delivery."""
        ...

    def unsubscribe(self, delivery_id: int, *, at: datetime) -> bool:
        """End the subscription behind one delivery; idempotent; False when there is no such delivery."""
        ...

    def suppress(self, address: str, *, reason: str, at: datetime) -> bool:
        """Never write to this address again, whether it is a reader's or not; False when that stood already."""
        ...


class AlertStore(Protocol):
    """Alerts, so that each is told once, and again until it could be told."""

    def record(self, alert: Alert) -> bool:
        """Write an alert down; False when its key stands already."""
        ...

    def untold(self) -> list[Alert]:
        """The alerts that nobody has been told of yet, oldest first."""
        ...

    def mark_told(self, key: str, *, at: datetime) -> None:
        """Somebody has been told."""
        ...

    def standing(self) -> frozenset[str]:
        """The keys of all alerts that have rung and are not forgotten."""
        ...

    def forget(self, key: str) -> bool:
        """The trouble is over: the same key may ring again. True when it had rung."""
        ...


class FactStore(Protocol):
    """Single things that were once seen to be so, by their name."""

    def note(self, name: str, value: str, *, at: datetime) -> None:
        """Remember the value, in place of an earlier one."""
        ...

    def value(self, name: str) -> str:
        """The value noted last, or an empty string."""
        ...

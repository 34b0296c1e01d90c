"""The door to the memory between runs. It holds no rules; every instant comes in as an argument (aware, UTC)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from digest.model.decision import Decided
from digest.model.edition import Edition
from digest.model.mail import Alert, EditionRecord, EditionState, Email
from digest.model.reader import Subscriber
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

    def mark_told(self, alert: Alert, *, at: datetime) -> None:
        """Somebody has been told of this one; another that has its key by now has not been."""
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

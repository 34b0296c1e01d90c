"""The door to the ledger. It holds no rules; every instant comes in as an argument (aware, UTC)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Protocol

from digest.model.books import Copy, Ending
from digest.model.mail import Balance, Batch, BatchState, Doubt, Receipt, Trace


class Ledger(Protocol):
    """Who gets what, in which call, and what became of it (docs: «The ledger»)."""

    def prepare(self, edition_id: int, *, list_domain: str, provider: str, batch_size: int, at: datetime) -> bool:
        """Freeze the audience, cut it into batches, mark `prepared_at` last, move approved to sending: one transaction.

        `list_domain` makes the batches' names this newsroom's own, should it share the provider's account with others.
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
        """Every uncertain batch, those first that were sought longest ago in the provider's records, or never."""
        ...

    def replay(self, batch_id: str, *, at: datetime, until: datetime) -> bool:
        """Let an uncertain batch be claimed again between `at` and `until`, the same bytes under the same key.

        It stays in doubt, whatever the claim comes to, until it was accepted or rejected.
        """
        ...

    def trace(self, batch_id: str, found: Trace, *, at: datetime) -> bool:
        """Settle an uncertain batch by the provider's records: accepted, or absent (then an operator says what now).

        False where it stays in doubt, as what the records cannot tell does. Where they tell copy by copy, the copies
        that are there are accepted, and the batch is absent with the others.
        """
        ...

    def claim(self, edition_id: int, *, worker: str, at: datetime, lease_seconds: float) -> Batch | None:
        """Move one batch that is ready (or retryable and due) to in_flight, commit, return it; None if there is none.

        On the first attempt readers who have since been suppressed or have left are taken out
        (and counted); a batch left with no reader is closed at once and the next one is tried. A replay has all readers
        of the first call, also those whose copies are known by now: its bytes are the same.
        """
        ...

    def settle(self, batch: Batch, receipt: Receipt, *, worker: str, at: datetime) -> bool:
        """Write down the provider's answer; False when this worker's claim was lost (fencing by worker and attempt)."""
        ...

    def handed_over(self, edition_id: int) -> int:
        """How many copies the provider has, or may have: accepted, under way, or in doubt."""
        ...

    def calls(self) -> int:
        """How many calls were ever claimed in this database."""
        ...

    def untried(self, edition_id: int) -> list[str]:
        """The first batch of an edition that was never tried; none where all were."""
        ...

    def waiting(self, edition_id: int) -> list[str]:
        """Every batch that is to be handed over, in order, but those that were distrusted before."""
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

    def resume(self, edition_id: int, *, by: str, at: datetime) -> bool:
        """Move a paused edition back to sending and begin the send window of what waits anew: one transaction.

        False when it is not (or no longer) paused.
        """
        ...

    def cancel(self, edition_id: int, *, by: str, reason: str, at: datetime) -> bool:
        """Give up every copy of a paused edition that has no answer, and move it to cancelled: one transaction.

        False, and nothing is changed, while calls are under way, or when it is no longer paused.
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
        """Move sending to sent, or failed where nobody was served, if in that transaction the balance is exact."""
        ...

    def deliveries(self, edition_id: int) -> Iterator[Copy]:
        """Every candidate's line of the books, by delivery id."""
        ...

    def endings(self, edition_id: int) -> list[Ending]:
        """How many copies ended how, and why; those that are open among them."""
        ...

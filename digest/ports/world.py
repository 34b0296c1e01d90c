"""The doors to the feeds and the mail, and the tools around them; no port reads the clock but `Clock`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from digest.model.feed import FetchAnswer, FetchRequest
from digest.model.feedback import Event
from digest.model.mail import (
    Alert,
    Email,
    Envelope,
    Receipt,
    Recipient,
    Trace,
)

Task = TypeVar("Task")
Made = TypeVar("Made")

Clock = Callable[[], datetime]
"""The only source of «now», built in `app`."""

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) as work goes on; drawing it is the caller's affair."""


class Fetcher(Protocol):
    """The door to the feeds."""

    def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
        """Yield exactly one answer per request, in order of arrival; never raises for a feed's sake.

        A request for which no time is left is answered as well: with a FetchFailure that says so.
        """
        ...


class Workers(Protocol):
    """Processes for work that holds the interpreter's lock, such as parsing."""

    def map(self, function: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        """Yield (task, result or the exception that ended it), in order of completion.

        `function` is a module-level function and tasks and results can be pickled. Tasks are
        taken from the iterator as they come, so that parsing overlaps with fetching.
        """
        ...


class Calls(Protocol):
    """Several calls under way at a time, from one line of work."""

    def map(
        self, function: Callable[[Task], Made], tasks: Iterable[Task], *, at_once: int, per_second: float
    ) -> Iterator[tuple[Task, Made]]:
        """Yield (task, result) in order of completion, with at most `at_once` under way.

        A task is taken from the iterator when it can be begun, and not more often than `per_second` (0: any number).
        What `function` raises is raised once every call under way has ended and its result has been given.
        """
        ...


Interrupts = Callable[[], AbstractContextManager[Callable[[], bool]]]
"""While its context lasts, signals to end wait; the function it gives says whether one has come."""


class Provider(Protocol):
    """The door to the mail. `payload` and `events` are pure; `submit`, `search` and `pull` do the I/O.

    `connections` is how many calls may be under way at once (from as many threads), `per_second` how many may begin in
    a second (0 is any number). `replay_for` is how long after a first attempt the provider knows its key and takes no
    second copy (nothing: it has no keys); `search_after` how long after an attempt its records are complete (None: they
    cannot be searched).
    """

    name: str
    batch_size: int
    connections: int
    per_second: float
    replay_for: timedelta
    search_after: timedelta | None
    is_real: bool

    def fits(self, email: Email) -> int:
        """How many copies of this letter one call may have by its bytes; `batch_size` is the most of any letter."""
        ...

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> object:
        """What will be handed over: the same arguments give the same bytes."""
        ...

    def submit(self, payload: object) -> Receipt:
        """Hand it over once; never retries by itself and never raises for what the network does."""
        ...

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Say whether the provider's records know a batch by its tag; unknown where they cannot be read.

        A part of it can be known only where every copy has an answer of its own.
        """
        ...

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """What a call of the provider's says happened; the proof is looked at first, in constant time.

        `headers` have names in small letters. Raises Unproven for what the provider did not sign (or did too long
        before `now`), and for everything where no proof is set up or the provider makes no calls; ValueError for what
        is signed and unreadable. An event of a kind that is not known comes as unknown.
        """
        ...

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Ask the provider what happened from `since` on, page after page, oldest first as far as it can be.

        Raises ProviderMisused where there is nothing to ask, and Unreachable when it does not answer as it should.
        """
        ...


class Notifier(Protocol):
    """A command or a webhook that tells somebody."""

    def notify(self, alert: Alert) -> str:
        """Returns an empty string, or what went wrong in telling."""
        ...


class Camera(Protocol):
    """A browser that looks at a letter."""

    def picture(self, html: str, *, width: int, dark: bool = False) -> bytes:
        """The page as PNG, `width` CSS pixels wide and as tall as it is; no script runs and nothing is fetched.

        Raises PictureFailed when there is no browser, or when it does not do what it is asked.
        """
        ...


class HighWater(Protocol):
    """The number of the last call that was made, kept beside the database: a restored database knows fewer."""

    def read(self) -> int | None:
        """The highest number ever told; None where nobody ever told one, or what is there is no number."""
        ...

    def raise_to(self, number: int) -> None:
        """Keep this number, unless a higher one stands; called after the claim is committed, before the call."""
        ...


class WorkerRegistry(Protocol):
    """Who is at work on this machine, so that a dead worker's batches can be taken over at once."""

    name: str

    def turn(self, what: str) -> AbstractContextManager[None]:
        """Wait until nobody else on this machine is at `what`, and keep others waiting until the context ends."""
        ...

    def is_alive(self, worker: str) -> bool | None:
        """True or False for a worker of this machine, None when it cannot be known from here."""
        ...

"""One fake per port, with verbs. The store's fake is the real store, on SQLite in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from digest.errors import ProviderMisused, Unproven, Unreachable
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest, Wanted
from digest.model.feedback import Event
from digest.model.mail import Alert, Email, Envelope, Outcome, Receipt, Recipient, Trace

Task = TypeVar("Task")
Made = TypeVar("Made")


class FakeClock:
    """Stands still until it is told to move."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def moves_to(self, text: str) -> None:
        self.now = datetime.fromisoformat(text)

    def moves_on(self, **given: float) -> None:
        self.now += timedelta(**given)


MEDIA_TYPES = {
    Wanted.FEED: "application/rss+xml",
    Wanted.PAGE: "text/html; charset=utf-8",
    Wanted.ROBOTS: "text/plain",
}


@dataclass
class FakeFetcher:
    """Serves what it was given; every address it does not know fails."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: list[FetchRequest] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    failures: dict[str, FetchFailure] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)

    def serves(self, url: str, body: str) -> None:
        self.bodies[url] = body.encode()
        self.failures.pop(url, None)

    def answers_gone(self, url: str) -> None:
        self._fails(url, "answered 410 Gone", status=410)

    def asks_for_patience(self, url: str, seconds: float) -> None:
        self._fails(url, "answered 429 Too Many Requests", status=429, retry_after=seconds)

    def breaks_down(self, url: str, *, seconds: float = 0.1) -> None:
        self._fails(url, "answered 503 Service Unavailable", status=503, seconds=seconds)

    def moves_for_good(self, url: str, to: str) -> None:
        """Redirect permanently, and serve there what was served here."""
        self.moves[url] = to
        self.bodies[to] = self.bodies.pop(url)

    def _fails(self, url: str, error: str, **given: float) -> None:
        self.failures[url] = FetchFailure(source_id="", url=url, error=error, **{"seconds": 0.1, **given})  # type: ignore[arg-type]

    def falls_silent(self, url: str) -> None:
        self.silent.add(url)

    def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
        for request in requests:
            self.asked.append(request)
            yield self._answer(request)

    def _answer(self, request: FetchRequest) -> FetchAnswer:
        if request.url in self.silent:
            error = "no answer within the time allowed"
            return FetchFailure(source_id=request.source_id, url=request.url, error=error, seconds=0.0)
        if request.url in self.failures:
            return replace(self.failures[request.url], source_id=request.source_id)
        url = self.moves.get(request.url, request.url)
        body = self.bodies.get(url)
        if body is None:
            return FetchFailure(
                source_id=request.source_id, url=request.url, error="answered 404 Not Found", seconds=0.1, status=404
            )
        tag = f'"{hash(body)}"'
        is_known = request.etag == tag
        return Document(
            source_id=request.source_id,
            asked=request.url,
            url=url,
            moved_to=self.moves.get(request.url, ""),
            status=304 if is_known else 200,
            body=b"" if is_known else body,
            content_type=MEDIA_TYPES[request.wanted],
            etag=tag,
            last_modified="",
            seconds=0.1,
        )


class InlineWorkers:
    """Does the work on the spot."""

    def map(self, function: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        for task in tasks:
            try:
                made: Made | Exception = function(task)
            except Exception as error:  # noqa: BLE001 - the port's contract: whatever ended the task is its result
                made = error
            yield task, made


class InlineCalls:
    """Makes each call when its result is wanted."""

    def map(
        self, function: Callable[[Task], Made], tasks: Iterable[Task], *, at_once: int, per_second: float
    ) -> Iterator[tuple[Task, Made]]:
        assert at_once >= 1
        assert per_second >= 0
        return ((task, function(task)) for task in tasks)


class TogetherCalls:
    """Makes every call before the first result is handed on."""

    def map(
        self, function: Callable[[Task], Made], tasks: Iterable[Task], *, at_once: int, per_second: float
    ) -> Iterator[tuple[Task, Made]]:
        assert at_once >= 1
        assert per_second >= 0
        return iter([(task, function(task)) for task in tasks])


@dataclass
class FakeInterrupts:
    """Hears a signal when it is told to."""

    came: bool = False
    contexts: int = 0

    @contextmanager
    def __call__(self) -> Iterator[Callable[[], bool]]:
        self.contexts += 1
        yield lambda: self.came


@dataclass(frozen=True, kw_only=True)
class _Payload:
    email: Email
    tag: str
    addresses: tuple[str, ...]


@dataclass
class FakeProvider:
    """Keeps a log of what it accepted; its next answers can be scripted."""

    name: str = "fake"
    batch_size: int = 2
    largest_call: int = 0
    impossible: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    refuses_all: bool = False
    refuses_all_after_script: bool = False
    most_built: int = 1000
    connections: int = 1
    per_second: float = 0.0
    told: list[Event] = field(default_factory=list)
    silent_after: int | None = None
    replay_for: timedelta = timedelta(0)
    search_after: timedelta | None = None
    records: dict[str, Trace] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asked_since: list[datetime] = field(default_factory=list)
    is_real: bool = False
    accepted: list[tuple[str, str]] = field(default_factory=list)
    links: dict[int, str] = field(default_factory=dict)
    emails: list[Email] = field(default_factory=list)
    script: list[Receipt | Exception] = field(default_factory=list)

    def answers(self, *receipts: Receipt | Exception) -> None:
        self.script += receipts

    def refuses_to_build(self, error: Exception) -> None:
        self.script.append(error)

    def fits(self, email: Email) -> int:
        return self.largest_call // (len(email.html) + len(email.text)) if self.largest_call else self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> object:
        del envelope
        if self.script and isinstance(self.script[0], Exception):
            raise self.script.pop(0)  # type: ignore[misc]
        if len(recipients) > self.most_built:
            raise ProviderMisused(f"{len(recipients)} readers are too many bytes.")
        self.links.update({recipient.delivery_id: recipient.unsubscribe_url for recipient in recipients})
        if wrong := sorted(self.impossible & {recipient.address for recipient in recipients}):
            raise ProviderMisused(f"{wrong[0]} is no address.")
        return _Payload(email=email, tag=tag, addresses=tuple(recipient.address for recipient in recipients))

    def submit(self, payload: object) -> Receipt:
        assert isinstance(payload, _Payload)
        email, tag, addresses = payload.email, payload.tag, payload.addresses
        if self.refuses_all or (self.refuses_all_after_script and not self.script):
            return Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no such letter")
        if self.refused.intersection(addresses):
            return Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no such address")
        receipt = self.script.pop(0) if self.script else Receipt(outcome=Outcome.ACCEPTED, reference="1")
        assert isinstance(receipt, Receipt)
        if receipt.outcome is Outcome.ACCEPTED:
            self.emails.append(email)
            self.accepted += [(tag, address) for address in addresses]
        return receipt

    def search(self, tag: str, *, since: datetime) -> Trace:
        self.asked.append(tag)
        self.asked_since.append(since)
        return self.records.get(tag, Trace.UNKNOWN)

    def tells(self, *events: Event) -> None:
        self.told += events

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        del body, now
        if headers.get("proof") != "good":
            raise Unproven("no proof")
        return tuple(self.told)

    def fails_after(self, events: int | None) -> None:
        self.silent_after = events

    def pull(self, *, since: datetime) -> Iterator[Event]:
        for number, event in enumerate(event for event in self.told if event.at >= since):
            if number == self.silent_after:
                raise Unreachable("fake: HTTP 500")
            yield event

    @property
    def copies(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for tag, address in self.accepted:
            if not tag.startswith("proof-"):
                counts[address] = counts.get(address, 0) + 1
        return counts


@dataclass
class FakeNotifier:
    """Hears alerts, or fails to."""

    heard: list[Alert] = field(default_factory=list)
    trouble: str = ""

    def fails(self, trouble: str) -> None:
        self.trouble = trouble

    def notify(self, alert: Alert) -> str:
        self.heard.append(alert)
        return self.trouble

    @property
    def kinds(self) -> list[str]:
        return [alert.kind for alert in self.heard]


@dataclass
class FakeHighWater:
    """A number beside the database."""

    number: int | None = None

    def read(self) -> int | None:
        return self.number

    def raise_to(self, number: int) -> None:
        self.number = max(self.number or 0, number)


@dataclass
class FakeRegistry:
    """Knows which workers live."""

    name: str = "me"
    dead: set[str] = field(default_factory=set)
    turns: list[str] = field(default_factory=list)

    def buries(self, worker: str) -> None:
        self.dead.add(worker)

    def is_alive(self, worker: str) -> bool | None:
        return worker not in self.dead

    @contextmanager
    def turn(self, what: str) -> Iterator[None]:
        self.turns.append(what)
        yield

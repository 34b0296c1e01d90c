"""A request -> the provider's answer, with everything accepted written down first, and the rule that spoils it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock

from digest.errors import ScriptError
from digest.simulator.clock import Clock
from digest.simulator.dialect import Dialect, copies_but
from digest.simulator.exchange import Accepted, Answer, Failure, Letter, Refused, Request, Submission
from digest.simulator.faults import Faults
from digest.simulator.log import Log
from digest.simulator.records import LogRecords
from digest.simulator.retry_after import retry_after
from digest.simulator.script import Do, Rule, Script

Validate = Callable[[Request], None]
"""Raises Refused for a request that the provider's specification does not allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said (None: nothing), and the rule by which it is said badly."""

    answer: Answer | None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it is remembered: `status` is what was said or would have been, `fault` what was done instead."""

    number: int
    at: datetime
    method: str
    path: str
    status: int
    accepted: int
    fault: str
    refused: str


class Office:
    """Where calls are taken. Threads may call it at once; what is written is written one at a time."""

    def __init__(
        self,
        dialect: Dialect,
        *,
        log: Log,
        clock: Clock,
        run: str,
        thorough: bool = True,
        validate: Validate | None = None,
        told: Callable[[Accepted], None] | None = None,
        keep: Callable[[int, Iterable[Letter]], None] | None = None,
    ) -> None:
        """`run` makes ids unique among runs; `told` hears of every acceptance once it is written down.

        `keep` is handed the number of every call that was accepted, and what its readers would see.
        """
        self.dialect = dialect
        self.log = log
        self.clock = clock
        self.calls: list[Call] = []
        self._run = run
        self._thorough = thorough
        self._validate = validate
        self.told = told
        self._keep = keep
        self._faults = Faults(Script())
        self._arrived = 0
        self._busy_keys: set[str] = set()
        self._lock = Lock()

    @property
    def script(self) -> Script:
        """What is played now."""
        return self._faults.script

    def play(self, script: Script) -> None:
        """Begin a script: no rule of it was used yet.

        Raises:
            ScriptError: for a partial success of a provider that knows none.

        """
        if not self.dialect.failures and any(rule.do is Do.PARTIAL for rule in script.rules):
            raise ScriptError(
                f"{self.dialect.name} takes a call as a whole, and partial fails a part of it.",
                mend="use status, or another provider.",
            )
        with self._lock:
            self._faults = Faults(script)

    def reset(self) -> None:
        """Forget every call, acceptance and key; the script begins anew."""
        with self._lock:
            self.log.clear()
            self.calls.clear()
            self._arrived = 0
            self._faults = Faults(self._faults.script)

    def records(self) -> LogRecords:
        """What is on record now."""
        return LogRecords(log=self.log, script=self.script, now=self.clock.now())

    def refusal(self) -> Rule | None:
        """The rule by which the next call is to find nobody listening."""
        with self._lock:
            return self._faults.refusal(self._arrived + 1)

    def arrive(self) -> tuple[int, Rule | None]:
        """Number a call that begins, and the rule that ends it unread."""
        with self._lock:
            self._arrived += 1
            return self._arrived, self._faults.unread(self._arrived)

    def handle(self, request: Request, number: int, *, pause: Callable[[], None]) -> Reply:
        """Take a call that hands mail over; `pause` is made once before it is accepted and once after."""
        reply, accepted, refused = self._handled(request, number, pause)
        self.note(request, number, reply, accepted=accepted, refused=refused)
        return reply

    def note(self, request: Request, number: int, reply: Reply, *, accepted: int = 0, refused: str = "") -> None:
        """Remember a call."""
        self.calls.append(
            Call(
                number=number,
                at=self.clock.now(),
                method=request.method,
                path=request.path,
                status=reply.answer.status if reply.answer else 0,
                accepted=accepted,
                fault=reply.rule.do.value if reply.rule else "",
                refused=refused,
            )
        )

    def list(self, request: Request) -> Answer:
        """Answer any other request."""
        try:
            if self._validate:
                self._validate(request)
            return self.dialect.listed(request, self.records())
        except Refused as refused:
            return self.dialect.refused(refused)

    def _handled(self, request: Request, number: int, pause: Callable[[], None]) -> tuple[Reply, int, str]:
        try:
            submission = self._read(request, number)
            with self._lock:
                rule = self._faults.read(number, tuple(each.address for each in submission.copies), submission.tags)
            if rule and rule.do.is_before:
                return Reply(answer=self._scripted(rule), rule=rule), 0, ""
            answer, accepted = self._taken(submission, number, _print(request, submission), rule, pause)
            if self._keep and accepted:
                self._keep(number, self.dialect.letters(request))
        except Refused as refused:
            return Reply(answer=self.dialect.refused(refused)), 0, refused.message
        pause()
        if rule and rule.do is Do.STATUS_AFTER:
            answer = self._scripted(rule) or answer
        return Reply(answer=answer, rule=rule), accepted, ""

    def _read(self, request: Request, number: int) -> Submission:
        if self._validate:
            self._validate(request)
        return self.dialect.read(request, number=f"{self._run}.{number}", thorough=self._thorough)

    def _taken(
        self, submission: Submission, number: int, print_: str, rule: Rule | None, pause: Callable[[], None]
    ) -> tuple[Answer, int]:
        """The answer and how many copies were accepted: none where the key was used before."""
        failed = self._failed(submission, rule)
        keys = self.dialect.keys
        with self._held(submission.key) as is_free:
            first = self._first(submission.key)
            if keys and not is_free:
                return keys.replayed(None, is_same=True), 0
            if keys and first:
                return keys.replayed(first, is_same=first.print == print_), 0
            pause()
            copies = copies_but(submission.copies, failed)
            with self._lock:
                accepted = Accepted(
                    call=number,
                    at=self.clock.now(),
                    provider=self.dialect.name,
                    id=submission.id,
                    tags=submission.tags,
                    key=submission.key,
                    print=print_,
                    copies=copies,
                )
                self.log.append(accepted)
        if self.told:
            self.told(accepted)
        return self.dialect.taken(submission, failed, at=accepted.at), len(copies)

    @contextmanager
    def _held(self, key: str) -> Iterator[bool]:
        """Hold a key while its call is in hand; False when another call holds it."""
        with self._lock:
            is_free = not key or key not in self._busy_keys
            if is_free:
                self._busy_keys.add(key)
        try:
            yield is_free
        finally:
            if is_free:
                with self._lock:
                    self._busy_keys.discard(key)

    def _first(self, key: str) -> Accepted | None:
        """The call that used a key before, while the provider remembers it."""
        keys = self.dialect.keys
        first = self.log.keyed(key) if key else None
        return first if keys and first and self.clock.now() - first.at < keys.lives else None

    def _failed(self, submission: Submission, rule: Rule | None) -> Mapping[int, Failure]:
        if not rule or rule.do is not Do.PARTIAL:
            return {}
        failure = self.dialect.failures[rule.final]
        places: Sequence[int] = rule.entries or range(len(submission.copies))
        return {
            place: failure
            for place in places
            if place < len(submission.copies)
            and rule.fits_content((submission.copies[place].address,), submission.tags)
        }

    def _scripted(self, rule: Rule) -> Answer | None:
        """The error a rule names, in the provider's form."""
        if not rule.status:
            return None
        message = rule.message or f"status {rule.status} by the script"
        answer = self.dialect.refused(Refused(message, status=rule.status, kind=rule.kind))
        return Answer(
            status=answer.status,
            headers=answer.headers + retry_after(rule, now=self.clock.now()),
            body=answer.body,
        )


def _print(request: Request, submission: Submission) -> str:
    """By which the body under a key is known again; nothing where there is no key."""
    return sha256(request.body).hexdigest() if submission.key else ""

"""Threads at work on a list of requests: who works on what, for how long, and who takes over from whom."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from requests import Session

from digest.adapters.connections import Line, new_session
from digest.adapters.dial import Network
from digest.adapters.download import download
from digest.adapters.limits import Deadline, Limits
from digest.adapters.politeness import Turns
from digest.model.destination import read
from digest.model.feed import FetchAnswer, FetchFailure, FetchRequest

GRACE = 0.1
"""Seconds by which a thread may miss its own deadline before it is given up; reads end by themselves within them."""

MOST_THREADS = 256
"""Alive at a time, those included that hang in a name server after they were given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms requests are carried out: how many at a time, what each may cost, and what may be reached."""

    user_agent: str
    limits: Limits
    threads: int
    per_host: int
    own_hosts: frozenset[str]
    network: Network

    @property
    def patience(self) -> float:
        """Seconds after which a job no longer counts among `threads`: a slow feed keeps no other waiting."""
        return max(0.05, min(0.25, self.limits.seconds / 40))


class _Job:
    """One request in the hands of one thread, with a line of its own."""

    def __init__(self, request: FetchRequest, terms: Terms) -> None:
        self.request = request
        self.line = Line(terms.network, Deadline.after(terms.limits.seconds))
        self.started = time.monotonic()
        self.slow_at = self.started + terms.patience
        self.late_at = self.line.deadline.at + GRACE
        self.given_up = False


class Crew:
    """Threads at work on requests. Daemons: a thread that hangs in the system must not keep the program."""

    def __init__(self, requests: Sequence[FetchRequest], terms: Terms) -> None:
        """Nobody works before `fill`."""
        self._terms = terms
        self._turns = Turns(requests, per_host=terms.per_host, host=self._limited_host)
        self._arrived: queue.SimpleQueue[FetchAnswer] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: set[_Job] = set()
        self._alive = 0
        self._unanswered = len(requests)

    @property
    def is_waiting(self) -> bool:
        """True while a request has no answer."""
        return self._unanswered > 0

    def fill(self) -> None:
        """Hire for every free place, as long as there is something to do."""
        hired = []
        with self._lock:
            while self._alive < MOST_THREADS and (job := self._next_job()):
                self._alive += 1
                hired.append(job)
        for job in hired:
            threading.Thread(target=self._work, args=(job,), name="digest-fetch", daemon=True).start()

    def next_answer(self, *, until: float) -> FetchAnswer | None:
        """Wait for an answer; None when something else is to be done first: somebody is late, or slow."""
        patience = max(0.0, min(until, self._next_event()) - time.monotonic())
        try:
            answer = self._arrived.get(timeout=patience)
        except queue.Empty:
            return None
        self._unanswered -= 1
        return answer

    def give_up_late(self) -> Iterator[FetchAnswer]:
        """Answer for the jobs whose thread has missed the deadline."""
        now = time.monotonic()
        for job in self._give_up(lambda job: job.late_at <= now):
            yield _failure(job.request, job.line.deadline.missed, seconds=now - job.started)

    def give_up_all(self, why: str) -> Iterator[FetchAnswer]:
        """Answer everything that is left with a failure."""
        with self._lock:
            left = self._turns.leave_all()
        self._unanswered -= len(left)
        for job in self._give_up(lambda _: True):
            yield _failure(job.request, why, seconds=time.monotonic() - job.started)
        for request in left:
            yield _failure(request, why)

    def dismiss(self) -> None:
        """Take away the work and hang up whatever is still running."""
        for _ in self.give_up_all("dismissed"):
            pass

    def _work(self, job: _Job) -> None:
        """Carry out one job after another; one session, so that connections and TLS are reused."""
        with new_session(self._terms.user_agent) as session:
            current: _Job | None = job
            while current:
                current = self._after(current, _safely(session, current, self._terms))

    def _after(self, job: _Job, answer: FetchAnswer) -> _Job | None:
        """Hand in the answer, unless it was given up and its failure is told already; the thread's next job, if any."""
        with self._lock:
            following = None
            if not job.given_up:
                self._arrived.put(answer)
                self._running.discard(job)
                self._turns.done(job.request)
                self._leave_alone(job, answer)
                following = self._next_job()
            self._alive -= following is None
            return following

    def _leave_alone(self, job: _Job, answer: FetchAnswer) -> None:
        """Send nothing more to a host that asks for patience (Retry-After); what waits for it fails unasked.

        Only where that host was asked and never led elsewhere: a feed that redirects to a busy page of
        somebody else's host must not silence the feeds of that host.
        """
        patience = answer.retry_after if isinstance(answer, FetchFailure) else 0.0
        host = self._limited_host(job.request) if patience else ""
        if host and job.line.hosts == {host}:
            for request in self._turns.leave_alone(host):
                why = f"its host asked to be left alone for {patience:g} s"
                self._arrived.put(_failure(request, why, retry_after=patience))

    def _next_job(self) -> _Job | None:
        """The next request, marked as running; None when all places are taken. The caller holds the lock."""
        now = time.monotonic()
        busy = sum(job.slow_at > now for job in self._running)
        request = self._turns.take() if busy < self._terms.threads else None
        if request is None:
            return None
        job = _Job(request, self._terms)
        self._running.add(job)
        return job

    def _next_event(self) -> float:
        """When the first running job is late, or slow while others wait."""
        now = time.monotonic()
        with self._lock:
            moments = [job.late_at for job in self._running]
            if self._turns.is_any_ready:
                moments += [job.slow_at for job in self._running if job.slow_at > now]
            return min(moments, default=now + GRACE)

    def _give_up(self, is_hopeless: Callable[[_Job], bool]) -> list[_Job]:
        """Take jobs from their threads, and make what those threads wait for end."""
        with self._lock:
            hopeless = [job for job in self._running if is_hopeless(job)]
            for job in hopeless:
                job.given_up = True
                self._running.discard(job)
                self._turns.done(job.request)
        for job in hopeless:
            job.line.hang_up()
        self._unanswered -= len(hopeless)
        return hopeless

    def _limited_host(self, request: FetchRequest) -> str:
        """The host to be polite to; "" for our own, and for what is no address and will be told so."""
        try:
            found = read(request.url)
        except ValueError:
            return ""
        return "" if found.is_among(self._terms.own_hosts) else found.host


def _safely(session: Session, job: _Job, terms: Terms) -> FetchAnswer:
    """Turn even a fault of our own into a line of the report: one feed must not end the collection of the others."""
    try:
        return download(session, job.request, terms.limits, line=job.line, own_hosts=terms.own_hosts)
    except Exception as error:  # noqa: BLE001 (it is reported, with its type, against the feed that caused it)
        why = f"failed in a way we did not foresee: {error!r}"
        return _failure(job.request, why, seconds=time.monotonic() - job.started)


def _failure(request: FetchRequest, why: str, *, seconds: float = 0.0, retry_after: float = 0.0) -> FetchFailure:
    """A feed that did not arrive."""
    return FetchFailure(
        source_id=request.source_id, url=request.url, error=why, seconds=seconds, retry_after=retry_after
    )

"""Feed requests -> answers in order of arrival, by threads, each within its deadline and all within one."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from requests import Session

from digest import __version__
from digest.adapters.connections import Line, new_session
from digest.adapters.download import download
from digest.adapters.limits import Limits
from digest.model.feed import FetchAnswer, FetchFailure, FetchRequest

GRACE = 0.5
"""Seconds by which a thread may miss its own deadline before it is given up; reads end by themselves within them."""


class HttpFetcher:
    """The Fetcher of ports/world.py over HTTP."""

    def __init__(
        self, *, contact: str = "", threads: int = 20, total_seconds: float = 300.0, limits: Limits | None = None
    ) -> None:
        """`contact` is an address or a page at which a publisher finds us; it stands in the user agent."""
        self._user_agent = f"digest/{__version__}" + (f" (+{contact})" if contact else "")
        self._threads = threads
        self._total_seconds = total_seconds
        self._limits = limits or Limits()

    def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
        """Yield one answer per request, in order of arrival; never raises for a feed's sake.

        A feed that hangs in a place where its thread cannot notice (a name server, dripping
        headers) is given up from outside, its socket shut down, and another thread takes over. When `total_seconds`
        are over, every request without an answer fails.
        """
        crew = _Crew(requests, self._user_agent, self._limits, size=self._threads)
        end = time.monotonic() + self._total_seconds
        try:
            while crew.is_waiting:
                answer = crew.next_answer(until=end)
                if answer:
                    yield answer
                elif time.monotonic() >= end:
                    yield from crew.give_up_all(f"no time left: the collection's {self._total_seconds:g} s are over")
                else:
                    yield from crew.give_up_late()
        finally:
            crew.dismiss()


class _Job:
    """One request in the hands of one thread."""

    def __init__(self, request: FetchRequest, line: Line) -> None:
        self.request = request
        self.line = line
        self.started = time.monotonic()
        self.given_up = False


class _Crew:
    """Threads at work on a list of requests. Daemons: a thread that hangs in the system must not keep the program."""

    def __init__(self, requests: Sequence[FetchRequest], user_agent: str, limits: Limits, *, size: int) -> None:
        self._todo = deque(requests)
        self._user_agent = user_agent
        self._limits = limits
        self._arrived: queue.SimpleQueue[tuple[_Job, FetchAnswer]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: set[_Job] = set()
        self._unanswered = len(self._todo)
        for _ in range(min(size, len(self._todo))):
            self._hire()

    @property
    def is_waiting(self) -> bool:
        """True while a request has no answer."""
        return self._unanswered > 0

    def next_answer(self, *, until: float) -> FetchAnswer | None:
        """Wait for an answer; None at the next deadline, or when only one that was given up has come."""
        patience = max(0.0, min(until, self._next_deadline()) - time.monotonic())
        try:
            job, answer = self._arrived.get(timeout=patience)
        except queue.Empty:
            return None
        with self._lock:
            self._running.discard(job)
        if job.given_up:  # its failure is told already
            return None
        self._unanswered -= 1
        return answer

    def give_up_late(self) -> Iterator[FetchAnswer]:
        """Answer for the jobs whose thread has missed the deadline, and hire others in their place."""
        now = time.monotonic()
        for job in self._give_up(lambda job: self._deadline(job) <= now):
            self._hire()
            yield _failure(job.request, f"timed out after {self._limits.seconds:g} s", now - job.started)

    def give_up_all(self, why: str) -> Iterator[FetchAnswer]:
        """Answer everything that is left with a failure."""
        with self._lock:
            left = list(self._todo)
            self._todo.clear()
        for job in self._give_up(lambda _: True):
            yield _failure(job.request, why, time.monotonic() - job.started)
        self._unanswered -= len(left)
        for request in left:
            yield _failure(request, why, 0.0)

    def dismiss(self) -> None:
        """Take away the work and hang up whatever is still running."""
        for _ in self.give_up_all("dismissed"):
            pass

    def _hire(self) -> None:
        """One more thread."""
        threading.Thread(target=self._work, name="digest-fetch", daemon=True).start()

    def _work(self) -> None:
        """Take requests until there are none; one session, so that connections and TLS are reused."""
        line = Line()
        line.use()
        job = self._next_job(line)
        with new_session(self._user_agent) as session:
            while job:
                self._arrived.put((job, _safely(session, job.request, self._limits)))
                job = None if job.given_up else self._next_job(line)  # given up: another was hired in this one's place

    def _next_job(self, line: Line) -> _Job | None:
        """The next request, marked as running."""
        with self._lock:
            if not self._todo:
                return None
            job = _Job(self._todo.popleft(), line)
            self._running.add(job)
            return job

    def _next_deadline(self) -> float:
        """When the first running job is to be given up."""
        with self._lock:
            return min((self._deadline(job) for job in self._running), default=time.monotonic() + GRACE)

    def _deadline(self, job: _Job) -> float:
        return job.started + self._limits.seconds + GRACE

    def _give_up(self, is_hopeless: Callable[[_Job], bool]) -> list[_Job]:
        """Take jobs from their threads, and make what those threads wait for end."""
        with self._lock:
            hopeless = [job for job in self._running if is_hopeless(job)]
            self._running.difference_update(hopeless)
            for job in hopeless:
                job.given_up = True
        for job in hopeless:
            job.line.hang_up()
        self._unanswered -= len(hopeless)
        return hopeless


def _safely(session: Session, request: FetchRequest, limits: Limits) -> FetchAnswer:
    """Turn even a fault of our own into a line of the report: one feed must not end the collection of the others."""
    started = time.monotonic()
    try:
        return download(session, request, limits)
    except Exception as error:  # noqa: BLE001 (it is reported, with its type, against the feed that caused it)
        return _failure(request, f"failed in a way we did not foresee: {error!r}", time.monotonic() - started)


def _failure(request: FetchRequest, why: str, seconds: float) -> FetchFailure:
    """A feed that did not arrive."""
    return FetchFailure(source_id=request.source_id, url=request.url, error=why, seconds=seconds)

"""Requests, in the order asked -> whose turn it is, so that no host has more of us at a time than is polite."""

from collections import Counter, deque
from collections.abc import Callable, Sequence

from digest.model.feed import FetchRequest


class Turns:
    """The requests that wait, host by host; hosts take turns, so that a long queue at one delays no other.

    Not safe for threads by itself: whoever shares it holds a lock.
    """

    def __init__(self, requests: Sequence[FetchRequest], *, per_host: int, host: Callable[[FetchRequest], str]) -> None:
        """At most `per_host` requests of one `host` are given out at a time; "" is no host and has no limit."""
        self._per_host = per_host
        self._host = host
        self._given: Counter[str] = Counter()
        self._waiting: dict[str, deque[FetchRequest]] = {}
        for request in requests:
            self._waiting.setdefault(host(request), deque()).append(request)
        self._next = deque(self._waiting)

    @property
    def is_any_ready(self) -> bool:
        """True while a request may be taken."""
        return bool(self._next)

    def take(self) -> FetchRequest | None:
        """The next request whose host is free; None when there is none."""
        if not self._next:
            return None
        host = self._next.popleft()
        request = self._waiting[host].popleft()
        self._given[host] += 1
        self._queue_up(host)
        return request

    def done(self, request: FetchRequest) -> None:
        """Its host has room for another."""
        host = self._host(request)
        self._given[host] -= 1
        if host not in self._next:
            self._queue_up(host)

    def leave_alone(self, host: str) -> list[FetchRequest]:
        """Take back whatever waits for this host."""
        if host in self._next:
            self._next.remove(host)
        return list(self._waiting.pop(host, ()))

    def leave_all(self) -> list[FetchRequest]:
        """Take back everything that waits."""
        return [request for host in list(self._waiting) for request in self.leave_alone(host)]

    def _queue_up(self, host: str) -> None:
        if self._waiting.get(host) and (not host or self._given[host] < self._per_host):
            self._next.append(host)

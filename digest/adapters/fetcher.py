"""Requests -> answers in order of arrival, by threads, each within its deadline and all within one."""

import time
from collections.abc import Collection, Iterator, Sequence

from digest import __version__
from digest.adapters.crew import Crew, Terms
from digest.adapters.dial import Network
from digest.adapters.limits import Limits
from digest.model.feed import FetchAnswer, FetchRequest


class HttpFetcher:
    """The Fetcher of ports/world.py over HTTP."""

    def __init__(
        self,
        *,
        contact: str = "",
        threads: int = 20,
        per_host: int = 2,
        total_seconds: float = 300.0,
        limits: Limits | None = None,
        own_hosts: Collection[str] = (),
        network: Network | None = None,
    ) -> None:
        """`contact` is an address or a page at which a publisher finds us; it stands in the user agent.

        `own_hosts` («name» or «name:port», as `guard.own_host` spells them) may lie on a private
        network and are asked as often at a time as there are threads; any other host `per_host`
        times at the most.
        """
        self._total_seconds = total_seconds
        self._terms = Terms(
            user_agent=f"digest/{__version__}" + (f" (+{contact})" if contact else ""),
            limits=limits or Limits(),
            threads=threads,
            per_host=per_host,
            own_hosts=frozenset(own_hosts),
            network=network or Network(),
        )

    def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
        """Yield one answer per request, in order of arrival; never raises for a feed's sake.

        A feed that hangs in a place where its thread cannot notice (a name server, dripping
        headers) is given up from outside and its socket shut down. One that is merely slow gives
        its place to another. When `total_seconds` are over, every request without an answer fails.
        """
        crew = Crew(requests, self._terms)
        end = time.monotonic() + self._total_seconds
        try:
            while crew.is_waiting:
                crew.fill()
                answer = crew.next_answer(until=end)
                if answer:
                    yield answer
                elif time.monotonic() >= end:
                    yield from crew.give_up_all(f"no time left: the collection's {self._total_seconds:g} s are over")
                else:
                    yield from crew.give_up_late()
        finally:
            crew.dismiss()

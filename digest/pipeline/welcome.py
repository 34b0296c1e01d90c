"""Pages -> what their hosts' robots.txt allow, asked for where that is not known well enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.collect import robots
from digest.collect.wanted import WantedPage
from digest.model.feed import FetchFailure, Wanted
from digest.model.page import RobotsFile
from digest.pipeline.visit import answers_by_url, request
from digest.ports.news import PageStore
from digest.ports.world import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What a host allows; `trouble` says why its robots.txt did not come."""

    robots: RobotsFile
    trouble: str = ""


class Hosts:
    """The hosts of one collection's pages, each asked for its robots.txt once at most."""

    def __init__(self, *, fetcher: Fetcher, pages: PageStore, now: datetime) -> None:
        """Ask `fetcher` where `pages` does not know."""
        self._fetcher, self._pages, self._now = fetcher, pages, now
        self._hosts: dict[str, Host] = {}

    def meet(self, led: Sequence[tuple[str, WantedPage]]) -> Mapping[str, Host]:
        """What the hosts of these addresses allow, by origin, each with a page that leads there."""
        first = {robots.origin_of(url): page for url, page in reversed(led)}
        unmet = [origin for origin in first if origin not in self._hosts]
        known = self._pages.robots(unmet)
        self._hosts |= {origin: Host(robots=file) for origin, file in known.items() if robots.is_fresh(file, self._now)}
        due = {robots.address_of(origin): origin for origin in unmet if origin not in self._hosts}
        if not due:
            return self._hosts
        requests = [request(first[origin], url=url, wanted=Wanted.ROBOTS) for url, origin in due.items()]
        for url, answer in answers_by_url(requests, self._fetcher):
            origin = due[url]
            file = robots.after(known.get(origin), answer, origin=origin, now=self._now)
            trouble = answer.error if isinstance(answer, FetchFailure) else ""
            self._hosts[origin] = Host(robots=file, trouble=trouble)
        self._pages.save_robots([self._hosts[origin].robots for origin in due.values()])
        return self._hosts

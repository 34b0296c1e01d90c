"""Pages wanted -> their answers: a host's pages one after another, and no more once it is in trouble."""

from collections import deque
from collections.abc import Iterator, Sequence
from http import HTTPStatus

from digest.collect.wanted import WantedPage
from digest.model.feed import Document, FetchAnswer, FetchRequest, Wanted
from digest.ports.world import Fetcher

PATIENCE = 60.0
"""Seconds after which no further round begins: a collection goes before an edition, which must not wait for extras."""

Visit = tuple[WantedPage, FetchAnswer | None]
"""A page and what came of asking for it; None where it was not asked for, which is no fault of its own."""


def visit(pages: Sequence[WantedPage], *, fetcher: Fetcher) -> Iterator[Visit]:
    """Ask for the pages in rounds, one page of each host a round, in the order given.

    A host that does not answer, answers 429 or has an error of its own (5xx) is left alone for
    the rest: asking it four times more would be rude, and as slow.
    """
    waiting: dict[str, deque[WantedPage]] = {}
    for page in pages:
        waiting.setdefault(page.origin, deque()).append(page)
    spent = 0.0
    while any(waiting.values()) and spent < PATIENCE:
        slowest = 0.0
        for page, answer in _round(waiting, fetcher):
            yield page, answer
            slowest = max(slowest, answer.seconds)
            if _is_in_trouble(answer):
                yield from _left(waiting.pop(page.origin))
        spent += slowest
    for queue in waiting.values():
        yield from _left(queue)


def answers_by_url(requests: Sequence[FetchRequest], fetcher: Fetcher) -> Iterator[tuple[str, FetchAnswer]]:
    """Fetch, and say which address each answer belongs to."""
    for answer in fetcher.fetch(requests):
        yield (answer.asked if isinstance(answer, Document) else answer.url), answer


def request(page: WantedPage, *, url: str, wanted: Wanted) -> FetchRequest:
    """What to ask for on account of a page; the feed that named it must not lead us to the newsroom's own hosts."""
    return FetchRequest(source_id=page.source.id, url=url, wanted=wanted, led_by=page.led_by)


def _round(waiting: dict[str, deque[WantedPage]], fetcher: Fetcher) -> Iterator[tuple[WantedPage, FetchAnswer]]:
    """Ask for the next page of each host."""
    turn = {page.item.url: page for page in [queue.popleft() for queue in waiting.values() if queue]}
    requests = [request(page, url=url, wanted=Wanted.PAGE) for url, page in turn.items()]
    for url, answer in answers_by_url(requests, fetcher):
        yield turn[url], answer


def _left(pages: deque[WantedPage]) -> Iterator[Visit]:
    """Hand back what was not asked for."""
    return ((page, None) for page in pages)


def _is_in_trouble(answer: FetchAnswer) -> bool:
    """Whether the failure is the host's, not the page's."""
    if isinstance(answer, Document):
        return False
    return answer.status in {0, HTTPStatus.TOO_MANY_REQUESTS} or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR

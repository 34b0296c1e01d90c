"""Read articles: the pages behind fresh items -> their text, for the sources that ask for it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.collect import robots
from digest.collect.article import ArticleTask, ArticleText, article, summary_of
from digest.collect.wanted import FRESH, WantedPage, candidates, wanted
from digest.model.feed import Document, FetchFailure
from digest.model.news import Item, Source
from digest.model.page import ArticlesLine, ArticlesReport, Page, PageOutcome
from digest.pipeline.visit import visit
from digest.pipeline.welcome import Host, Hosts
from digest.ports.news import ItemStore, PageStore
from digest.ports.world import Fetcher, Progress, Workers

MOST_PROBLEMS = 5
"""Problems of a source named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What came of one page; without an outcome it was left for a later collection."""

    page: WantedPage
    outcome: PageOutcome | None = None
    text: str = ""
    detail: str = ""


def read_articles(
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    workers: Workers,
    items: ItemStore,
    pages: PageStore,
    now: datetime,
    progress: Progress,
) -> ArticlesReport:
    """Ask for the pages of fresh items whose source has `full_text`, and save what they tell; a failure is a line.

    Belongs after a collection and into its turn: the items are there, and nobody else changes them.
    A host's robots.txt comes before its pages, and that of the host to which a page redirects before
    what came from there is read. A page that redirects is still its item's page,
    wherever it leads (publishers have shorteners); but neither that address nor the canonical one
    in the page becomes the item's: it would be a stranger's word on what two articles are one.

    Items are saved before their pages are marked as read: a crash in between asks for some pages
    once more and loses nothing.
    """
    if not any(source.full_text for source in sources):
        return ArticlesReport()
    among = candidates(items.items_since(now - FRESH), sources, now=now)
    chosen = wanted(among, pages.pages([page.item.url for page in among]), now=now)
    if not chosen:
        return ArticlesReport()
    hosts = Hosts(fetcher=fetcher, pages=pages, now=now)
    refused = _refused(chosen, hosts.meet([(page.item.url, page) for page in chosen]))
    welcome = [page for page in chosen if page.item.url not in refused]
    results = [*refused.values(), *_read(welcome, hosts, fetcher=fetcher, workers=workers, progress=progress)]
    items.save_items([_with_text(result) for result in results if result.text])
    pages.save_pages([row for result in results if (row := _row(result, now))])
    return ArticlesReport(lines=tuple(_line(source_id, results) for source_id in _sources(results)))


def _refused(chosen: Sequence[WantedPage], hosts: Mapping[str, Host]) -> dict[str, _Result]:
    """The pages that may not be asked for now, by address.

    We never wait between two requests: a host that asks for a delay is asked for one page a
    collection, which honours any delay up to the time between collections.
    """
    refused: dict[str, _Result] = {}
    asked: set[str] = set()
    for page in chosen:
        host, url = hosts[page.origin], page.item.url
        if not robots.was_reached(host.robots):
            detail = f"{robots.address_of(page.origin)} cannot be reached ({host.trouble}), so no page of it is read"
            refused[url] = _Result(page=page, detail=detail)
        elif not robots.allows(host.robots, url):
            refused[url] = _Result(page=page, outcome=PageOutcome.FORBIDDEN, detail="its robots.txt forbids it")
        elif robots.asks_for_delay(host.robots) and page.origin in asked:
            refused[url] = _Result(page=page)
        else:
            asked.add(page.origin)
    return refused


def _read(
    welcome: Sequence[WantedPage], hosts: Hosts, *, fetcher: Fetcher, workers: Workers, progress: Progress
) -> Iterator[_Result]:
    """Fetch the pages and find the article in each while others are still answering."""
    by_url = {page.item.url: page for page in welcome}
    unread: list[_Result] = []
    moved: list[tuple[WantedPage, Document]] = []
    progress("articles", 0, len(welcome))

    def tasks() -> Iterator[ArticleTask]:
        for number, (page, answer) in enumerate(visit(welcome, fetcher=fetcher), start=1):
            progress("articles", number, len(welcome))
            if not isinstance(answer, Document):
                unread.append(_not_fetched(page, answer))
            elif robots.origin_of(answer.url) != page.origin:
                moved.append((page, answer))
            else:
                yield _task(page, answer)
        allowed = hosts.meet([(document.url, page) for page, document in moved])
        for page, document in moved:
            if robots.allows(allowed[robots.origin_of(document.url)].robots, document.url):
                yield _task(page, document)
            else:
                unread.append(_unwelcome(page, document))

    for task, made in workers.map(article, tasks()):
        yield _extracted(by_url[task.document.asked], made)
    yield from unread


def _task(page: WantedPage, document: Document) -> ArticleTask:
    return ArticleTask(document=document, publisher=page.item.publisher, title=page.item.title)


def _unwelcome(page: WantedPage, document: Document) -> _Result:
    """What we may not read where a redirect led: its host was not asked before, for nobody knew of it."""
    detail = f"it leads to {document.url[:200]}, and that host's robots.txt does not allow it"
    return _Result(page=page, outcome=PageOutcome.FORBIDDEN, detail=detail)


def _not_fetched(page: WantedPage, answer: FetchFailure | None) -> _Result:
    if answer is None:
        return _Result(page=page)
    return _Result(page=page, outcome=PageOutcome.FAILED, detail=answer.error)


def _extracted(page: WantedPage, made: ArticleText | Exception) -> _Result:
    """What a page told; one that broke the extraction would break it again, so it counts as empty."""
    if isinstance(made, Exception):
        return _Result(page=page, outcome=PageOutcome.EMPTY, detail=f"the page cannot be read: {made!r:.200}")
    outcome = PageOutcome.READ if made.text else PageOutcome.EMPTY
    return _Result(page=page, outcome=outcome, text=made.text, detail=made.missing)


def _with_text(result: _Result) -> Item:
    item = result.page.item
    return replace(item, text=result.text, summary=summary_of(item.summary, result.text))


def _row(result: _Result, now: datetime) -> Page | None:
    """What to remember of a page, if it was asked for or may not be."""
    if result.outcome is None:
        return None
    tries = result.page.tries + 1 if result.outcome is PageOutcome.FAILED else 1
    item = result.page.item
    return Page(url=item.url, item_id=item.id, at=now, outcome=result.outcome, tries=tries, detail=result.detail)


def _sources(results: Sequence[_Result]) -> list[str]:
    return sorted({result.page.source.id for result in results})


def _line(source_id: str, results: Sequence[_Result]) -> ArticlesLine:
    """Count one source's pages."""
    own = [result for result in results if result.page.source.id == source_id]
    counts = Counter(result.outcome for result in own)
    return ArticlesLine(
        source_id=source_id,
        read=counts[PageOutcome.READ],
        empty=counts[PageOutcome.EMPTY],
        forbidden=counts[PageOutcome.FORBIDDEN],
        failed=counts[PageOutcome.FAILED],
        left=counts[None],
        problems=_problems(own),
    )


def _problems(results: Sequence[_Result]) -> tuple[str, ...]:
    """What was wrong, each thing once, with how often it was and the first page of which it was true."""
    said: dict[str, list[str]] = {}
    for result in sorted(results, key=lambda result: result.page.item.url):
        if result.detail:
            said.setdefault(result.detail, []).append(result.page.item.url)
    named = [
        f"{urls[0]}: {detail}" + (f" (and {len(urls) - 1} more)" if urls[1:] else "") for detail, urls in said.items()
    ]
    rest = len(named) - MOST_PROBLEMS
    return (*named[:MOST_PROBLEMS], *((f"and {rest} more",) if rest > 0 else ()))

"""Every file of the shared feeds through the real line, from a server on loopback to the store -> a table.

`python -m tests.collect.real_feeds_table` prints the table that docs/collecting.md holds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.store.engine import open_engine
from digest.adapters.store.feeds import SqlFeeds
from digest.adapters.store.items import SqlItems
from digest.adapters.workers import ProcessWorkers
from digest.model.feed import CollectReport, ParsedFeed
from digest.model.news import Item, Source
from digest.pipeline.collect import collect
from digest.ports.world import Made, Task
from tests.adapters.feed_server import FeedServer, answer
from tests.conftest import SHARED

NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
CONTENT_TYPES = {".json": "application/feed+json", ".atom": "application/atom+xml", ".rss": "application/rss+xml"}
HEADER = "| file | outcome | entries | items | repairs |\n|---|---|---|---|---|\n"


@dataclass
class WatchedWorkers:
    """The real workers, with a note of every feed they parsed: repairs are said of entries, not in the report."""

    inner: ProcessWorkers = field(default_factory=ProcessWorkers)
    parsed: dict[str, ParsedFeed] = field(default_factory=dict)

    def map(self, function: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        for task, made in self.inner.map(function, tasks):
            if isinstance(made, ParsedFeed):
                self.parsed[made.source_id] = made
            yield task, made


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one collection of all files came to."""

    report: CollectReport
    parsed: dict[str, ParsedFeed]
    items: list[Item]


def collected(files: Iterable[Path]) -> Collected:
    """Serve the files from loopback and collect them with everything real, into a database in memory."""
    server, workers, engine = FeedServer(), WatchedWorkers(), open_engine("sqlite://", create=True)
    try:
        store = SqlItems(engine)
        report = collect(
            [_source(file, server) for file in files],
            fetcher=HttpFetcher(own_hosts=server.own_hosts),
            workers=workers,
            items=store,
            feeds=SqlFeeds(engine),
            now=NOW,
            progress=lambda _stage, _done, _total: None,
        )
        return Collected(report=report, parsed=workers.parsed, items=store.items_since(NOW))
    finally:
        server.close()
        engine.dispose()


def table(found: Collected) -> str:
    """A line a file: what the report says of it, how many items came of it, and what was repaired how often."""
    repairs = repairs_by_source(found)
    return HEADER + "".join(
        f"| {line.source_id} | {line.outcome} | {line.entries} | {_items(found, line.source_id)}"
        f" | {_told(repairs[line.source_id])} |\n"
        for line in found.report.sources
    )


def repairs_by_source(found: Collected) -> dict[str, Counter[str]]:
    """Problems of each feed and repairs of its entries, by the name that stands before the first detail."""
    counts = {line.source_id: Counter(map(_name, line.problems)) for line in found.report.sources}
    for source_id, feed in found.parsed.items():
        counts[source_id].update(_name(repair) for one in feed.entries for repair in one.repairs)
    return counts


def feed_files(shared: Path) -> list[Path]:
    """Every feed there is, but not the list of them."""
    return sorted(file for file in (shared / "data" / "feeds").iterdir() if file.name != "MANIFEST.tsv")


def _source(file: Path, server: FeedServer) -> Source:
    """A source that this file alone feeds: publishers of their own keep like headlines apart."""
    kind = CONTENT_TYPES.get(file.suffix, "application/xml")
    url = server.serves(f"/{file.name}", answer(file.read_bytes(), headers=(f"Content-Type: {kind}",)))
    return Source(id=file.name, name=file.stem, url=url, publisher=file.stem, own_host=True)


def _items(found: Collected, source_id: str) -> int:
    return sum(source_id in item.sources for item in found.items)


def _told(repairs: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in sorted(repairs.items())) or "–"


def _name(repair: str) -> str:
    """«date in the future: 2031-05-15 05:30» is a date in the future."""
    return repair.partition(":")[0]


if __name__ == "__main__":
    print(table(collected(feed_files(SHARED))), end="")

"""A whole newsroom of fakes around a real store in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from html import escape

import pytest

from digest.adapters.store.alerts import SqlAlerts
from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine
from digest.adapters.store.facts import SqlFacts
from digest.adapters.store.feedback import SqlFeedback
from digest.adapters.store.feeds import SqlFeeds
from digest.adapters.store.items import SqlItems
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.pages import SqlPages
from digest.adapters.store.readers import SqlReaders
from digest.app.shipped import templates
from digest.edit.shape import Shape
from digest.model.brand import Brand
from digest.model.feed import Retention
from digest.model.mail import EditionRecord
from digest.model.news import Source
from digest.model.reader import Subscriber
from digest.model.schedule import Policy, Schedule
from digest.pipeline.approve import approve
from digest.pipeline.draft import draft
from digest.pipeline.gather import collect_now
from digest.pipeline.line import Line, Newsroom
from digest.rank.causes import Weights
from digest.render.templates import environment
from tests.builders import LEXICON, source
from tests.fakes import (
    FakeClock,
    FakeFetcher,
    FakeHighWater,
    FakeInterrupts,
    FakeNotifier,
    FakeProvider,
    FakeRegistry,
    InlineCalls,
    InlineWorkers,
)

DAILY = Schedule(
    newsletter="daily",
    title="The Daily",
    weekdays=(0, 1, 2, 3, 4),
    draft_at=time(6, 30),
    deadline=time(7, 30),
    policy=Policy.SEND,
    timezone="Europe/London",
    late_after_hours=3,
    window_hours=26,
    holidays="ENG",
)
READERS = tuple(f"reader{n}@example.org" for n in range(5))
SOURCES = (
    source("The Lantern", labour=True),
    source("The Courier"),
    source("Northern Post"),
)
PAGES = {
    SOURCES[0].url: [
        ("Labour’s Health Secretary announces national care service", "The levy starts in April. Unions cheered it."),
        ("Labour council in Stannerby votes to keep its library open", "Councillors voted late on Thursday night."),
    ],
    SOURCES[1].url: [
        ("Health Secretary unveils Labour’s national care service and its levy", "Homes with an estate will pay."),
        ("Library in Stannerby saved by vote of Labour council", "Cheers rang out in the chamber after midnight."),
    ],
}


def feed(entries: list[tuple[str, str]], *, at: datetime, host: str = "x") -> str:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://{host}.example/{abs(hash(title))}</link>"
        f"<guid>{abs(hash(title))}-{host}</guid><description>{escape(summary)}</description>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for title, summary in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'


@dataclass
class Room:
    """The line and every fake behind it."""

    line: Line
    clock: FakeClock
    fetcher: FakeFetcher
    provider: FakeProvider
    notifier: FakeNotifier
    registry: FakeRegistry
    interrupts: FakeInterrupts

    def with_newsroom(self, **given: object) -> "Room":
        newsroom = replace(self.line.newsroom, **given)  # type: ignore[arg-type]
        return replace(self, line=replace(self.line, newsroom=newsroom))

    def with_schedule(self, **given: object) -> "Room":
        return self.with_newsroom(schedules=(replace(DAILY, **given),))  # type: ignore[arg-type]

    def publishes(self, source: Source, *entries: tuple[str, str], hours_ago: float = 3) -> None:
        at = self.clock.now - timedelta(hours=hours_ago)
        self.fetcher.serves(source.url, feed(list(entries), at=at, host=source.id))

    def subscribes(self, *addresses: str) -> None:
        readers = [
            Subscriber(address=address, name="", frequencies=("daily",), consent_source="test") for address in addresses
        ]
        self.line.readers.import_subscribers(readers, at=self.clock.now)

    def drafted(self) -> EditionRecord:
        """Today's edition as it was drafted just now."""
        now = self.clock.now
        collect_now(self.line, now)
        return draft(DAILY, day=now.date(), now=now, line=self.line, may_replace=True)

    def approved(self) -> EditionRecord:
        """The same, signed by Ada."""
        return approve(self.drafted(), by="Ada", now=self.clock.now, line=self.line)


@pytest.fixture
def room() -> Iterator[Room]:
    """Friday 15 May 2026, 06:30 in London; two outlets tell two stories, a third is silent; five readers."""
    engine = open_engine("sqlite://", create=True)
    clock = FakeClock(datetime.fromisoformat("2026-05-15T05:30:00Z"))
    fetcher, provider, notifier, registry = FakeFetcher(), FakeProvider(), FakeNotifier(), FakeRegistry()
    interrupts = FakeInterrupts()
    newsroom = Newsroom(
        brand=Brand(name="The Newsroom"),
        sender="The Newsroom <news@example.org>",
        reply_to="",
        editors=(),
        list_domain="example.org",
        ask=None,
        sources=SOURCES,
        schedules=(DAILY,),
        weights=Weights(),
        shape=Shape(threshold=0.35),
        excerpt_words=50,
        collect_every=timedelta(minutes=30),
        dead_after=timedelta(days=3),
        soft_bounces=3,
        retention=Retention(),
        lexicon=LEXICON,
        templates=environment(templates()),
        link=lambda delivery: f"https://example.org/u/{delivery}",
    )
    line = Line(
        newsroom=newsroom,
        fetcher=fetcher,
        workers=InlineWorkers(),
        items=SqlItems(engine),
        feeds=SqlFeeds(engine),
        pages=SqlPages(engine),
        editions=SqlEditions(engine),
        ledger=SqlLedger(engine),
        feedback=SqlFeedback(engine),
        readers=SqlReaders(engine),
        alerts=SqlAlerts(engine),
        facts=SqlFacts(engine),
        provider=provider,
        calls=InlineCalls(),
        interrupts=interrupts,
        notifier=notifier,
        registry=registry,
        high_water=FakeHighWater(),
        clock=clock,
        progress=lambda *_: None,
    )
    made = Room(
        line=line,
        clock=clock,
        fetcher=fetcher,
        provider=provider,
        notifier=notifier,
        registry=registry,
        interrupts=interrupts,
    )
    for one in SOURCES[:2]:
        made.publishes(one, *PAGES[one.url])
    made.subscribes(*READERS)
    yield made
    engine.dispose()

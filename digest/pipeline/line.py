"""What the use cases are given: the doors, and the values of the newsroom. Built in `app`, never here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from jinja2 import Environment

from digest.edit.shape import Shape
from digest.lexicon.value import Lexicon
from digest.model.brand import Brand
from digest.model.edition import Ask
from digest.model.feed import Retention
from digest.model.news import Source
from digest.model.schedule import Schedule
from digest.ports.feedback import FeedbackStore
from digest.ports.ledger import Ledger
from digest.ports.news import FeedStore, ItemStore, PageStore
from digest.ports.store import AlertStore, EditionStore, FactStore, ReaderStore
from digest.ports.world import (
    Calls,
    Clock,
    Fetcher,
    HighWater,
    Interrupts,
    Notifier,
    Progress,
    Provider,
    WorkerRegistry,
    Workers,
)
from digest.rank.causes import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The values behind every edition. `link` makes a delivery's own unsubscribe link from its id."""

    brand: Brand
    sender: str
    reply_to: str
    editors: tuple[str, ...]
    list_domain: str
    ask: Ask | None
    sources: tuple[Source, ...]
    schedules: tuple[Schedule, ...]
    weights: Weights
    shape: Shape
    excerpt_words: int
    collect_every: timedelta
    dead_after: timedelta
    soft_bounces: int
    retention: Retention
    lexicon: Lexicon
    templates: Environment
    link: Callable[[int], str]

    @property
    def sources_by_id(self) -> Mapping[str, Source]:
        """The sources by their id."""
        return {source.id: source for source in self.sources}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Everything a use case may reach."""

    newsroom: Newsroom
    fetcher: Fetcher
    workers: Workers
    items: ItemStore
    feeds: FeedStore
    pages: PageStore
    editions: EditionStore
    ledger: Ledger
    feedback: FeedbackStore
    readers: ReaderStore
    alerts: AlertStore
    facts: FactStore
    provider: Provider
    calls: Calls
    interrupts: Interrupts
    notifier: Notifier
    registry: WorkerRegistry
    high_water: HighWater
    clock: Clock
    progress: Progress

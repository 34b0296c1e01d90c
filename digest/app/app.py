"""Settings -> App: every adapter behind its port, built when it is first needed."""

import hmac
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from digest.adapters.worker_registry import FileWorkers
from digest.app.keys import secret_key
from digest.app.own_lexicon import lexicon_files
from digest.app.templates import letter_templates
from digest.config.load import Settings
from digest.config.secrets import variable
from digest.config.tables import RetentionSettings
from digest.deliver.token import KEY_ID, read, tokens
from digest.edit.shape import Shape
from digest.errors import ConfigError
from digest.lexicon.load import load as load_lexicon
from digest.model.edition import Ask
from digest.model.feed import Retention
from digest.model.mail import Alert
from digest.pipeline.line import Line, Newsroom
from digest.ports.world import Clock, Fetcher, HighWater, Notifier, Progress, Provider
from digest.rank.causes import Weights
from digest.render.templates import environment

if TYPE_CHECKING:
    from sqlalchemy import Engine

HIGH_WATER = "calls.made"
"""Ends the name of a file beside the database: how many calls were made. It must not be restored with it."""

UNSUBSCRIBE = "unsubscribe"
"""The purpose that is sealed into every unsubscribe link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The program, wired: the line for the use cases, and what pages and commands need besides."""

    settings: Settings
    line: Line
    engine: "Engine"
    key: bytes

    def delivery(self, text: str) -> int:
        """Return the delivery a token stands for; InvalidToken when it is not one of ours."""
        return read(text, keys={KEY_ID: self.key}, purpose=UNSUBSCRIBE)

    def proof_of_identity(self, nonce: str) -> str:
        """Return what only a server with our key can answer to `nonce`; `digest doctor` asks for it."""
        return hmac.new(self.key, b"identity\0" + nonce.encode(), "sha256").hexdigest()


@contextmanager
def opened(settings: Settings, *, clock: Clock, progress: Progress, create: bool = False) -> Iterator[App]:
    """Build the program around its database and release everything at the end.

    Raises:
        DigestError: when the database, the key, the lexicon or a template cannot be used.

    """
    from digest.adapters.store.engine import open_engine

    path = settings.at(settings.file.store.path)
    engine = open_engine(f"sqlite:///{path}", create=create)
    try:
        with FileWorkers(path.parent / "workers") as registry:
            yield _app(settings, engine, registry, clock=clock, progress=progress)
    finally:
        engine.dispose()


def _app(settings: Settings, engine: "Engine", registry: FileWorkers, *, clock: Clock, progress: Progress) -> App:
    from digest.adapters.calls import ThreadedCalls
    from digest.adapters.interrupts import deferred
    from digest.adapters.store.alerts import SqlAlerts
    from digest.adapters.store.editions import SqlEditions
    from digest.adapters.store.facts import SqlFacts
    from digest.adapters.store.feedback import SqlFeedback
    from digest.adapters.store.feeds import SqlFeeds
    from digest.adapters.store.items import SqlItems
    from digest.adapters.store.ledger import SqlLedger
    from digest.adapters.store.pages import SqlPages
    from digest.adapters.store.readers import SqlReaders
    from digest.adapters.workers import ProcessWorkers

    key = own_key(settings)
    line = Line(
        newsroom=_newsroom(settings, key),
        fetcher=fetcher(settings),
        workers=ProcessWorkers(),
        items=SqlItems(engine),
        feeds=SqlFeeds(engine),
        pages=SqlPages(engine),
        editions=SqlEditions(engine),
        ledger=SqlLedger(engine),
        feedback=SqlFeedback(engine),
        readers=SqlReaders(engine),
        alerts=SqlAlerts(engine),
        facts=SqlFacts(engine),
        provider=provider(settings),
        calls=ThreadedCalls(),
        interrupts=deferred,
        notifier=notifier(settings),
        registry=registry,
        high_water=_high_water(settings.at(settings.file.store.path)),
        clock=clock,
        progress=progress,
    )
    return App(settings=settings, line=line, engine=engine, key=key)


def _high_water(database: Path) -> HighWater:
    """Return the mark of this database, of several in the folder; until it is made, the one that all had in common."""
    from digest.adapters.high_water import FileHighWater

    own = database.with_name(f"{database.name}.{HIGH_WATER}")
    return FileHighWater(own, before=database.with_name(HIGH_WATER))


def fetcher(settings: Settings, *, own_hosts: Collection[str] = ()) -> Fetcher:
    """Return the fetcher of every day; `own_hosts` are own hosts besides the config's."""
    from digest.adapters.fetcher import HttpFetcher
    from digest.adapters.limits import Limits

    collect = settings.file.collect
    return HttpFetcher(
        contact=collect.contact,
        threads=collect.concurrency,
        per_host=collect.per_host,
        total_seconds=collect.total_deadline_seconds,
        limits=Limits(seconds=collect.feed_deadline_seconds),
        own_hosts=settings.own_hosts.union(own_hosts),
    )


def provider(settings: Settings) -> Provider:
    """Return the provider the config names.

    Raises:
        ConfigError: when an option or a secret is missing, or options do not go together.

    """
    from digest.adapters.discreet import Discreet
    from digest.adapters.provider_registry import build

    chosen, table = settings.file.provider, settings.file.provider.table
    if table is None:
        return build("outbox", {"directory": settings.at(chosen.outbox)})
    given = settings.secrets.of(chosen.name)
    missing = [option for option, is_needed in table.secrets.items() if is_needed and option not in given]
    if missing:
        asked = " and ".join(variable(chosen.name, option) for option in missing)
        raise ConfigError(
            f"{chosen.name} needs its {' and its '.join(option.replace('_', ' ') for option in missing)}",
            mend=f"set {asked}; with _FILE behind the name, to a file with it.",
        )
    key = {"key": own_key(settings)} if table.takes_key else {}
    return Discreet(build(chosen.name, {**table.model_dump(), **given, **key}), secrets=given.values())


def own_key(settings: Settings) -> bytes:
    """Return the program's own key, which seals what stands in mails; made on first use."""
    return secret_key(settings.secrets.secret_key, state_folder(settings) / "secret.key")


def notifier(settings: Settings) -> Notifier:
    """Return whoever the config says is to be told of alerts."""
    from digest.adapters.notifier import CommandNotifier, NoNotifier, WebhookNotifier

    alerts = settings.file.alerts
    told = [CommandNotifier(alerts.command)] if alerts.command else []
    notifiers: list[Notifier] = [*told, *([WebhookNotifier(alerts.webhook)] if alerts.webhook else [])]
    return _All(notifiers) if notifiers else NoNotifier()


class _All:
    """Tells everybody who is named in the config."""

    def __init__(self, notifiers: list[Notifier]) -> None:
        self._notifiers = notifiers

    def notify(self, alert: Alert) -> str:
        return "; ".join(trouble for each in self._notifiers if (trouble := each.notify(alert)))


def _retention(settings: RetentionSettings) -> Retention:
    return Retention(
        items=timedelta(days=settings.items_days),
        feed_days=timedelta(days=settings.feed_days),
        pages=timedelta(days=settings.pages_days),
        documents=timedelta(days=settings.documents_days),
    )


def _newsroom(settings: Settings, key: bytes) -> Newsroom:
    file = settings.file
    return Newsroom(
        brand=file.brand.value(
            name=file.newsroom.name,
            strapline=file.newsroom.strapline,
            contact=file.newsroom.contact,
            imprint=file.newsroom.imprint,
            archive_url=file.newsroom.archive_url,
        ),
        sender=file.newsroom.sender,
        reply_to=file.newsroom.reply_to,
        editors=file.newsroom.editors,
        list_domain=file.newsroom.sender.rstrip(">").rpartition("@")[2],
        ask=Ask(text=file.ask.text, label=file.ask.label, url=file.ask.url) if file.ask else None,
        sources=settings.sources,
        schedules=settings.schedules,
        weights=Weights(**file.rank.model_dump()),
        shape=Shape(**file.edition.model_dump(exclude={"excerpt_words"})),
        excerpt_words=file.edition.excerpt_words,
        collect_every=timedelta(minutes=file.collect.every_minutes),
        dead_after=timedelta(days=file.collect.dead_after_days),
        soft_bounces=file.feedback.soft_bounces,
        retention=_retention(file.retention),
        lexicon=load_lexicon(lexicon_files(settings)),
        templates=environment(letter_templates(settings)),
        link=links(key=key, public_url=file.newsroom.public_url or local_url(settings)),
    )


def links(*, key: bytes, public_url: str) -> Callable[[int], str]:
    """Return what makes the unsubscribe link of a delivery: derived, so that a retry builds the same bytes."""
    named = tokens(key=key, key_id=KEY_ID, purpose=UNSUBSCRIBE)
    return lambda delivery_id: f"{public_url}/u/{named(delivery_id)}"


def local_url(settings: Settings) -> str:
    """Return where `digest serve` answers on this machine: the links of an outbox whose list has no public address."""
    return f"http://{settings.file.serve.host}:{settings.file.serve.port}"


def state_folder(settings: Settings) -> Path:
    """Return the folder in which the database and what belongs to it lie."""
    return settings.at(settings.file.store.path).parent

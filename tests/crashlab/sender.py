"""The sender: the real program, opened on the lab's newsroom with watched ports, that makes one tick and ends."""

import json
import os
import resource
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, event

from digest.adapters.worker_registry import FileWorkers
from digest.app.app import App, opened
from digest.config.load import Settings
from digest.errors import DigestError
from digest.model.mail import EditionState
from digest.pipeline.line import Line
from digest.pipeline.report import TickReport
from digest.pipeline.tick import tick
from digest.pipeline.withhold import resume
from digest.ports.world import WorkerRegistry
from tests.crashlab.plan import Plan, Sender, Trouble
from tests.crashlab.roads import ROADS
from tests.crashlab.watch import Watch, Watched, WrongClock, watch_system, watch_transactions, watched_interrupts

DATABASE, BACKUP, DIARY, OUTBOX = "var/digest.db", "older.db", "diary.jsonl", "out"
OPERATOR = "Ann Operator"
PAGE = 4096
BUSY_MILLISECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a sender is given: where, when, its part of the plan, and what the operator says before it begins."""

    folder: Path
    settings: Settings
    url: str
    plan: Plan
    sender: Sender
    at: datetime
    trouble: Trouble = Trouble.NONE
    room: int = 0
    leaver: int | None = None
    words: Sequence[tuple[str, bool]] = ()
    goes_on: bool = False


def work(given: Work) -> None:
    """Open the program, tick once, and write into the diary how it went."""
    diary = Diary(given.folder / DIARY)
    try:
        with _quota(given):
            report = _tick(given, diary)
    except DigestError as error:  # what a command says in one line, with an exit code
        diary.note("ends", failed=[f"{error}"])
        return
    failed = [outcome.troubles for outcome in report.outcomes if outcome.troubles and not outcome.done]
    diary.note("ends", done=[outcome.done for outcome in report.outcomes], failed=failed)


def _tick(given: Work, diary: "Diary") -> TickReport:
    watch, sender = Watch(), given.sender
    clock = WrongClock(given.at + sender.skew, jump_at=sender.jump_at, jump=sender.jump)
    with opened(given.settings, clock=clock, progress=lambda *_: None) as app, _registry(given, app) as registry:
        diary.note("begins", worker=registry.name, clock=given.at + sender.skew)
        _operate(given, app)
        line = replace(_watched(given, app, watch), registry=registry)
        if sender.copies:
            watch.order(sender.copies, lambda: copy(given.folder))
        if sender.doom:
            watch.dooms(sender.doom, lambda how: diary.note("struck", how=how))
        watch_transactions(app.engine, watch)
        watch_system(watch)
        _limit(given, app.engine)
        return tick(line)


def _registry(given: Work, app: App) -> AbstractContextManager[WorkerRegistry]:
    """The machine's own; or one that nobody else of the round looks into."""
    if given.sender.is_stranger:
        return FileWorkers(given.folder / f"machine-{os.getpid()}")
    return nullcontext(app.line.registry)


class Diary:
    """A line for everything that happens, from all processes of a round: one write each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, what: str, **more: object) -> None:
        """Add a line."""
        line = json.dumps({"pid": os.getpid(), "what": what, **more}, default=str) + "\n"
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)

    def read(self) -> list[dict[str, Any]]:
        """Every line."""
        return [json.loads(line) for line in self._path.read_text().splitlines()] if self._path.exists() else []


def copy(folder: Path) -> None:
    """Copy the database as it stands now, in one piece."""
    with closing(sqlite3.connect(folder / DATABASE)) as live, closing(sqlite3.connect(folder / BACKUP)) as older:
        live.backup(older)


def _operate(given: Work, app: App) -> None:
    """Say what only a person can: what became of a batch, that a paused edition goes on, that a reader is gone."""
    line = app.line
    for batch_id, accepted in given.words:
        line.ledger.resolve(batch_id, accepted=accepted, by=OPERATOR, at=given.at)
    if given.leaver is not None:
        line.readers.suppress(address(given.leaver), reason="asked", at=given.at)
    if given.goes_on:
        for record in line.editions.unfinished():
            if record.state is EditionState.PAUSED:
                resume(record, by=OPERATOR, now=given.at, line=line)


def address(number: int) -> str:
    """A reader's address."""
    return f"reader{number}@example.org"


def _watched(given: Work, app: App, watch: Watch) -> Line:
    plan = given.plan
    provider = ROADS[plan.road].adapter(given.url, given.folder / OUTBOX, patience=plan.patience)
    limits = {"batch_size": plan.batch_size, "connections": plan.connections, "per_second": 0.0}
    small = Watched(provider, "provider", watch, **limits)
    line = app.line
    return replace(
        line,
        ledger=cast("Any", Watched(line.ledger, "ledger", watch)),
        provider=cast("Any", small),
        high_water=cast("Any", Watched(line.high_water, "high_water", watch)),
        interrupts=watched_interrupts(line.interrupts, watch),
    )


def _limit(given: Work, engine: Engine) -> None:
    """Let the database be full, or its senders impatient, at every use of a connection from now on."""
    if given.trouble is Trouble.PAGES:
        with closing(sqlite3.connect(given.folder / DATABASE)) as plain:
            pages = plain.execute("PRAGMA page_count").fetchone()[0] + given.room // 3
        asked = f"PRAGMA max_page_count = {pages}"
    elif given.trouble is Trouble.BUSY:
        asked = f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}"
    else:
        return

    def ask(connection: sqlite3.Connection, *others: object) -> None:
        connection.execute(asked)

    event.listen(engine, "checkout", ask)


@contextmanager
def _quota(given: Work) -> Iterator[None]:
    """Where the plan says so, no file may grow beyond so many pages (RLIMIT_FSIZE): writes end as EFBIG."""
    if given.trouble is not Trouble.QUOTA:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((9 + 3 * given.room) * PAGE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

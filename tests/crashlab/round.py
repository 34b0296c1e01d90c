"""One round: the shifts of its plan, then others until the books close; what is found wrong, and the whole story."""

import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from digest.app.app import HIGH_WATER
from digest.simulator.script import Script
from tests.crashlab import ledger
from tests.crashlab.forks import FAILED, fork, wait
from tests.crashlab.newsroom import furnish
from tests.crashlab.operator import Word, word
from tests.crashlab.oracle import Evidence, findings
from tests.crashlab.plan import Plan, Sender, Shift, Trouble
from tests.crashlab.provider import Provider, provider
from tests.crashlab.roads import ROADS
from tests.crashlab.sender import BACKUP, DATABASE, DIARY, OUTBOX, Diary, Work, copy, work

PATIENCE_SECONDS = 240.0
"""For a shift; none takes more than a second or two, and one that takes so long on the busiest machine hangs."""

MOST_SHIFTS = 90
LATER = timedelta(minutes=31)
"""Longer than a search has to wait, and than a lease lasts."""


@dataclass(slots=True, kw_only=True)
class Result:
    """What came of a round."""

    plan: Plan
    wrong: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    words: list[Word] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    most_copies: int = 0
    states: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    story: str = ""


def play(plan: Plan, base: Path) -> Result:
    """Play a round in a folder of its own below `base`."""
    began = time.monotonic()
    folder = base / f"round-{plan.seed}"
    folder.mkdir()
    script = Script(seed=plan.seed, rules=plan.rules, listed_after=plan.listed_after)
    dialect = ROADS[plan.road].dialect
    try:
        with provider(dialect, script, folder, outbox=folder / OUTBOX, run=f"{plan.seed:x}") as other:
            return _Round(plan, base, folder, other).play(began)
    finally:
        shutil.rmtree(folder)


class _Round:
    """The lab's own state while a round is played: the true time, and where everything is."""

    def __init__(self, plan: Plan, base: Path, folder: Path, other: Provider) -> None:
        self._plan = plan
        self._folder = folder
        self._provider = other
        self._settings = furnish(base, plan, folder)
        self._diary = Diary(folder / DIARY)
        self._now = plan.begins
        self._result = Result(plan=plan)
        self._ends: dict[int, int | None] = {}
        self._full: set[int] = set()

    def play(self, began: float) -> Result:
        copy(self._folder)  # the oldest copy, if a sender makes none
        for shift in self._plan.shifts:
            self._work(shift)
        self._finish()
        return self._judged(began)

    def _finish(self) -> None:
        """Let others come until the books are closed, with the operator's word where only that helps."""
        for _ in range(MOST_SHIFTS):
            books = ledger.read(self._folder / DATABASE)
            self._result.doubtful |= {batch.id for batch in books.batches if batch.state == "uncertain"}
            if books.edition in {"sent", "failed", "cancelled"}:
                return
            words = self._words(books)
            self._work(Shift(after=self._pause(books, words), senders=(Sender(),)), words, books.edition == "paused")
        self._result.wrong.append(f"the books did not close in {MOST_SHIFTS} shifts")

    def _pause(self, books: ledger.Books, words: Sequence[Word]) -> timedelta:
        """How long until something can have changed."""
        dues = [batch.due_at for batch in books.batches if batch.state == "retryable" and batch.due_at]
        waiting = any(batch.state == "ready" for batch in books.batches) or books.edition == "approved"
        if words or waiting or not dues:
            return timedelta(seconds=40) if words or waiting else LATER
        return min(max(min(dues) - self._now, timedelta(seconds=1)) + timedelta(seconds=1), LATER)

    def _words(self, books: ledger.Books) -> list[Word]:
        copies = self._provider.copies()
        road = ROADS[self._plan.road]
        given = [word(batch, books, copies, road, self._now) for batch in ledger.open_batches(books)]
        words = [each for each in given if each]
        self._result.words += words
        return words

    def _work(self, shift: Shift, words: Sequence[Word] = (), goes_on: bool = False) -> None:
        """Let the senders of a shift work until each has ended one way or another."""
        self._now += shift.after
        self._diary.note("shift", at=self._now, senders=len(shift.senders), trouble=shift.trouble)
        if shift.restores:
            self._restore(forgets=shift.forgets)
        self._provider.set_clock(self._now)
        with self._locker(shift.trouble):
            pids = [self._send(sender, shift, words, goes_on) for sender in shift.senders]
            doomed = {pid: each for pid, each in zip(pids, shift.senders, strict=True) if _waits_for_acceptance(each)}
            ends = wait(pids, seconds=PATIENCE_SECONDS, meanwhile=lambda: self._kill_accepted(doomed))
        self._ends |= ends
        if shift.trouble in {Trouble.PAGES, Trouble.QUOTA}:
            self._full |= ends.keys()
        self._provider.settle()

    def _send(self, sender: Sender, shift: Shift, words: Sequence[Word], goes_on: bool) -> int:
        given = Work(
            folder=self._folder,
            settings=self._settings,
            url=self._provider.url,
            plan=self._plan,
            sender=sender,
            at=self._now,
            trouble=shift.trouble,
            room=shift.room,
            leaver=shift.leaver,
            words=[(each.batch_id, each.accepted) for each in words],
            goes_on=goes_on,
        )
        return fork(partial(work, given), complaints=self._folder / "complaints.txt")

    def _kill_accepted(self, doomed: dict[int, Sender]) -> None:
        """Kill whoever waits for the answer to a call that stands in the provider's log."""
        for pid, sender in list(doomed.items()):
            nth = sender.doom.spot.nth if sender.doom else 0
            if any(each.call == nth for each in self._provider.copies()):
                self._diary.note("struck", how="SIGKILL accepted")
                os.kill(pid, 9)
                del doomed[pid]

    @contextmanager
    def _locker(self, trouble: Trouble) -> Iterator[None]:
        """Somebody who takes the write lock, holds it, and lets go, again and again."""
        if trouble not in {Trouble.LOCKED, Trouble.BUSY}:
            yield
            return
        pid = fork(partial(_lock, self._folder / DATABASE), complaints=self._folder / "complaints.txt")
        try:
            yield
        finally:
            os.kill(pid, 9)
            os.waitpid(pid, 0)

    def _restore(self, *, forgets: bool) -> None:
        self._diary.note("restored", forgets=forgets)
        database = self._folder / DATABASE
        for name in ("-wal", "-shm"):
            database.with_name(database.name + name).unlink(missing_ok=True)
        shutil.copyfile(self._folder / BACKUP, database)
        if forgets:
            database.with_name(f"{database.name}.{HIGH_WATER}").unlink(missing_ok=True)
            shutil.rmtree(database.parent / "workers", ignore_errors=True)

    def _judged(self, began: float) -> Result:
        result, diary = self._result, self._diary.read()
        evidence = Evidence(
            plan=self._plan,
            books=ledger.read(self._folder / DATABASE),
            copies=self._provider.copies(),
            calls=self._provider.calls(),
            words=result.words,
            diary=diary,
            ends=self._ends,
            full=self._full,
        )
        result.wrong += findings(evidence)
        result.kills.update(line["how"] for line in diary if line["what"] == "struck")
        counts = Counter(each.address for each in evidence.copies)
        result.most_copies = max(counts.values(), default=0)
        result.states.update(each.state for each in evidence.books.deliveries)
        result.doubtful |= {each.batch_id for each in evidence.books.attempts if each.outcome == "uncertain"}
        result.seconds = time.monotonic() - began
        if result.wrong:
            result.story = evidence.story(self._complaints())
        return result

    def _complaints(self) -> str:
        return "".join(path.read_text() for path in sorted(self._folder.glob("*.txt")))


def _waits_for_acceptance(sender: Sender) -> bool:
    return sender.doom is not None and sender.doom.spot.at == "accepted"


def _lock(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=5)) as connection:
        while True:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(0.03)
            connection.execute("COMMIT")
            time.sleep(0.004)


__all__ = ["FAILED", "Result", "play"]

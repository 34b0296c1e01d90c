"""Twenty `digest run` at once on one newsroom: one edition, one send."""

import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from digest.simulator.script import Script
from tests.crashlab import ledger
from tests.crashlab.command import SAID, start
from tests.crashlab.forks import wait
from tests.crashlab.provider import Copy, Provider, provider
from tests.crashlab.roads import ROADS
from tests.crashlab.sender import DATABASE
from tests.crashlab.stages import READERS, STAGES, address, point_at

AT_ONCE = 20
PATIENCE_SECONDS = 240.0
"""For all of them together; what takes so long hangs."""

GOOD_ENDS = {0, 4}
"""Done, or somebody else is still at it (README, «Exit codes»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """What came of a round."""

    seed: int
    road: str
    stage: str
    words: tuple[str, ...]
    wrong: list[str]
    said: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is looked at when all have ended."""

    readers: int
    editions: int
    books: ledger.Books
    copies: Sequence[Copy]
    calls: int
    ends: Mapping[int, int | None]
    said: str


def rush(seed: int, base: Path, *, stages: Path) -> Rush:
    """Let twenty come at once to a newsroom that `stages` made ready, then one more."""
    dice, began = random.Random(seed), time.monotonic()
    road, stage = dice.choice(sorted(READERS)), dice.choice(STAGES)
    words = ("run", "--at-once") if dice.random() < 0.25 else ("run",)
    newsroom = base / f"rush-{seed}"
    shutil.copytree(stages / road / stage, newsroom)
    try:
        with provider(
            ROADS[road].dialect, Script(seed=seed), newsroom, outbox=newsroom / "var/outbox", run=f"{seed:x}"
        ) as other:
            point_at(newsroom, other.url, connections=dice.choice((1, 2, 4)))
            wrong = [*_wrong(_all(newsroom, other, words, READERS[road], count=AT_ONCE))]
            wrong += [f"one more: {each}" for each in _wrong(_all(newsroom, other, words, READERS[road], count=1))]
        said = (newsroom / SAID).read_text() if wrong else ""
    finally:
        shutil.rmtree(newsroom)
    return Rush(
        seed=seed, road=road, stage=stage, words=words, wrong=wrong, said=said, seconds=time.monotonic() - began
    )


def _all(newsroom: Path, other: Provider, words: tuple[str, ...], readers: int, *, count: int) -> _Seen:
    ends = wait(
        [start(newsroom, *words) for _ in range(count)], seconds=PATIENCE_SECONDS, meanwhile=lambda: time.sleep(0.01)
    )
    with closing(sqlite3.connect(newsroom / DATABASE)) as connection:
        (editions,) = connection.execute("SELECT count(*) FROM editions").fetchone()
    return _Seen(
        readers=readers,
        editions=editions,
        books=ledger.read(newsroom / DATABASE),
        copies=other.copies(),
        calls=len(other.calls()),
        ends=ends,
        said=(newsroom / SAID).read_text() if (newsroom / SAID).exists() else "",
    )


def _wrong(seen: _Seen) -> Iterator[str]:
    """Everything that is not one edition and one send."""
    codes = Counter(seen.ends.values())
    if codes.keys() - GOOD_ENDS or "Traceback" in seen.said:
        yield f"they ended so: {dict(codes)}"
    if seen.editions != 1 or seen.books.edition != "sent":
        yield f"{seen.editions} editions, the first is {seen.books.edition}: {seen.books.reason}"
    states = Counter(one.state for one in seen.books.deliveries)
    if states != {"accepted": seen.readers}:
        yield f"{seen.readers} readers, and the books say {dict(states)}"
    if Counter(each.address for each in seen.copies) != {address(number): 1 for number in range(seen.readers)}:
        yield f"{len(seen.copies)} copies for {seen.readers} readers"
    batches, attempts = len(seen.books.batches), len(seen.books.attempts)
    if attempts != batches or seen.calls not in {0, batches}:
        yield f"{batches} batches, {attempts} attempts, {seen.calls} calls"

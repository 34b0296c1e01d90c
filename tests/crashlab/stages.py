"""Newsrooms at each stage of a morning, to be copied: nothing done yet, collected, drafted, signed."""

import gc
import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from digest.app.answering import note_answer
from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load
from digest.config.sources import as_toml
from digest.model.news import Source
from digest.model.reader import Subscriber
from digest.pipeline.tick import tick
from digest.sample.day import load as load_day
from digest.sample.server import SampleServer
from tests.crashlab import command
from tests.crashlab.command import KEYS, start
from tests.crashlab.forks import fork, wait
from tests.crashlab.newsroom import nobody

READERS = {"outbox": 120, "mailgun": 1_100}
"""Two batches each."""

_STEPS = {"nothing yet": (), "collected": ("collect",), "drafted": ("draft",), "signed": ("approve", "--by", "Ann")}
STAGES = tuple(_STEPS)

PUBLIC_URL = "https://example.org"
MORNING_HOUR = 8
CONFIG = """\
lexicon = "lexicon"

[newsroom]
name = "The Lab"
sender = "The Lab <news@example.org>"
public_url = "{public_url}"

[provider]
name = "{road}"

[provider.mailgun]
domain = "mg.example.org"
base_url = "http://127.0.0.1:9"
connections = 1
"""
SCHEDULE = """\
title = "The Daily Round-up"
weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
draft_at = 00:10:00
deadline = 00:20:00
policy = "send"
timezone = "{zone}"
late_after_hours = 16
holidays = ""
"""


@contextmanager
def made(base: Path) -> Iterator[Path]:
    """Make a folder for every road and stage; the sample day's feeds are at hand while the context is open.

    A real provider is not sent to at a replayed instant, so all of it happens now: in a time zone where it is morning.
    """
    with _feeds() as sources:
        for road in READERS:
            _furnish(base / road / STAGES[0], road, sources)
            for before, stage in pairwise(STAGES):
                folder = shutil.copytree(base / road / before, base / road / stage)
                (code,) = wait([start(folder, *_STEPS[stage])], seconds=120, meanwhile=lambda: None).values()
                if code not in {0, 4}:  # feeds of the sample day are broken on purpose
                    raise RuntimeError(f"the newsroom could not be {stage}: exit code {code}")
        _warm_up(shutil.copytree(base / "outbox" / "collected", base / "warm"))
        yield base


def point_at(newsroom: Path, url: str, *, connections: int) -> None:
    """Let the newsroom's provider be at `url`."""
    config = newsroom / "config.toml"
    text = config.read_text().replace("http://127.0.0.1:9", url or "http://127.0.0.1:9")
    config.write_text(text.replace("connections = 1", f"connections = {connections}"))


def address(number: int) -> str:
    """A reader's address."""
    return f"reader{number}@example.org"


@contextmanager
def _feeds() -> Iterator[tuple[Source, ...]]:
    """Serve the sample day from a process of its own: who forks must have no threads."""
    ours, theirs = multiprocessing.Pipe()

    def serve() -> None:
        with SampleServer(load_day(), now=clock()()) as server:
            theirs.send(server.sources())
            signal.pause()

    pid = fork(serve, complaints=Path(os.devnull))
    try:
        yield ours.recv()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _furnish(folder: Path, road: str, sources: tuple[Source, ...]) -> None:
    (folder / "schedules").mkdir(parents=True)
    nobody(folder / "lexicon")
    (folder / "schedules" / "daily.toml").write_text(SCHEDULE.format(zone=_zone(clock()())))
    (folder / "config.toml").write_text(CONFIG.format(road=road, public_url=PUBLIC_URL))
    (folder / "sources.toml").write_text(as_toml(sources))
    readers = [
        Subscriber(address=address(number), name="", frequencies=("daily",), consent_source="lab")
        for number in range(READERS[road])
    ]
    os.environ.update(KEYS)
    with opened(load(folder / "config.toml"), clock=clock(), progress=lambda *_: None, create=True) as app:
        app.line.readers.import_subscribers(readers, at=app.line.clock())
        note_answer(app, PUBLIC_URL)


def _warm_up(folder: Path) -> None:
    """Draft and send in this process: what that imports and compiles, those who are forked have."""
    with opened(load(folder / "config.toml"), clock=clock(), progress=lambda *_: None) as app:
        tick(app.line)
    command.load()
    gc.collect()
    gc.freeze()


def _zone(now: datetime) -> str:
    """A zone in which it is morning (POSIX counts westwards): the day does not end while the lab is at work."""
    west = (now.hour - MORNING_HOUR + 12) % 24 - 12
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT"

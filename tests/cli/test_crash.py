"""kill -9 in the middle: nobody gets two, nobody none. Twenty starts at once are the crash lab's rushes."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load
from digest.model.mail import DeliveryState, EditionState
from digest.sample.server import SampleServer
from tests.cli.folders import header, mails
from tests.cli.newsroom import MOMENT, NOW, furnish

READERS = 120
"""Two batches of the outbox."""


@pytest.fixture
def crowded(tmp_path: Path, server: SampleServer) -> Path:
    """A newsroom with many readers, in which nothing has happened yet."""
    rows = "".join(f"reader{n}@example.org,,daily,form\n" for n in range(READERS))
    furnish(tmp_path / "newsroom", server, readers=f"email,name,frequency,consent_source\n{rows}")
    return tmp_path / "newsroom"


def start(newsroom: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "digest", "run", "--at-once", "--now", MOMENT]
    return subprocess.Popen(command, cwd=newsroom, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def ended(running: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = running.communicate(timeout=120)
    return running.returncode, errors


def assert_everybody_has_one(newsroom: Path) -> None:
    with opened(load(newsroom / "config.toml"), clock=clock(NOW), progress=lambda *_: None) as app:
        record = app.line.editions.latest("daily")
        assert record is not None
        assert record.id == 1
        assert record.state is EditionState.SENT
        assert app.line.ledger.balance(record.id).is_exact
        assert Counter(copy.state for copy in app.line.ledger.deliveries(record.id)) == {
            DeliveryState.ACCEPTED: READERS
        }
    messages = mails(newsroom)
    assert Counter(header(message, "To") for message in messages) == Counter(
        {f"reader{n}@example.org": 1 for n in range(READERS)}
    )
    assert len({header(message, "List-Unsubscribe") for message in messages}) == READERS
    assert len({header(message, "Subject") for message in messages}) == 1


def files(newsroom: Path) -> int:
    return sum(name.endswith(".eml") for _, _, names in os.walk(newsroom / "var" / "outbox") for name in names)


KILLED_WHEN: dict[str, Callable[[Path], bool]] = {
    "it has only just begun": lambda newsroom: any((newsroom / "var" / "workers").glob("*.worker")),
    "it is writing to the database": lambda newsroom: (newsroom / "var" / "digest.db-wal").exists(),
    "the first copy is there": lambda newsroom: files(newsroom) > 0,
    "it is half-way through a batch": lambda newsroom: files(newsroom) > 60,
    "nearly all is done": lambda newsroom: files(newsroom) > READERS - 5,
}


@pytest.mark.parametrize("moment", KILLED_WHEN)
def test_a_run_that_is_killed_is_finished_by_the_next(crowded: Path, moment: str) -> None:
    running = start(crowded)
    give_up = time.monotonic() + 60
    while not KILLED_WHEN[moment](crowded):
        assert running.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < give_up
    os.kill(running.pid, signal.SIGKILL)
    assert ended(running)[0] == -signal.SIGKILL
    assert ended(start(crowded))[0] == 0
    assert_everybody_has_one(crowded)

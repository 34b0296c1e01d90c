"""Real processes, really killed: every reader gets exactly one file, whatever died when."""

import multiprocessing
import multiprocessing.synchronize
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digest.adapters.providers.outbox import Outbox
from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.worker_registry import FileWorkers
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, DeliveryState, EditionState, Email, Envelope, Reader, Recipient

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
EMAIL = Email(subject="Subject", preheader="", html=f"<p>{UNSUBSCRIBE_PLACEHOLDER}</p>", text=UNSUBSCRIBE_PLACEHOLDER)
ENVELOPE = Envelope(
    newsletter="daily",
    day=NOW.date(),
    sender="news@example.org",
    reply_to="",
    list_id="daily.example.org",
    sent_at=NOW,
    message_domain="example.org",
)
FORK = multiprocessing.get_context("fork")
READERS = 25
BATCH_SIZE = 3


def recipient(reader: Reader) -> Recipient:
    url = f"https://example.org/u/{reader.delivery_id}"
    return Recipient(delivery_id=reader.delivery_id, address=reader.address, name=reader.name, unsubscribe_url=url)


def send(folder: Path, edition_id: int, *, die: str = "") -> None:
    """Send what there is to send. Dies at the named point of the third batch that it holds."""
    engine = open_engine(f"sqlite:///{folder / 'digest.db'}", create=False)
    ledger, outbox = SqlLedger(engine), Outbox(folder / "outbox")
    with FileWorkers(folder / "workers") as workers:
        ledger.prepare(edition_id, list_domain="example.org", provider="outbox", batch_size=BATCH_SIZE, at=NOW)
        ledger.release_stale(edition_id, at=NOW, is_alive=workers.is_alive)
        for doubt in ledger.doubts(edition_id):
            ledger.replay(doubt.batch_id, at=NOW, until=NOW + timedelta(hours=1))
        while batch := ledger.claim(edition_id, worker=workers.name, at=NOW, lease_seconds=60):
            doomed = batch.n == 2 and die
            kill_if(doomed == "after claim")
            recipients = [recipient(reader) for reader in batch.readers]
            payload = outbox.payload(EMAIL, ENVELOPE, recipients, tag=batch.id)
            if doomed == "half way":
                outbox.submit(replace(payload, copies=payload.copies[:2]))
            kill_if(doomed == "half way")
            receipt = outbox.submit(payload)
            kill_if(doomed == "before settle")
            assert ledger.settle(batch, receipt, worker=workers.name, at=NOW)
            kill_if(doomed == "after settle")
        ledger.close(edition_id, at=NOW)
    engine.dispose()


def kill_if(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)


def at_once(
    start: "multiprocessing.synchronize.Barrier", folder: Path, edition_id: int, results: "multiprocessing.Queue[str]"
) -> None:
    start.wait()
    try:
        send(folder, edition_id)
        results.put("")
    except Exception as error:  # noqa: BLE001 - the parent shows it
        results.put(repr(error))


def copies(folder: Path) -> Counter[str]:
    """How many files each delivery has."""
    return Counter(path.name.split("-")[0] for path in (folder / "outbox").rglob("*.eml"))


def assert_everybody_has_one(engine: Engine, folder: Path, edition_id: int) -> None:
    rows = list(SqlLedger(engine).deliveries(edition_id))
    assert len(rows) == READERS
    assert {copy.state for copy in rows} == {DeliveryState.ACCEPTED}
    assert copies(folder) == Counter(str(copy.delivery_id) for copy in rows)
    assert SqlLedger(engine).balance(edition_id).is_exact
    assert SqlEditions(engine).get(edition_id).state is EditionState.SENT


@pytest.mark.parametrize("die", ["after claim", "half way", "before settle", "after settle"])
def test_a_sender_that_is_killed_costs_nobody_a_copy_and_gives_nobody_two(
    engine: Engine, tmp_path: Path, approved: Callable[..., int], die: str
) -> None:
    edition = approved(READERS)
    killed = FORK.Process(target=send, args=(tmp_path, edition), kwargs={"die": die})
    killed.start()
    killed.join(30)
    assert killed.exitcode == -signal.SIGKILL
    assert SqlEditions(engine).get(edition).state is EditionState.SENDING
    again = FORK.Process(target=send, args=(tmp_path, edition))
    again.start()
    again.join(30)
    assert again.exitcode == 0
    assert_everybody_has_one(engine, tmp_path, edition)


def test_twenty_processes_send_one_edition_once(engine: Engine, tmp_path: Path, approved: Callable[..., int]) -> None:
    edition = approved(READERS)
    start, results = FORK.Barrier(20), FORK.Queue()
    senders = [FORK.Process(target=at_once, args=(start, tmp_path, edition, results)) for _ in range(20)]
    for sender in senders:
        sender.start()
    assert [results.get(timeout=60) for _ in senders] == [""] * 20
    for sender in senders:
        sender.join()
    assert_everybody_has_one(engine, tmp_path, edition)

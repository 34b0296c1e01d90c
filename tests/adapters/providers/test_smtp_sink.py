"""Five thousand letters into Postfix's own sink, which counts them."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from digest.adapters.calls import ThreadedCalls
from digest.adapters.providers.smtp import Smtp
from digest.model.mail import Outcome, Receipt, Recipient
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.mailbox.postfix import PATIENCE_SECONDS, free_port
from tests.mailbox.programs import required

WANTED = 5_000


def readers() -> list[Recipient]:
    return [
        Recipient(
            delivery_id=number,
            address=f"reader{number}@reader.example",
            name="",
            unsubscribe_url=f"https://example.org/u/{number}",
        )
        for number in range(1, WANTED + 1)
    ]


@contextmanager
def sink() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Postfix's own smtp-sink, which takes every letter and counts them, and its port."""
    program = required(shutil.which("smtp-sink", path="/usr/sbin:/usr/local/sbin:/usr/bin"), "smtp-sink")
    port = free_port()
    words = [program, "-c", "-u", "nobody", f"127.0.0.1:{port}", "100"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            await_listening(port, process)
            yield port, process
        finally:
            process.terminate()


def await_listening(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the sink, which says nothing when it begins, answers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                assert probe.recv(100).startswith(b"220")
                return
    raise RuntimeError("smtp-sink does not answer")


@pytest.mark.alone
def test_five_thousand_letters_over_four_connections_are_five_thousand_letters() -> None:
    everybody = readers()
    batches = [everybody[first : first + Smtp.batch_size] for first in range(0, WANTED, Smtp.batch_size)]
    with ThreadPoolExecutor(1) as pool, sink() as (port, process):
        assert process.stdout is not None
        counting = pool.submit(process.stdout.read)
        provider = Smtp(
            host="127.0.0.1", port=port, security="none", bounce_address="bounces@lists.example.org", key=b"k" * 16
        )

        def hand_over(batch: Sequence[Recipient]) -> Receipt:
            return provider.submit(provider.payload(EMAIL, ENVELOPE, batch, tag=TAG))

        began = time.monotonic()
        answered = ThreadedCalls().map(hand_over, batches, at_once=provider.connections, per_second=0.0)
        receipts = [receipt for _, receipt in answered]
        print(f"{WANTED / (time.monotonic() - began):,.0f} letters/s")
        provider._lines.close()  # the sink answers our goodbye after it has counted what came before
        process.terminate()
        counts = re.findall(rb"sess=(\d+) quit=\d+ mesg=(\d+)\r", counting.result())
    assert {receipt.outcome for receipt in receipts} == {Outcome.ACCEPTED}
    taken = [fate.delivery_id for receipt in receipts for fate in receipt.fates]
    assert sorted(taken) == [reader.delivery_id for reader in everybody]
    sessions, letters = map(int, counts[-1])
    assert letters == WANTED
    assert sessions <= provider.connections + 1  # and the one that asked whether it listens

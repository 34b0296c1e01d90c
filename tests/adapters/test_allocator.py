import ctypes
import gc
import subprocess
import sys

import pytest

from digest.adapters.allocator import share_memory, spared

THREADS = """
import ctypes, os, sys, threading
from digest.adapters.allocator import share_memory, spared
if sys.argv[1] == "shared" and not share_memory():
    sys.exit("another C library")
together = threading.Barrier(9)
def work():
    kept = [bytes(1000) for _ in range(100)]
    together.wait()
    del kept
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
together.wait()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


def arenas(how: str) -> int:
    """How many arenas glibc says that eight threads made it open (malloc_stats(3))."""
    done = subprocess.run([sys.executable, "-c", THREADS, how], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    return done.stderr.count("Arena ")


def test_threads_share_two_arenas() -> None:
    assert arenas("shared") <= 2 < arenas("apart")


def test_where_the_library_knows_no_arenas_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not share_memory()


def test_the_collector_leaves_alone_what_was_there_before_and_only_for_that_long() -> None:
    before = gc.get_freeze_count()
    with spared():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0

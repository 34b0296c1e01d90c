"""Processes by fork(2) from one that has imported everything and has no threads: a sender costs milliseconds."""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection
from pathlib import Path

FAILED = 70
"""How a process ends whose function raised; the traceback is beside it."""


def fork(function: Callable[[], int | None], *, complaints: Path) -> int:
    """Run `function` in a child, which ends with what it returns; the child's number."""
    if threading.active_count() != 1:
        raise RuntimeError("the fork server has threads: a child could inherit a lock that nobody opens")
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = FAILED
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = function() or 0
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    except BaseException:  # noqa: BLE001 - the parent shows it
        with complaints.open("a") as file:
            traceback.print_exc(file=file)
    finally:
        os._exit(code)


def wait(pids: Collection[int], *, seconds: float, meanwhile: Callable[[], None]) -> dict[int, int | None]:
    """Wait for children; their exit codes, minus the signal where one ended them, None where they had to be stopped."""
    ends: dict[int, int | None] = {}
    until = time.monotonic() + seconds
    while len(ends) < len(pids):
        for pid in set(pids) - ends.keys():
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                ends[pid] = os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            for pid in set(pids) - ends.keys():
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                ends[pid] = None
        meanwhile()
        if len(ends) < len(pids):
            time.sleep(0.001)
    return ends

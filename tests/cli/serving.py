"""A page that is served by a process of its own, until somebody at its terminal presses Ctrl-C."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 20

_INTERRUPTIBLE = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('digest', run_name='__main__', alter_sys=True)"
)
"""A process started in the background of a shell ignores interrupts, and so would its children."""


@contextmanager
def serving(*words: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `digest` with these words, and leave nothing behind, whatever becomes of the test."""
    command = [sys.executable, "-c", _INTERRUPTIBLE, *words]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def interrupt(running: subprocess.Popen[str]) -> tuple[int, str]:
    """Press Ctrl-C; the exit code and what was said on standard error by the end."""
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=SECONDS)
    return running.returncode, errors


def first_line(running: subprocess.Popen[str]) -> str:
    """The first line on standard output, once it is there."""
    assert running.stdout is not None
    return running.stdout.readline()

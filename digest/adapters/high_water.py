"""The number of the last call that was made, in a small file beside the database."""

import fcntl
import os
from pathlib import Path

WIDTH = 20
"""Digits: always as many, so that one write of one block replaces the number as a whole."""


class FileHighWater:
    """`ports.HighWater` by flock(2).

    It is not synced to the disk: whatever kills the program leaves it, and after a power cut a number that is too low
    merely finds no loss.
    """

    def __init__(self, path: Path) -> None:
        """`path` is made with the first call."""
        self._path = path
        self._last = 0

    def read(self) -> int:
        """The highest number ever told; 0 when there is none, or what is there is no number."""
        try:
            return _number(self._path.read_bytes())
        except FileNotFoundError:
            return 0

    def raise_to(self, number: int) -> None:
        """Keep this number, unless a higher one stands."""
        if number <= self._last:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._last = max(number, _number(os.pread(descriptor, WIDTH, 0)))
            os.pwrite(descriptor, f"{self._last:0{WIDTH}d}".encode(), 0)
        finally:
            os.close(descriptor)


def _number(said: bytes) -> int:
    return int(said) if said.strip().isdigit() else 0

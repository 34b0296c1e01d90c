"""The number of the last call that was made, in a small file beside the database."""

import fcntl
import os
from pathlib import Path

from digest.errors import StoreError

WIDTH = 20
"""Digits: always as many, so that one write of one block replaces the number as a whole."""


class FileHighWater:
    """`ports.HighWater` by flock(2).

    It is not synced to the disk: whatever kills the program leaves it, and after a power cut a number that is too low
    merely finds no loss.
    """

    def __init__(self, path: Path, *, before: Path | None = None) -> None:
        """`path` is made with the first call, and takes over what stands in `before`, its name of earlier versions."""
        self._path = path
        self._before = before
        self._last = -1

    def read(self) -> int | None:
        """The highest number ever told; None when there is none, or it is no number. StoreError when unreadable."""
        return _number(_said(self._path) or _said(self._before))

    def raise_to(self, number: int) -> None:
        """Keep this number, unless a higher one stands; StoreError when it cannot be written."""
        if number <= self._last:
            return
        try:
            self._last = self._raised(number)
        except OSError as error:
            raise _unusable(self._path, "written", error) from error

    def _raised(self, number: int) -> int:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            highest = max(number, _number(os.pread(descriptor, WIDTH, 0) or _said(self._before)) or 0)
            os.pwrite(descriptor, f"{highest:0{WIDTH}d}".encode(), 0)
        finally:
            os.close(descriptor)
        return highest


def _said(path: Path | None) -> bytes:
    """What stands in a file; nothing where there is none. StoreError when it cannot be read."""
    try:
        return path.read_bytes() if path else b""
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _unusable(path, "read", error) from error


def _unusable(path: Path | None, how: str, error: OSError) -> StoreError:
    return StoreError(f"{path} cannot be {how} ({error.strerror}).", mend="Make room, or give this user the right to.")


def _number(said: bytes) -> int | None:
    return int(said) if said.strip().isdigit() else None

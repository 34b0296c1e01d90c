"""Processes at work on this machine: each holds a locked file, and the kernel lets go of it when the process dies."""

import fcntl
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

SUFFIX = ".worker"
KEPT_SECONDS = 7 * 24 * 3600
"""The files of the dead are kept this long: they are what tells «dead» from «on another machine»."""

_NAME = re.compile(r"[0-9a-f]{24}")


class FileWorkers:
    """`ports.WorkerRegistry` by flock(2) on a local folder, which all workers of one database share.

    Not given: an answer about workers of other machines (None), and anything at all on network file
    systems that do not lock. There the lease decides.
    """

    def __init__(self, directory: Path) -> None:
        """Take a name of our own and hold its file for as long as the process lives."""
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self.name = secrets.token_hex(12)
        self._descriptor: int | None = self._take(self.name)
        os.register_at_fork(after_in_child=self._let_go)  # a child that outlives us must not keep us alive
        self._sweep(newest=self._path(self.name).stat().st_mtime)

    def is_alive(self, worker: str) -> bool | None:
        """True or False for a worker of this machine, None when it left no file here."""
        if not _NAME.fullmatch(worker):
            return None
        if worker == self.name:
            return True
        try:
            descriptor = os.open(self._path(worker), os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            return not _lock(descriptor, fcntl.LOCK_SH)  # shared: two who ask at once must not mislead each other
        finally:
            os.close(descriptor)

    @contextmanager
    def turn(self, what: str) -> Iterator[None]:
        """Wait until nobody else on this machine is at `what`, and keep others waiting until the context ends."""
        path = self._directory / f"{sha256(what.encode()).hexdigest()[:24]}.turn"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Leave in good order: nothing of ours is in flight, so nobody needs the file any more."""
        self._path(self.name).unlink(missing_ok=True)
        self._let_go()

    def __enter__(self) -> Self:
        """Work under this name."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave. After an exception the file stays, unlocked, so that others see at once that we are gone."""
        if error is None:
            self.close()
        else:
            self._let_go()

    def _let_go(self) -> None:
        """Close our file, once: its number may soon be another file's."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _take(self, name: str) -> int:
        """Lock a file before it has its name: nobody can find it unlocked while we live."""
        descriptor, temporary = tempfile.mkstemp(prefix=".", dir=self._directory)
        _lock(descriptor, fcntl.LOCK_EX)
        Path(temporary).rename(self._path(name))
        return descriptor

    def _sweep(self, *, newest: float) -> None:
        """Remove the files of those long dead. «Long» is measured from our own file's time: no clock is read."""
        for path in self._directory.glob(f"*{SUFFIX}"):
            try:
                is_old = newest - path.stat().st_mtime > KEPT_SECONDS
            except FileNotFoundError:
                continue  # another worker sweeps as well
            if is_old and self.is_alive(path.name.removesuffix(SUFFIX)) is False:
                path.unlink(missing_ok=True)

    def _path(self, worker: str) -> Path:
        """Where the worker's file is, if there is one."""
        return self._directory / f"{worker}{SUFFIX}"


def _lock(descriptor: int, kind: int) -> bool:
    """True when the lock could be had at once. The kernel drops it with the last descriptor, also at kill -9."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

"""Settings -> the program, opened anew whenever a file that it was made from has changed."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from digest.app.app import App, opened
from digest.app.shipped import shipped
from digest.config.load import Settings, load
from digest.ports.world import Clock

ABSENT = "absent"


class WatchedApp:
    """The program behind the preview: read-only, and never older than its files.

    `state` and `app` may be called from several threads.
    """

    def __init__(self, settings: Settings, *, clock: Clock) -> None:
        """Begin with these settings; they are read anew from their own path."""
        self._settings = settings
        self._clock = clock
        self._lock = Lock()
        self._stack = ExitStack()
        self._app: App | None = None
        self._made_from = ""

    def __enter__(self) -> Self:
        """Give itself; the program is opened when it is first asked for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the program."""
        with self._lock:
            self._close()

    def state(self) -> str:
        """Return a fingerprint that changes with templates, config, schedules, sources and data."""
        return f"{stamp([*self._files(), *_data(self._store)])}-{_identity(self._store)}"

    def app(self) -> App:
        """Return the program as its files now have it.

        Raises:
            DigestError: when it cannot be opened; it is tried again at the next call.

        """
        with self._lock:
            wanted = f"{stamp(self._files())}-{_identity(self._store)}"
            if self._app is None or wanted != self._made_from:
                self._close()
                self._settings = load(self._settings.path)
                self._app = self._stack.enter_context(opened(self._settings, clock=self._clock, progress=_silent))
                self._made_from = wanted
            return self._app

    def _close(self) -> None:
        self._app = None
        self._stack.close()

    @property
    def _store(self) -> Path:
        return self._settings.at(self._settings.file.store.path)

    def _files(self) -> list[Path]:
        """Everything but the data, by the last settings that could be read."""
        settings = self._settings
        own = [settings.path, settings.at(settings.file.schedules), settings.at(settings.file.sources_file)]
        return [*own, settings.at(settings.file.templates), shipped("templates")]


def _data(store: Path) -> Iterator[Path]:
    """The database and, where anything is written in it, its write-ahead log; reading may make an empty one."""
    yield store
    log = store.with_name(f"{store.name}-wal")
    if not _seen(log).startswith(("0 ", ABSENT)):
        yield log


def _identity(store: Path) -> str:
    """Device and number of the database file: one put in its place has another, and open connections keep the old."""
    try:
        about = store.stat()
    except OSError:
        return ABSENT
    return f"{about.st_dev}-{about.st_ino}"


def stamp(paths: Iterable[Path]) -> str:
    """A fingerprint of files and of all that lies in folders, by name, size and time of change; absent ones count.

    What lies in a folder and is hidden, as `.git` and the swap files of editors are, does not count.
    """
    found = hashlib.sha256()
    for path in paths:
        for file in _walked(path):
            found.update(f"{file}\0{_seen(file)}\0".encode(errors="surrogateescape"))
    return found.hexdigest()[:32]


def _walked(path: Path) -> Iterator[Path]:
    """The file, or the folder with all that lies below it and is not hidden."""
    yield path
    for folder, below, files in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))  # os.walk goes down into these alone
        shown = sorted(name for name in files if not name.startswith("."))
        yield from (Path(folder, name) for name in (*below, *shown))


def _seen(path: Path) -> str:
    """Size and time of change in nanoseconds; a file may vanish between being listed and being looked at."""
    try:
        about = path.stat()
    except OSError:
        return ABSENT
    return f"{about.st_size} {about.st_mtime_ns}"


def _silent(stage: str, done: int, total: int) -> None:
    """Draw nothing."""

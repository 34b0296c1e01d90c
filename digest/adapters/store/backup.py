"""A database in use -> a whole copy of it in another file."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from digest.adapters.store.creation import sync_folder
from digest.adapters.store.engine import database_path
from digest.errors import StoreError


def backup(engine: Engine, path: Path) -> None:
    """Copy the database to `path` with SQLite's online backup, while others read and write.

    The copy appears under its name only when it is complete and on the disk; a file that was there
    is replaced. Like the database it is for its owner only. StoreError when it cannot be written.
    """
    source = database_path(engine)
    if source is None:
        raise StoreError("a database in memory cannot be backed up.", mend="Use a database file.")
    if path.exists() and path.samefile(source):
        raise StoreError(f"{path} is the database itself.", mend="Name another file for the backup.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".new", dir=path.parent)
        try:
            _copy(source, Path(name))
            os.fsync(descriptor)
            Path(name).replace(path)
            sync_folder(path.parent)
        finally:
            os.close(descriptor)
            Path(name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{source} cannot be backed up to {path}: {error}.", mend="Check room and rights.") from error


def _copy(source: Path, target: Path) -> None:
    """SQLite's own page-by-page copy, from one consistent state."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)

"""A path where no database is -> a complete one, however many processes make it at once."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from digest.errors import StoreError


def create_file(path: Path, *, build: Callable[[Path], None]) -> None:
    """Build a database under a name of our own and link it to `path`; whoever links first wins.

    Nobody ever sees half a database, and no lock file stays behind. The file is for its owner only:
    being on a party's list can reveal a political opinion. StoreError when the folder cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".new", dir=path.parent)
        os.close(descriptor)
        private = Path(name)
        try:
            build(private)
            _publish(private, path)
        finally:
            private.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be made: {error}.", mend="Check the folder and its rights.") from error


def _publish(private: Path, path: Path) -> None:
    """Give the finished file its name, unless another process was first, and make the name last."""
    try:
        os.link(private, path)
    except FileExistsError:
        return
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's entries to the disk: a new name is not there for good until then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""A text for the end of a file of the configuration -> the whole file, checked; or the file as it was."""

import os
import stat
from collections.abc import Callable
from pathlib import Path


def append(path: Path, text: str, *, check: Callable[[], object]) -> None:
    """Add a paragraph to a file, or begin it; what `check` raises is raised again, and the file is then as it was.

    What stands there is kept to the byte, but for white space at the end. Line ends, mode and owner
    stay, and of a symbolic link it is the target that changes. The file changes as a whole, since a
    tick may be reading it.
    """
    target = path.resolve()
    before = target.read_bytes() if target.exists() else None
    _put(target, _added(before, text))
    try:
        check()
    except BaseException:
        target.unlink() if before is None else _put(target, before)
        raise


def _added(before: bytes | None, text: str) -> bytes:
    kept = (before or b"").rstrip()
    end = b"\r\n" if b"\r\n" in kept else b"\n"
    return kept + end * 2 * bool(kept) + text.encode().replace(b"\n", end)


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(content)
        if path.exists():
            _be_like(path.stat(), draft)
        draft.replace(path)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and not error.filename:  # a full disk is found out while writing, by no name
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def _be_like(former: os.stat_result, draft: Path) -> None:
    draft.chmod(stat.S_IMODE(former.st_mode))
    if os.geteuid() == 0:  # nobody else may give a file away; root's would be closed to whoever runs the ticks
        os.chown(draft, former.st_uid, former.st_gid)

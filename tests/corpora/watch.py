"""What a process reaches for while it is watched: files, the network, other programs, code made of data.

Two witnesses, for neither sees everything. Python tells an audit hook (PEP 578) of whatever Python code opens, calls
or compiles; a library in C can read a file past it, which the kernel tells of a canary (inotify(7), Linux only).
"""

import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WATCHED = ("open", "socket.", "subprocess.", "os.", "urllib.", "http.", "ftplib.", "shutil.", "tempfile.", "compile")
"""Audit events, or how they begin: https://docs.python.org/3/library/audit_events.html."""

LIBRARIES = tuple(str(Path(root).resolve()) for root in set(sysconfig.get_paths().values()) if Path(root).is_dir())
PROJECT = str(Path(__file__).parents[2].resolve())
CODE = frozenset({".py", ".pyc"})
"""Libraries may load what belongs to them when it is first needed; of the project only modules are loaded."""

IN_OPEN = 0x20


@dataclass(slots=True)
class Seen:
    """Everything that was reached for, in words, and how often the canary was opened."""

    reached: list[str] = field(default_factory=list)
    canary_opened: int = 0


class Watch:
    """The hook of this process; hooks cannot be taken off, so there is one and it can look away."""

    def __init__(self) -> None:
        """Set the hook; nothing is noted before `watching`."""
        self._seen: Seen | None = None
        sys.addaudithook(self._note)

    @contextmanager
    def watching(self, canary: Path) -> Iterator[Seen]:
        """Note whatever happens inside."""
        libc = ctypes.CDLL(None, use_errno=True)
        eyes = libc.inotify_init1(os.O_NONBLOCK)
        if eyes < 0 or libc.inotify_add_watch(eyes, bytes(canary), IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify cannot watch", str(canary))
        seen = Seen()
        self._seen = seen
        try:
            yield seen
        finally:
            self._seen = None
            seen.canary_opened = _events(eyes)
            os.close(eyes)

    def _note(self, event: str, given: tuple[object, ...]) -> None:
        if self._seen is not None and event.startswith(WATCHED) and not _is_ours(event, given):
            self._seen.reached.append(f"{event} {given!r:.200}")


def _is_ours(event: str, given: tuple[object, ...]) -> bool:
    """Whether this is a module being found, read and compiled, or a library reading its own tables."""
    where = given[1] if event == "compile" else given[0] if given else None
    if not isinstance(where, str | bytes):
        return event == "open" and isinstance(where, int)  # a file that is open already
    path = Path(os.fsdecode(where)).resolve()
    if str(path).startswith(LIBRARIES):
        return event in {"os.listdir", "os.scandir", "compile"} or (event == "open" and given[1] in {"r", "rb"})
    return str(path).startswith(PROJECT) and (event in {"os.listdir", "os.scandir"} or path.suffix in CODE)


def _events(eyes: int) -> int:
    """How many events the kernel holds for us; each is 16 bytes, for a watched file has no name in it."""
    try:
        return len(os.read(eyes, 65_536)) // 16
    except BlockingIOError:
        return 0


def peak() -> float:
    """The most memory this process ever held, in megabytes; unlike getrusage(2), without what its parent held."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1_000_000

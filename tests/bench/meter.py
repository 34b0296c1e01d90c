"""One command -> what it cost, with everything it started; run as `python -I -S meter.py RESULT memory|time COMMAND …`.

A process of its own, and a small one, for two reasons: the kernel counts the peak of the process that starts another
into the other's peak, and only a subreaper (prctl(2)) inherits what a command leaves behind when it ends (Python's
forkserver and its workers end after their parent), so that their CPU is counted too. Linux only.
"""

import ctypes
import json
import os
import resource
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_SECONDS = 0.01


def main() -> int:
    """Run the command to its end, write {wall, cpu, largest, together, status} as JSON, return its exit code."""
    result, what, *command = sys.argv[1:]
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("this kernel has no PR_SET_CHILD_SUBREAPER")
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    status, together = watched(child) if what == "memory" else (os.waitpid(child, 0)[1], 0)
    wall = time.perf_counter() - started
    reap_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "largest": used.ru_maxrss * 1024,
        "together": together,
        "status": os.waitstatus_to_exitcode(status),
    }
    Path(result).write_text(json.dumps(cost))
    return 0


def watched(child: int) -> tuple[int, int]:
    """Watch the command to its end: its status, and the most bytes that it and its children held at once."""
    peak = 0
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status, peak
        peak = max(peak, sum(proportional_size(process) for process in descendants(os.getpid())))
        time.sleep(SAMPLE_SECONDS)


def descendants(ancestor: int) -> set[int]:
    """Every process below `ancestor`, by its id."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it ended while we looked
                continue
    found = {ancestor}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {ancestor}


def proportional_size(process: int) -> int:
    """Bytes of memory, shared pages divided by how many share them; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def reap_orphans() -> None:
    """Wait for whatever the command left behind."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    sys.exit(main())

"""A command -> its cost, measured from outside as a whole process with everything it starts."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

METER = Path(__file__).with_name("meter.py")
PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What is started: the words, the folder it starts in, the environment, and the exit code that is right."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`wall` seconds until the command ended; `cpu` seconds (user and system) of all its processes.

    `largest` is the peak resident size of its largest process in bytes, `together` the most that all
    held at once (0 where it was not sampled, for looking costs time).
    """

    wall: float
    cpu: float
    largest: int
    together: int


class CommandFailed(Exception):
    """A measured command did not do its work: there is nothing to compare."""


def measure(command: Command, *, log: Path, sample_memory: bool = False) -> Cost:
    """Run the command to its end; what it prints goes to `log`. CommandFailed when it ends badly."""
    result = log.with_suffix(".cost.json")
    words: Sequence[str] = [sys.executable, "-I", "-S", str(METER), str(result), "memory" if sample_memory else "time"]
    with log.open("wb") as file:
        subprocess.run(
            [*words, *command.words],
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
    cost = json.loads(result.read_text())
    if cost.pop("status") != command.status:
        raise CommandFailed(f"{' '.join(command.words)}\n{log.read_text(errors='replace')}")
    return Cost(**cost)

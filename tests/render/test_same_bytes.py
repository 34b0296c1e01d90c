"""The same edition gives the same bytes: a hundred times, in processes with different hash seeds."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ("0", "1", "2", "77", "4294967295")
TIMES_EACH = 20
PRINT_HASHES = f"""\
from digest.render.fingerprint import sha256
from tests.render.letters import letters

for _ in range({TIMES_EACH}):
    print(*(f"{{name}}={{sha256(email)}}" for name, email in letters.__wrapped__().items()))
"""


def test_every_letter_is_the_same_a_hundred_times_across_processes_and_hash_seeds() -> None:
    running = [start(seed) for seed in SEEDS]
    lines = [line for process in running for line in said(process)]
    assert len(lines) == len(SEEDS) * TIMES_EACH == 100
    assert len(set(lines)) == 1
    assert len(set(lines[0].split())) == len(lines[0].split()) >= 5


def start(seed: str) -> "subprocess.Popen[str]":
    """A process of its own, whose sets and dicts of strings are ordered by this seed."""
    return subprocess.Popen(
        [sys.executable, "-c", PRINT_HASHES],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: "subprocess.Popen[str]") -> list[str]:
    """What it printed, when it has ended well."""
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return printed.splitlines()

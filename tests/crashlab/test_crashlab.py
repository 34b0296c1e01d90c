"""Some rounds of the crash lab, which has thousands: `make crashlab`, docs/crash-lab.md."""

import subprocess
import sys

import pytest

from tests.crashlab.invent import KINDS, plan
from tests.crashlab.plan import Kind

ROUNDS_OF_A_KIND = 12
RUSHES = 5


def crashlab(*words: object) -> None:
    """A process of its own: those who fork must have no threads, and who runs the tests has some."""
    command = [sys.executable, "-m", "tests.crashlab", "--jobs", "1", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command[1:])}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_killed_where_nobody_gets_two_and_nobody_is_lost(kind: Kind) -> None:
    crashlab("--kind", kind, "--rounds", ROUNDS_OF_A_KIND)


@pytest.mark.parametrize("first", [1, 1 + RUSHES])
def test_twenty_at_once_make_one_edition_and_send_it_once(first: int) -> None:
    crashlab("--rushes", RUSHES, "--seed", first)


def test_the_same_seed_is_the_same_round() -> None:
    assert [plan(seed) for seed in range(50)] == [plan(seed) for seed in range(50)]

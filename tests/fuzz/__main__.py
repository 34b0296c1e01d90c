"""`make fuzz`: change feeds for minutes on end and see whether the laws of `parse` hold.

Guided by coverage where atheris is installed (`.venv/bin/pip install atheris`; it is no dependency
of ours), else blindly, from the same seeds with the same mutations. A document that breaks a law is
written to the folder given, and ends the run; make it small and keep it in test_laws.py.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import SHARED
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import OWN, bodies, payloads

CONTENT_TYPES = ("", "application/rss+xml", "text/xml", "application/json", "text/html; charset=iso-8859-1")
SLOW = 5.0
"""Seconds of CPU; the workers give a document twenty, and the longest seed takes a few milliseconds."""


def main() -> None:
    """Run for so many minutes."""
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("--minutes", type=float, default=10.0)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    given = words.parse_args()
    seeds, spice = [*OWN, *bodies(SHARED)], payloads(SHARED)
    print(f"{len(seeds)} documents and {len(spice)} payloads to begin with")
    try:
        import atheris  # noqa: F401 # whether it is there decides
    except ImportError:
        _blindly(given, seeds, spice)
    else:
        _guided(given, seeds, spice)


def check(data: bytes) -> None:
    """One document; its first byte chooses the content type under which it comes."""
    from tests.fuzz.laws import hold

    started = time.process_time()
    hold(data[1:], content_type=CONTENT_TYPES[data[0] % len(CONTENT_TYPES)] if data else "")
    assert time.process_time() - started < SLOW


def _blindly(given: argparse.Namespace, seeds: list[bytes], spice: list[str]) -> None:
    """Change one seed after the other at random."""
    dice, until, count = random.Random(given.seed), time.monotonic() + given.minutes * 60, 0
    while time.monotonic() < until:
        data = dice.randbytes(1) + mutated(dice.choice(seeds), dice, spice)
        count += 1
        try:
            check(data)
        except BaseException:
            given.findings.mkdir(parents=True, exist_ok=True)
            (given.findings / f"finding-{given.seed}-{count}").write_bytes(data)
            raise
    print(f"{count} documents, every law held")


def _guided(given: argparse.Namespace, seeds: list[bytes], spice: list[str]) -> None:
    """Let atheris choose, by what of our code a document reaches."""
    import atheris

    with atheris.instrument_imports(include=["digest", "feedparser"]):
        import tests.fuzz.laws  # noqa: F401 # imported here, so that it is watched

    def custom(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        if dice.random() < 0.3:
            return bytes(atheris.Mutate(data, len(data)))
        return (data[:1] + mutated(data[1:], dice, spice))[:most]

    given.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, body in enumerate(seeds):
            Path(corpus, str(number)).write_bytes(b"\0" + body)
        options = [
            f"-max_total_time={round(given.minutes * 60)}",
            "-max_len=16000",
            f"-seed={given.seed}",
            "-timeout=20",
        ]
        atheris.Setup(
            [sys.argv[0], corpus, *options, f"-artifact_prefix={given.findings}/"], check, custom_mutator=custom
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()

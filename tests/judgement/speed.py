"""Speed: `digest stories` against the plain method, in turn, as whole processes with everything they import."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from tests.bench.measure import Command, Cost, measure
from tests.bench.newsroom import environment
from tests.judgement.figures import Figure
from tests.judgement.groups import ECB, LABOUR, UCI
from tests.judgement.process import PLAIN, Place, has_plain, read, write

COUNTS = (500, 5_000)
ROUNDS = 5
SHARE = 0.3


def speed(place: Place) -> Iterator[Figure]:
    """Wall and CPU seconds for 500 and 5,000 rows of all sets together; nothing where there is no peer, or no Linux."""
    if not has_plain() or sys.platform != "linux":
        return
    every = (row | {"text": ""} for name in (LABOUR, UCI, ECB) for row in read(place.data(name)))
    rows = list(islice(every, max(COUNTS)))
    for count in COUNTS:
        items = write(place.folder / f"{count}.jsonl", rows[:count])
        ours, peer = _in_turn(place.folder, items)
        for what in ("wall", "cpu"):
            mine, others = (median(getattr(cost, what) for cost in costs) for costs in (ours, peer))
            yield Figure(set=f"{count:,} items", measure=f"{what}, seconds", ours=mine, plain=others)
            yield Figure(
                set=f"{count:,} items", measure=f"{what}, share", ours=mine / others, plain=1.0, aim=SHARE, is_cost=True
            )


def _in_turn(folder: Path, items: Path) -> tuple[list[Cost], list[Cost]]:
    """Measure both ROUNDS times in turn; one round more, the first, only warms the disk."""
    said = str(folder / "speed.jsonl")
    words = (
        (sys.executable, "-m", "digest", "stories", "--items", str(items), "--out", said),
        (sys.executable, str(PLAIN), str(items), said),
    )
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(ROUNDS + 1):
        for side, each in enumerate(words):
            command = Command(words=each, folder=Path.cwd(), environment=environment())
            cost = measure(command, log=folder / "speed.log")
            if number:
                costs[side].append(cost)
    return costs

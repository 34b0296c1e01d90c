"""Measure and tune the ranking on the labelled days: python -m tests.judgement.ranking STORIES [--fit] [--show DAY].

STORIES is the folder with labour_stream.jsonl.gz and labour_rankings.json. Prints nDCG@10 (gain 10 for the lead down to
1), how often the gold lead is among the first three, and the share of the gold top five among the first ten, with the
annotator's stories and with our own: of plain counts, of the shipped weights, and of weights fitted on other windows,
which is the honest figure of anything chosen here. --fit prints the weights as fitted on all windows, to be rounded
into `Weights` and [rank]; --show prints a day's order with the annotator's gains.
"""

import argparse
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from statistics import fmean

from digest.rank.causes import Weights
from tests.judgement.labelled_days import DEPTH, TUNED, Candidate, Day, Stream
from tests.judgement.logistic import fit
from tests.judgement.stream import WINDOWS

RIDGE = 3.0
CROWDING = (0, -6, -12, -18)
"""Weights of crowding that are tried; it depends on the order, so that pairs cannot teach it."""

Scores = tuple[float, float, float]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--fit", action="store_true")
    options.add_argument("--show", metavar="DAY", default="")
    asked = options.parse_args()
    stream = Stream(asked.folder)
    gold, own = stream.days(stream.gold_stories), stream.days(stream.own_stories)
    for name, days in (("the annotator’s stories", gold), ("our own stories", own)):
        print(f"{name:44}   nDCG@10 lead in 3   5 in 10")
        show("by publishers", [scores(day, counted(day, publishers)) for day in days])
        show("by articles", [scores(day, counted(day, lambda one: len(one.story.items))) for day in days])
        show("shipped weights", [scores(day, day.ranking(Weights())) for day in days])
        for weight in (*TUNED, "crowding"):
            without = replace(Weights(), **{weight: 0})
            show(f"  without {weight}", [scores(day, day.ranking(without)) for day in days])
        show("each window by weights of the others", left_out(gold + own, days))
    if asked.fit:
        print(fitted(gold + own))
    for day in own:
        if asked.show == day.day.isoformat():
            show_day(day)


def publishers(one: Candidate) -> int:
    return len({item.publisher for item in one.story.items})


def counted(day: Day, count: Callable[[Candidate], int]) -> list[Candidate]:
    return sorted(day.candidates, key=lambda one: (-count(one), one.story.id))


def scores(day: Day, ranking: Sequence[Candidate]) -> Scores:
    """nDCG@10 (Järvelin and Kekäläinen, 2002), lead in the first three, share of the top five in the first ten."""
    said = [one.gold for one in ranking[:DEPTH]]
    gains = [0 if story in said[:place] else day.gains.get(story, 0) for place, story in enumerate(said)]
    top = set(day.order[:5])
    return dcg(gains) / dcg(day.gains.values()), float(day.order[0] in said[:3]), len(top.intersection(said)) / len(top)


def dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def left_out(training: Sequence[Day], days: Sequence[Day]) -> list[Scores]:
    """Score each window by weights that were fitted without it."""
    found = []
    for window in WINDOWS:
        weights = fitted([day for day in training if day.window != window])
        found += [scores(day, day.ranking(weights)) for day in days if day.window == window]
    return found


def fitted(days: Sequence[Day]) -> Weights:
    """Return the weights of a pairwise logistic ranking, scaled so that publishers give as much as they do in ours.

    Every pair of a day's stories of which the annotator put one above the other is a row, as in RankNet (Burges 2005),
    both ways round, so that there is no bias. What a cause cannot be (a bonus that takes) becomes nought.
    """
    pairs = [pair for day in days for pair in preferred(day)]
    rows = [
        {name: sign * (one.shares[name] - other.shares[name]) for name in TUNED}
        for one, other in pairs
        for sign in (1, -1)
    ]
    learnt = fit(rows, [place % 2 == 0 for place in range(len(rows))], ridge=RIDGE)
    scale = Weights().publishers / learnt["publishers"]
    found = {name: round(learnt[name] * scale) for name in TUNED}
    # a share counts for a penalty as for a bonus, so that its weight comes out with its own sign
    kept = {name: value if value * getattr(Weights(), name) > 0 else 0 for name, value in found.items()}
    tried = [replace(Weights(), **kept, crowding=crowding) for crowding in CROWDING]
    return max(tried, key=lambda weights: fmean(scores(day, day.ranking(weights))[0] for day in days))


def preferred(day: Day) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs of which the first is worth more."""
    for one, other in combinations(day.candidates, 2):
        gap = day.gains.get(one.gold, 0) - day.gains.get(other.gold, 0)
        if gap:
            yield (one, other) if gap > 0 else (other, one)


def show(name: str, found: Sequence[Scores]) -> None:
    print(f"{name:44}" + "".join(f"{fmean(column):10.3f}" for column in zip(*found, strict=True)))


def show_day(day: Day) -> None:
    for one in day.ranking(Weights())[: 2 * DEPTH]:
        points = one.ranked(Weights()).score
        causes = " ".join(f"{name[:4]} {share:.2f}" for name, share in one.shares.items())
        print(f"{points:4} gain {day.gains.get(one.gold, 0):2} {one.gold:40} {causes} | {one.story.items[0].title}")


if __name__ == "__main__":
    main()

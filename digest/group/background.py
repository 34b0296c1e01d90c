"""The words of the news -> how likely each is in any headline: «Labour» weighs little and «Makerfield» much."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.group.headline_words import SHARE
from digest.group.terms import Terms

BEFORE = 500.0
"""Headlines that the shipped table counts for on a newsroom's first day."""

ENOUGH = 1000
"""Headlines of other days with which a newsroom knows better than the shipped table."""

LEAST = 0.5
"""A term that was never seen counts as seen so often."""

UNSEEN = 800.0
"""So many words of news stand behind what was seen, spread over names that nobody has counted yet.

Without them a small day would take every word for a common one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The probability of every term of a run, and of all its names together."""

    likely: Mapping[str, float]
    named: float


def background(
    clusters: Iterable[Sequence[int]], run: Sequence[Terms], earlier: Collection[Collection[str]] = ()
) -> Background:
    """Return how likely each term of the run is in any headline; the probabilities add up to at most 1.

    A story counts each of its terms once, however many tell it: what is the whole day's news in forty
    reports is still rare news. `earlier` are the terms of headlines of other days, each counted once.
    """
    seen = Counter(term for members in clusters for term in {term for index in members for term in run[index].weights})
    seen.update(term for headline in earlier for term in headline)
    shipped = BEFORE * max(0.0, 1 - len(earlier) / ENOUGH)
    counts = {
        term: LEAST + seen[term] + shipped * SHARE.get(term, 0.0)
        for term in {term for one in run for term in one.weights}
    }
    total = sum(seen.values()) + shipped * sum(SHARE.values()) + LEAST * len(counts) + UNSEEN
    likely = {term: count / total for term, count in counts.items()}
    named = math.fsum(likely[name] for name in {name for one in run for name in one.names})
    return Background(likely=likely, named=named)

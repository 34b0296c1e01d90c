"""Clusters -> fewer clusters: the parts of one event that were told in different words.

Average linkage compares reports one with another; a day's big event is told in so many words («quits», «resigns»,
«walks out») that it stays in parts. The parts as wholes are alike: their mean vectors are compared here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from digest.group.similarity import decay
from digest.group.terms import Terms

THRESHOLD = 0.32
"""Cosine of two clusters' mean vectors, less what time takes away, from which they are one story."""

LEAST_MEMBERS = 2
"""A single report is no whole to be compared: it was weighed against every other already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    members: tuple[int, ...]
    weights: Mapping[str, float]
    hour: float


def gather(
    clusters: Sequence[tuple[int, ...]], terms: Sequence[Terms], *, threshold: float = THRESHOLD
) -> tuple[tuple[int, ...], ...]:
    """Return the clusters with those joined that are alike as wholes, ordered by their first member.

    The likest two are joined first, ties broken by their members, so the result follows from the values alone.
    """
    wholes = {members: _whole(members, terms) for members in clusters if len(members) >= LEAST_MEMBERS}
    scores = {
        pair: score
        for pair in combinations(sorted(wholes), 2)
        if (score := _likeness(wholes[pair[0]], wholes[pair[1]])) >= threshold
    }
    while scores:
        one, other = min(scores, key=lambda pair: (-scores[pair], pair))
        joined = _whole(tuple(sorted(one + other)), terms)
        del wholes[one], wholes[other]
        scores = {pair: score for pair, score in scores.items() if not {one, other} & set(pair)}
        for rest in wholes.values():
            score = _likeness(joined, rest)
            if score >= threshold:
                scores[min(joined.members, rest.members), max(joined.members, rest.members)] = score
        wholes[joined.members] = joined
    single = [members for members in clusters if len(members) < LEAST_MEMBERS]
    return tuple(sorted([*single, *wholes]))


def _whole(members: tuple[int, ...], terms: Sequence[Terms]) -> _Whole:
    """Return a cluster's mean vector, scaled to length one, and the median of its items' times in hours."""
    total: dict[str, float] = {}
    for index in members:
        for term, weight in terms[index].weights.items():
            total[term] = total.get(term, 0.0) + weight
    length = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
    hours = sorted(terms[index].item.published.timestamp() / 3600 for index in members)
    return _Whole(
        members=members,
        weights={term: weight / length for term, weight in total.items()},
        hour=hours[len(hours) // 2],
    )


def _likeness(one: _Whole, other: _Whole) -> float:
    small, large = sorted((one.weights, other.weights), key=len)
    cosine = sum(weight * large.get(term, 0.0) for term, weight in small.items())
    return cosine * decay(abs(one.hour - other.hour))

"""Pairs with a similarity -> clusters, by average linkage, whatever the order of arrival.

Average linkage (Sokal and Michener, 1958) asks that a newcomer be like the whole cluster, not like
one member: that is what keeps a day's mega-story from swallowing its side events.
"""

import heapq
from collections.abc import Mapping

Pair = tuple[int, int]


def cluster(count: int, similarities: Mapping[Pair, float], *, threshold: float) -> tuple[tuple[int, ...], ...]:
    """Return clusters of the indexes 0 … count-1, each sorted, ordered by their first member.

    `similarities` holds pairs (i, j) with i < j; a pair that is absent counts as 0. Ties are broken
    by the lowest members, so the result follows from the values alone.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (i, j), score in similarities.items():
        near[i][j] = near[j][i] = score
    members: dict[int, tuple[int, ...]] = {index: (index,) for index in range(count)}
    heap = [(-score, i, j) for (i, j), score in similarities.items() if score >= threshold]
    heapq.heapify(heap)
    while heap:
        score, i, j = heapq.heappop(heap)
        if i in members and j in members and near[i].get(j) == -score:
            _merge(i, j, members, near)
            for other, merged in near[i].items():
                if merged >= threshold:
                    heapq.heappush(heap, (-merged, min(i, other), max(i, other)))
    return tuple(sorted(members.values()))


def _merge(i: int, j: int, members: dict[int, tuple[int, ...]], near: list[dict[int, float]]) -> None:
    """Fold cluster j into cluster i (i < j) and average their similarities to all others."""
    size_i, size_j = len(members[i]), len(members[j])
    members[i] = tuple(sorted(members[i] + members.pop(j)))
    others = (near[i].keys() | near[j].keys()) - {i, j}
    merged = {
        other: (size_i * near[i].get(other, 0.0) + size_j * near[j].get(other, 0.0)) / (size_i + size_j)
        for other in others
    }
    for other in near[j]:
        near[other].pop(j, None)
    near[j] = {}
    near[i] = merged
    for other, score in merged.items():
        near[other][i] = score

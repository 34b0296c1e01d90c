"""Parts of stories -> larger parts: the two that explain each other best are joined, until none do well enough."""

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from digest.group.background import Background
from digest.group.nearby import pairs
from digest.group.strangers import are_strangers
from digest.group.terms import Terms
from digest.group.urn import Urn, affinity, pour, urn

Pair = tuple[int, int]

NEAR = 2.0
"""Two parts that explain each other by less than this are not weighed again when either has grown."""


def cluster(
    parts: Iterable[Collection[int]],
    run: Sequence[Terms],
    common: Background,
    *,
    least: float,
    apart: Collection[Pair] = (),
) -> list[list[int]]:
    """Return the parts, joined where their affinity is `least` or more, each in order, ordered by their first member.

    Items that are to stay `apart` never come together, unless they come in one part. Ties are broken by the lowest
    members, so the result follows from the values alone.
    """
    pool = _Pool(run=run, common=common, least=least)
    for members in parts:
        pool.take(sorted(members))
    pool.forbid(apart)
    for one, other in pairs(pool.urns):
        pool.consider(one, other)
    pool.join_all()
    return sorted(sorted(each.members) for each in pool.urns.values())


@dataclass(slots=True)
class _Pool:
    """The parts by their lowest member, the affinities of those that are near, and a heap of what may be joined."""

    run: Sequence[Terms]
    common: Background
    least: float
    urns: dict[int, Urn] = field(default_factory=dict)
    near: dict[int, set[int]] = field(default_factory=dict)
    foes: dict[int, set[int]] = field(default_factory=dict)
    scores: dict[Pair, float] = field(default_factory=dict)
    heap: list[tuple[float, int, int]] = field(default_factory=list)

    def take(self, members: Sequence[int]) -> None:
        self.urns[members[0]] = urn(members, self.run, self.common)
        self.near[members[0]] = set()
        self.foes[members[0]] = set()

    def forbid(self, apart: Collection[Pair]) -> None:
        home = {index: key for key, each in self.urns.items() for index in each.members}
        for one, other in apart:
            if home[one] != home[other]:
                self.foes[home[one]].add(home[other])
                self.foes[home[other]].add(home[one])

    def consider(self, one: int, other: int) -> None:
        """Write down how near two parts are, if they are; put them on the heap where that is near enough to join."""
        if other in self.foes[one]:
            return
        score = affinity(self.urns[one], self.urns[other])
        if score < NEAR:
            return
        pair = (min(one, other), max(one, other))
        self.near[one].add(other)
        self.near[other].add(one)
        self.scores[pair] = score
        if score >= self.least:
            heapq.heappush(self.heap, (-score, *pair))

    def join_all(self) -> None:
        while self.heap:
            score, one, other = heapq.heappop(self.heap)
            if self.scores.get((one, other)) != -score:
                continue
            if are_strangers(self.urns[one], self.urns[other], self.run, self.common):
                del self.scores[one, other]
            else:
                self._join(one, other)

    def _join(self, one: int, other: int) -> None:
        """Fold the part of the higher key into the other, and weigh it anew against all that were near either."""
        pour(self.urns.pop(other), self.urns[one])
        around = (self.near[one] | self.near.pop(other)) - {one, other}
        self._forget(one, other, around)
        for foe in self.foes.pop(other):
            self.foes[foe].discard(other)
            self.foes[foe].add(one)
            self.foes[one].add(foe)
        for each in sorted(around):
            self.consider(one, each)

    def _forget(self, one: int, other: int, around: Collection[int]) -> None:
        self.near[one] = set()
        self.scores.pop((one, other), None)
        for each in around:
            self.near[each] -= {one, other}
            for gone in (one, other):
                self.scores.pop((min(gone, each), max(gone, each)), None)

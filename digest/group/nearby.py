"""What may be near what: an inverted index over the terms that tell enough, so that few pairs need weighing."""

import math
from collections.abc import Iterable, Mapping, Sequence

from digest.group.background import Background
from digest.group.urn import CONCENTRATION, Urn

TELLING = 1.0
"""A term that gives less than so much to what shares it makes nobody look, though it counts."""

MOST = 8
"""Of the urns that share a term, each looks only at so many that follow it: they lead on to the others."""


def pairs(urns: Mapping[int, Urn], common: Background) -> list[tuple[int, int]]:
    """Return the pairs of urns that share a term which tells enough, or an address, each once, in order."""
    postings: dict[str, list[int]] = {}
    for key, each in urns.items():
        for term in (*_telling(each, common), *each.urls):
            postings.setdefault(term, []).append(key)
    return sorted({pair for keys in postings.values() for pair in _neighbours(sorted(keys))})


def _neighbours(keys: Sequence[int]) -> Iterable[tuple[int, int]]:
    return ((one, other) for place, one in enumerate(keys, 1) for other in keys[place : place + MOST])


def holders(urns: Sequence[Urn], common: Background) -> dict[str, list[int]]:
    """Return the numbers of the urns in which a term tells enough, by term."""
    found: dict[str, list[int]] = {}
    for number, each in enumerate(urns):
        for term in _telling(each, common):
            found.setdefault(term, []).append(number)
    return found


def _telling(one: Urn, common: Background) -> Iterable[str]:
    likely = common.likely
    return (term for term, count in one.counts.items() if math.log1p(count / (CONCENTRATION * likely[term])) >= TELLING)

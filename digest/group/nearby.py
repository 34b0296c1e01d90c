"""What may be near what: an inverted index over the terms that tell enough, so that few pairs need weighing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.group.urn import SAME_PAGE, Urn

TELLING = 1.0
"""A term that gives less than so much to what shares it makes nobody look, though it counts."""

LOOK = 2.0
"""Two urns are worth weighing from so much on that their telling terms give together."""

MOST = 50
"""Of the urns that share a term, each looks only at so many that follow it: they lead on to the others."""

Postings = Mapping[str, Sequence[tuple[int, float, float]]]
"""Term -> the keys of the urns in which it tells enough, with what it weighs there for one item, and what it gives."""


def pairs(urns: Mapping[int, Urn]) -> list[tuple[int, int]]:
    """Return the pairs of urns whose shared telling terms, or a shared address, give enough; each once, in order."""
    given: dict[tuple[int, int], float] = defaultdict(float)
    for postings in index(urns).values():
        for place, (one, weight, gain) in enumerate(postings, 1):
            for other, others, more in postings[place : place + MOST]:
                given[one, other] += (weight * more + others * gain) / 2
    return sorted(pair for pair, gain in given.items() if gain >= LOOK)


def candidates(one: Urn, postings: Postings) -> list[int]:
    """Return the keys of the urns that may explain an item, in order."""
    given: dict[int, float] = defaultdict(float)
    for term, weight in (*one.damped.items(), *one.pages.items()):
        for key, _, gain in postings.get(term, ()):
            given[key] += weight * gain
    return sorted(key for key, gain in given.items() if gain >= LOOK)


def index(urns: Mapping[int, Urn]) -> Postings:
    """Return in which urns each term tells enough; an address, which is a term like any other here, always does."""
    found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for key in sorted(urns):
        for term, weight, gain in _telling(urns[key]):
            found[term].append((key, weight / urns[key].size, gain))
    return found


def _telling(one: Urn) -> Iterable[tuple[str, float, float]]:
    yield from ((term, one.damped[term], gain) for term, gain in one.gain.items() if gain >= TELLING)
    yield from ((page, one.size, SAME_PAGE) for page in one.pages)

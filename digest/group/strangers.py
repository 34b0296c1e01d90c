"""Two parts of what may be one story -> whether each knows the names of the other.

Two look-alike events («Stannerby passes its budget», «Thornwick passes its budget») share their words and
draw on different names; and a day's great story shares its one great name with all its side events. What is
asked here is whether the names of a part are better told by both parts together than by its own items alone.
"""

import math
from collections.abc import Sequence

from digest.group.background import Background
from digest.group.terms import Terms
from digest.group.urn import CONCENTRATION, Urn

STRANGE = 0.85
"""A loss of so much per item, in logarithms of likelihood, keeps two parts apart."""

LEAST_PART = 2
"""A single report has no names of its own to be told from: it was weighed against the story already."""


def are_strangers(one: Urn, other: Urn, run: Sequence[Terms], common: Background) -> bool:
    """Tell whether two parts are to stay apart, whatever words they share; never for single reports."""
    if min(one.size, other.size) < LEAST_PART:
        return False
    return (understanding(one, other, run, common) + understanding(other, one, run, common)) / 2 < -STRANGE


def understanding(one: Urn, other: Urn, run: Sequence[Terms], common: Background) -> float:
    """Return what the names in `other` add to what the items of `one` tell of each other's, per item with names.

    Each item is explained by its own part without itself, then by both parts; the difference of the logarithms
    is above nothing where the other part helps, below it where its names only stand in the way.
    """
    own, others = math.fsum(one.names.values()), math.fsum(other.names.values())
    ground = CONCENTRATION * common.named
    told = []
    for index in one.members:
        weights = {name: run[index].weights[name] for name in run[index].names}
        if weights:
            rest = own - math.fsum(weights.values())
            more = math.fsum(
                weight
                * math.log1p(
                    other.names.get(name, 0.0) / (one.names[name] - weight + CONCENTRATION * common.likely[name])
                )
                for name, weight in weights.items()
            )
            told.append(more - math.fsum(weights.values()) * math.log1p(others / (rest + ground)))
    return math.fsum(told) / len(told) if told else 0.0

"""Ranked stories -> the same, each the lower the more it tells what a story above it tells already.

Maximal marginal relevance (Carbonell and Goldstein, 1998): the next is whoever has most points after what its likeness
to those above takes away. So a day's big event, which comes in several stories, does not hold every place at the top.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.model.story import Cause, Ranked, Reason
from digest.rank.likeness import Words, likeness, rarity, words

DEPTH = 40
"""So many stories are looked at from above; no edition prints more."""


def spread(ranked: Sequence[Ranked], *, weight: int) -> tuple[Ranked, ...]:
    """Return all stories in their order, highest score first and ties by id, with the points that crowding takes.

    `weight` (not positive) is what a story loses that says in every word what one above says. Raising another cause
    of a story never lowers it: it only comes to have fewer stories above it.
    """
    left = sorted(ranked, key=_order)
    weights = rarity(story.story for story in left)
    told = {story.story.id: words((item.title for item in story.story.items), weights) for story in left}
    chosen: list[Ranked] = []
    while left:
        best = left.pop(0)
        chosen.append(best)
        if len(chosen) <= DEPTH and weight:
            left = sorted((_below(story, best, told, weight) for story in left), key=_order)
    return tuple(chosen)


def _below(story: Ranked, above: Ranked, told: Mapping[str, Words], weight: int) -> Ranked:
    """Return a story with what `above` takes from it, where that is more than another has taken."""
    alike = likeness(told[story.story.id], told[above.story.id])
    lost = round(weight * alike)
    if lost >= min((reason.points for reason in story.reasons if reason.cause is Cause.CROWDING), default=0):
        return story
    why = f"{alike:.0%} like a story above it: «{above.story.reports[0].title}»"
    others = tuple(reason for reason in story.reasons if reason.cause is not Cause.CROWDING)
    return replace(story, reasons=(*others, Reason(cause=Cause.CROWDING, points=lost, why=why)))


def _order(ranked: Ranked) -> tuple[int, str]:
    return -ranked.score, ranked.story.id

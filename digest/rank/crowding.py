"""Ranked stories -> the same, each the lower the more it tells what a story above it tells already.

Maximal marginal relevance (Carbonell and Goldstein, 1998): the next is whoever has most points after what its likeness
to those above takes away. So a day's big event, which comes in several stories, does not hold every place at the top.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.model.story import Cause, Ranked, Reason
from digest.text.tokens import content_words

DEPTH = 40
"""So many stories are looked at from above; no edition prints more."""

Words = Mapping[str, float]


def spread(ranked: Sequence[Ranked], *, weight: int) -> tuple[Ranked, ...]:
    """Return all stories in their order, highest score first and ties by id, with the points that crowding takes.

    `weight` (not positive) is what a story loses that says in every word what one above says. Raising another cause
    of a story never lowers it: it only comes to have fewer stories above it.
    """
    left = sorted(ranked, key=_order)
    words = {story.story.id: _words(story) for story in left}
    chosen: list[Ranked] = []
    while left:
        best = left.pop(0)
        chosen.append(best)
        if len(chosen) <= DEPTH and weight:
            left = sorted((_below(story, best, words, weight) for story in left), key=_order)
    return tuple(chosen)


def _below(story: Ranked, above: Ranked, words: Mapping[str, Words], weight: int) -> Ranked:
    """Return a story with what `above` takes from it, where that is more than another has taken."""
    likeness = _cosine(words[story.story.id], words[above.story.id])
    lost = round(weight * likeness)
    if lost >= min((reason.points for reason in story.reasons if reason.cause is Cause.CROWDING), default=0):
        return story
    why = f"{likeness:.0%} like a story above it: «{above.story.reports[0].title}»"
    others = tuple(reason for reason in story.reasons if reason.cause is not Cause.CROWDING)
    return replace(story, reasons=(*others, Reason(cause=Cause.CROWDING, points=lost, why=why)))


def _words(ranked: Ranked) -> Words:
    """Return the share of a story's headlines that each word of content is in, scaled to length one."""
    counts = Counter(word for item in ranked.story.items for word in set(content_words(item.title)))
    length = math.sqrt(sum(count * count for count in counts.values()))
    return {word: count / length for word, count in counts.items()}


def _cosine(one: Words, other: Words) -> float:
    small, large = sorted((one, other), key=len)
    return sum(share * large.get(word, 0.0) for word, share in small.items())


def _order(ranked: Ranked) -> tuple[int, str]:
    return -ranked.score, ranked.story.id

"""Headlines -> the fittest one: it says what happened, fits a subject line, and shouts at nobody."""

import re
from collections.abc import Mapping, Sequence

from digest.edit.agreement import said
from digest.edit.bait import faults, in_title_case
from digest.model.news import Item, Kind, Source
from digest.text.headline import without_tags

SHORTEST, LONGEST = 45, 75
"""Characters within which a headline also makes a subject line (editorial.md)."""

_AGAINST = {"in capitals": 2.0, "a quotation without its speaker": 0.3}
"""What a fault takes from a headline; the others take one."""

_HANGING = re.compile(
    r"\s(?:an?|the|of|in|on|at|to|for|from|by|with|and|or|but|as|that|than|is|are|was|were|be|has|have|will|would|his"
    r"|her|their|its|not|all|over|into|if|who|which|when|while|after|before|amid|about|between)$"
)
_NOT_YET = re.compile(r"\b(?:expected to|set to|due to|poised to|could|may|might|considers?|plans? to|to announce)\b")


def headline(items: Sequence[Item], *, sources: Mapping[str, Source]) -> Item:
    """Return the item of a story whose headline stands for it; ties go to the earliest, then the id.

    A headline gains by the words it shares with the story's other headlines (it says what they all
    say), by the weight of its source and by its length; it loses by bait, shouting, quotation, capitals on every word
    and by announcing what others say has happened.
    """
    common = shares(items)
    return max(items, key=lambda item: (fitness(item, common, sources), -item.published.timestamp(), item.id))


def fitness(item: Item, common: Mapping[str, float], sources: Mapping[str, Source]) -> float:
    """Return how fit a headline is to stand for its story; `common` is the share of headlines each word is in."""
    words = sorted(said(item.title))  # sums of fractions depend on their order
    shared = sum(common.get(word, 0.0) for word in words) / max(6, len(words))
    weight = max((sources[source].weight for source in item.sources if source in sources), default=1.0)
    return 2.0 * shared + 0.5 * weight + _form(item)


def shortened(text: str, most: int) -> str:
    """Return `text` in at most `most` characters, cut between words and marked with an ellipsis where it was cut.

    What is left does not end in a word that only begins something: «… over the» loses both.
    """
    if len(text) <= most:
        return text
    kept = text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—")
    while (bare := _HANGING.sub("", kept).rstrip(" ,;:-–—")) != kept:
        kept = bare
    return (kept or text[: most - 1]) + "…"


def shares(items: Sequence[Item]) -> dict[str, float]:
    """Return the share of the story's headlines that have each word."""
    counts: dict[str, int] = {}
    for item in items:
        for word in said(item.title):
            counts[word] = counts.get(word, 0) + 1
    return {word: count / len(items) for word, count in counts.items()}


def _form(item: Item) -> float:
    title, points = without_tags(item.title), 0.0
    if SHORTEST <= len(title) <= LONGEST:
        points += 0.6
    if len(title) > 100:
        points -= 0.6
    points -= sum(_AGAINST.get(fault, 1.0) for fault in faults(title))
    points -= 0.4 * bool(_NOT_YET.search(title)) + 0.4 * in_title_case(title)
    return points + {Kind.NEWS: 0.8, Kind.LIVE: 0.0, Kind.ANALYSIS: -0.2, Kind.COMMENT: -1.0}[item.kind]

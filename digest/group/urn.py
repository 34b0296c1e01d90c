"""Stories in the making: what a group of items says together, and how well it explains another.

A story is taken for an urn of words: it keeps drawing from the same few, and else from those that all
headlines draw from. The score of an item in a story is the logarithm of how much likelier its words are
there than anywhere (the predictive probability of a Dirichlet-multinomial mixture; Yin and Wang, KDD 2014),
so every word has its own part in it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.group.terms import Terms

CONCENTRATION = 200.0
"""So many words of a story make its own words count as much as those of all headlines."""

BIGGER = 0.7
"""Times the logarithm of its items, what a story gains by being told by many already."""

HOURS = 10.0
"""A silence of so many hours between two items costs 1, one of twice as many costs 4."""

LEAST_COUNT = 1e-9
"""What is left of a count when all that made it is taken away may be so much, by rounding."""

SAME_PAGE = 8.0
"""What it counts that two items were seen at one address."""


@dataclass(slots=True)
class Urn:
    """Items taken together: the weights of their terms added up, as they are (`counts`) and damped for long texts.

    `names` are the counts of its names; `first` and `last` are hours; `urls` are addresses, each with how many items
    were seen there.
    """

    members: list[int] = field(default_factory=list)
    counts: dict[str, float] = field(default_factory=dict)
    damped: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)
    length: float = 0.0
    damped_length: float = 0.0
    first: float = math.inf
    last: float = -math.inf
    urls: dict[str, float] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many items it holds."""
        return len(self.members)


def urn(members: Iterable[int], run: Sequence[Terms]) -> Urn:
    """Return what the items of the run with these indexes say together."""
    made = Urn()
    for index in members:
        pour(_alone(index, run[index]), made)
    return made


def pour(one: Urn, into: Urn) -> None:
    """Add all that is in `one` to the other urn."""
    into.members += one.members
    for mine, theirs in (
        (one.counts, into.counts),
        (one.damped, into.damped),
        (one.names, into.names),
        (one.urls, into.urls),
    ):
        for key, weight in mine.items():
            theirs[key] = theirs.get(key, 0.0) + weight
    into.length += one.length
    into.damped_length += one.damped_length
    into.first, into.last = min(into.first, one.first), max(into.last, one.last)


def _alone(index: int, one: Terms) -> Urn:
    return Urn(
        members=[index],
        counts=dict(one.weights),
        damped={term: weight * one.share for term, weight in one.weights.items()},
        names={name: one.weights[name] for name in one.names},
        length=one.length,
        damped_length=one.length * one.share,
        first=one.hour,
        last=one.hour,
        urls=dict.fromkeys(one.item.urls, 1.0),
    )


def fit(one: Urn, story: Urn, likely: Mapping[str, float]) -> float:
    """Return how well `story` explains an item of `one`, on average: what the terms they share give, less their price.

    `likely` is the background. Neither time nor links are in it: see `affinity`.
    """
    gained = math.fsum(gains(one, story, likely).values())
    return (gained - one.damped_length * price(story.length)) / one.size + BIGGER * math.log(story.size)


def gains(one: Urn, story: Urn, likely: Mapping[str, float]) -> dict[str, float]:
    """Return what each term of `one` gains by standing in `story`, for all its items; only shared terms do."""
    mine, theirs = one.damped, story.counts
    shared = [term for term in mine if term in theirs] if len(mine) < len(theirs) else [t for t in theirs if t in mine]
    return {term: mine[term] * math.log1p(theirs[term] / (CONCENTRATION * likely[term])) for term in shared}


def price(length: float) -> float:
    """Return what any word costs in a story of so many: the more it has said, the less likely each single word is."""
    return math.log1p(length / CONCENTRATION)


def without(story: Urn, one: Urn) -> Urn:
    """Return the story as it explains one of its own items: without that item, which is not to explain itself.

    Only what the item shares with it is in what is returned, and its hours are those of the whole story.
    """
    counts = {term: story.counts[term] - weight for term, weight in one.counts.items()}
    return replace(
        story,
        members=[index for index in story.members if index != one.members[0]],
        counts={term: count for term, count in counts.items() if count > LEAST_COUNT},
        length=story.length - one.length,
        urls={url: count for url, count in story.urls.items() if count > one.urls.get(url, 0.0)},
    )


def belonging(one: Urn, story: Urn, likely: Mapping[str, float]) -> float:
    """Return how well a story explains an item, less what silence between them takes, plus what a link gives."""
    return fit(one, story, likely) - silence(one, story) + link(one, story)


def affinity(one: Urn, other: Urn, likely: Mapping[str, float]) -> float:
    """Return how well two urns explain each other, less what silence between them takes, plus what a link gives."""
    both = (fit(one, other, likely) + fit(other, one, likely)) / 2
    return both - silence(one, other) + link(one, other)


def silence(one: Urn, other: Urn) -> float:
    """Return what the hours between two urns take away; nothing where they overlap."""
    return (max(0.0, one.first - other.last, other.first - one.last) / HOURS) ** 2


def link(one: Urn, other: Urn) -> float:
    """Return what it gives that something in both was seen at one address; nothing where it was not."""
    return SAME_PAGE if one.urls.keys() & other.urls.keys() else 0.0

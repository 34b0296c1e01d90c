"""Stories in the making: what a group of items says together, and how well it explains another.

A story is taken for an urn of words: it keeps drawing from the same few, and else from those that all
headlines draw from. The score of an item in a story is the logarithm of how much likelier its words are
there than anywhere (the predictive probability of a Dirichlet-multinomial mixture; Yin and Wang, KDD 2014),
so every word has its own part in it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.group.background import Background
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

    `likely` is how likely each term is anywhere in the news; `names` are the counts of its names; `first` and `last`
    are hours; `pages` are addresses that other items were seen at too, each with how many of these items were.
    `worked_out` is what `gain` remembers until something is poured in.
    """

    likely: Mapping[str, float]
    members: list[int] = field(default_factory=list)
    counts: dict[str, float] = field(default_factory=dict)
    damped: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)
    length: float = 0.0
    damped_length: float = 0.0
    first: float = math.inf
    last: float = -math.inf
    pages: dict[str, float] = field(default_factory=dict)
    worked_out: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> int:
        """How many items it holds."""
        return len(self.members)

    @property
    def gain(self) -> Mapping[str, float]:
        """How much likelier each of its terms is here than anywhere (logarithms), as long as nothing is poured in."""
        if not self.worked_out:
            likely = self.likely
            self.worked_out = {
                term: math.log1p(count / (CONCENTRATION * likely[term])) for term, count in self.counts.items()
            }
        return self.worked_out


def urn(members: Iterable[int], run: Sequence[Terms], common: Background) -> Urn:
    """Return what the items of the run with these indexes say together."""
    made = Urn(likely=common.likely)
    for index in members:
        _add(index, run[index], made)
    return made


def pour(one: Urn, into: Urn) -> None:
    """Add all that is in `one` to the other urn."""
    into.members += one.members
    for mine, theirs in (
        (one.counts, into.counts),
        (one.damped, into.damped),
        (one.names, into.names),
        (one.pages, into.pages),
    ):
        for key, weight in mine.items():
            theirs[key] = theirs.get(key, 0.0) + weight
    into.length += one.length
    into.damped_length += one.damped_length
    into.first, into.last = min(into.first, one.first), max(into.last, one.last)
    into.worked_out = {}


def _add(index: int, one: Terms, into: Urn) -> None:
    counts, damped, names, pages, length = into.counts, into.damped, into.names, into.pages, one.length
    for term, weight in one.weights.items():
        counts[term] = counts.get(term, 0.0) + weight
        damped[term] = damped.get(term, 0.0) + weight * one.share
    for name in one.names:
        names[name] = names.get(name, 0.0) + one.weights[name]
    for page in one.pages:
        pages[page] = pages.get(page, 0.0) + 1.0
    into.members.append(index)
    into.length += length
    into.damped_length += length * one.share
    into.first, into.last = min(into.first, one.hour), max(into.last, one.hour)


def fit(one: Urn, story: Urn) -> float:
    """Return how well `story` explains an item of `one`, on average: what the terms they share give, less their price.

    Neither time nor links are in it: see `affinity`.
    """
    return _fit(one, story, one.counts.keys() & story.counts.keys())


def _fit(one: Urn, story: Urn, shared: Iterable[str]) -> float:
    damped, gain = one.damped, story.gain
    gained = math.fsum([damped[term] * gain[term] for term in shared])
    return (gained - one.damped_length * price(story.length)) / one.size + BIGGER * math.log(story.size)


def gains(one: Urn, story: Urn) -> dict[str, float]:
    """Return what each term of `one` gains by standing in `story`, for all its items; only shared terms do."""
    gain = story.gain
    return {term: weight * gain[term] for term, weight in one.damped.items() if term in gain}


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
        pages={page: count for page, count in story.pages.items() if count > one.pages.get(page, 0.0)},
        worked_out={},
    )


def belonging(one: Urn, story: Urn) -> float:
    """Return how well a story explains an item, less what silence between them takes, plus what a link gives."""
    return fit(one, story) - silence(one, story) + link(one, story)


def affinity(one: Urn, other: Urn) -> float:
    """Return how well two urns explain each other, less what silence between them takes, plus what a link gives."""
    shared = one.counts.keys() & other.counts.keys()
    both = (_fit(one, other, shared) + _fit(other, one, shared)) / 2
    return both - silence(one, other) + link(one, other)


def silence(one: Urn, other: Urn) -> float:
    """Return what the hours between two urns take away; nothing where they overlap."""
    return (max(0.0, one.first - other.last, other.first - one.last) / HOURS) ** 2


def link(one: Urn, other: Urn) -> float:
    """Return what it gives that something in both was seen at one address; nothing where it was not."""
    return SAME_PAGE if one.pages and not one.pages.keys().isdisjoint(other.pages) else 0.0

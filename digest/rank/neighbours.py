"""Stories of a day -> who tells nearly the same as each of them in a story of its own.

What happened is told in different words, and grouping, which must not join what is only alike, leaves an act, the
letter about it and the reaction apart. What the event weighs, their publishers say together.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model.news import Item
from digest.model.story import Story
from digest.rank.likeness import Words, rarity, words

NEAR = 0.3
"""The likeness from which a headline tells nearly the same as a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """How many further publishers tell nearly the same in other stories, and what they count by their likeness."""

    publishers: int = 0
    count: float = 0.0


ALONE = Neighbours()


def neighbours(reports: Mapping[str, Sequence[Item]], stories: Sequence[Story]) -> Mapping[str, Neighbours]:
    """Return for each story, by its id, who reports nearly the same elsewhere.

    `reports` are the plain reports of each story that are new. A publisher counts once, by the likest headline it
    has, and not for a story that it reports itself.
    """
    weights = rarity(stories)
    told = [(story.id, item) for story in stories for item in reports[story.id]]
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, (_, item) in enumerate(told):
        for word, weight in words([item.title], weights).items():
            index[word].append((place, weight))
    found = {}
    for story in stories:
        own = {item.publisher for item in reports[story.id]}
        best: dict[str, float] = {}
        for place, likeness in _likenesses(words((item.title for item in story.items), weights), index).items():
            where, item = told[place]
            if likeness >= NEAR and where != story.id and item.publisher not in own:
                best[item.publisher] = max(likeness, best.get(item.publisher, 0.0))
        found[story.id] = Neighbours(publishers=len(best), count=sum(sorted(best.values())))
    return found


def _likenesses(story: Words, index: Mapping[str, Sequence[tuple[int, float]]]) -> Mapping[int, float]:
    """Return the likeness of every headline that has a word of the story, by its place."""
    found: dict[int, float] = defaultdict(float)
    for word, weight in sorted(story.items()):
        for place, other in index.get(word, ()):
            found[place] += weight * other
    return found

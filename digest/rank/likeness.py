"""Stories of a day -> how alike their headlines are, where words that many of them have say little."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from digest.model.story import Story
from digest.text.tokens import content_words

Words = Mapping[str, float]
"""Words of content with what each weighs, scaled to length one."""


def likeness(one: Words, other: Words) -> float:
    """Return the cosine of two lots of words, 0 to 1."""
    small, large = sorted((one, other), key=len)
    return sum(share * large.get(word, 0.0) for word, share in sorted(small.items()))


def rarity(stories: Iterable[Story]) -> Words:
    """Return what each word of the stories' headlines weighs: one that a single headline has about 1, common ones 0.

    The inverse document frequency (Spärck Jones, 1972), as a share of the greatest there could be.
    """
    headlines = [set(content_words(item.title)) for story in stories for item in story.items]
    counts = Counter(word for headline in headlines for word in headline)
    most = math.log(len(headlines) + 1)
    return {word: math.log((len(headlines) + 1) / (count + 0.5)) / most for word, count in counts.items()}


def words(titles: Iterable[str], weights: Words) -> Words:
    """Return the words of some headlines, each by how many have it and how rare it is among `weights`."""
    counts = Counter(word for title in titles for word in set(content_words(title)))
    weighed = {word: counts[word] * weights[word] for word in sorted(counts)}  # sums depend on the order
    length = math.hypot(*weighed.values())
    return {word: weight / length for word, weight in weighed.items()}

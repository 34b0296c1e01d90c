"""A story's items -> the words its publishers agree on, and how much of them a sentence has."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt

from digest.model.news import Item
from digest.text.tokens import content_words

REMEMBERED = 4096
"""Sentences and headlines whose words are kept for a moment: each is compared with its story and its neighbours."""


@lru_cache(maxsize=REMEMBERED)
def said(text: str) -> frozenset[str]:
    """Return the folded words of content of a sentence or headline."""
    return frozenset(content_words(text))


def agreement(items: Sequence[Item]) -> Mapping[str, float]:
    """Return the share of the story's publishers that have each word in a headline or summary: its centroid."""
    told: dict[str, set[str]] = {}
    for item in items:
        told.setdefault(item.publisher, set()).update(content_words(f"{item.title} {item.summary}"))
    counts = Counter(word for words in told.values() for word in words)
    return {word: counts[word] / len(told) for word in sorted(counts)}


def centrality(words: frozenset[str], shares: Mapping[str, float]) -> float:
    """Return the cosine of a sentence's words and the centroid, 0 to 1."""
    length = sqrt(len(words) * sum(share * share for share in shares.values()))
    return sum(shares.get(word, 0.0) for word in sorted(words)) / length if length else 0.0

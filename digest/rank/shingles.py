"""A text -> its shingles, and how much of one text stands in another.

Overlapping runs of words, and the share of one text's runs found in another: A. Z. Broder, «On the resemblance and
containment of documents» (1997). Containment, not resemblance, because a paper prints half of an agency's copy.
"""

from digest.text.tokens import tokens

WIDTH = 3
"""Words in a shingle: headlines and teasers are short, and five words of them are seldom kept in a row."""

LEAST = 6
"""Fewer shingles say too little for their likeness to prove a common origin: «Starmer resigns as prime minister»."""

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Return every run of `WIDTH` words of `text`, folded, stop words included; none of a shorter text."""
    words = [token.folded for token in tokens(text)]
    return frozenset(tuple(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1))


def containment(one: Shingles, other: Shingles) -> float:
    """Return the share of the smaller text's shingles that the larger has too, 0 to 1; 0 where one has too few."""
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest >= LEAST else 0.0

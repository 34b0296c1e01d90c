"""An item -> its terms: the words of its headlines and summary, and whom and what the lexicon knows in them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.lexicon.find import find
from digest.lexicon.value import BODIES, PEOPLE, PLACES, Category, Found, Lexicon
from digest.model.news import Item
from digest.model.story import Signal
from digest.text.tokens import content_words, proper_words

EARLIER_HEADLINE = 0.3
"""A word that only an earlier headline of the item had counts this much of one it has now."""

HEADLINE_LENGTH = 9.0
"""Words of a usual headline; an item of more words says no more by each of them than one of so many by all."""

ENTITY = "@"
"""What the terms of the lexicon's entries begin with: «the Chancellor» and her name are one term."""

SIGNALS = (
    dict.fromkeys(PEOPLE | {Category.OFFICE}, Signal.PEOPLE)
    | dict.fromkeys(PLACES, Signal.PLACES)
    | dict.fromkeys(BODIES, Signal.BODIES)
)
"""Which kind of evidence an entry of the lexicon is; those of every other category are words like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one item says: term -> how often (1 + ln n), damped for long texts; `hour` counts from the epoch.

    `names` are those of its terms that are names: proper words, and people, places and bodies of the lexicon; `pages`
    are those of its addresses at which other items of the run were seen as well.
    """

    item: Item
    weights: Mapping[str, float]
    signals: Mapping[str, Signal]
    names: frozenset[str]
    share: float
    hour: float
    pages: frozenset[str]

    @property
    def length(self) -> float:
        """The sum of its weights."""
        return math.fsum(self.weights.values())


def terms(items: Sequence[Item], *, lexicon: Lexicon) -> tuple[Terms, ...]:
    """Return the terms of each item, in order; which words are names is learnt from all of them together."""
    proper = proper_words(text for item in items for text in (item.title, item.summary))
    seen = Counter(page for item in items for page in frozenset(item.urls))
    pages = frozenset(page for page, count in seen.items() if count > 1)
    return tuple(_terms(item, lexicon, proper, pages) for item in items)


def headline_terms(item: Item, *, lexicon: Lexicon) -> frozenset[str]:
    """Return the terms of an item's headline alone."""
    return frozenset({*content_words(item.title), *_entities(find(lexicon, item.title, item.published.date()))})


def _terms(item: Item, lexicon: Lexicon, proper: frozenset[str], pages: frozenset[str]) -> Terms:
    counts = Counter(content_words(item.title)) + Counter(content_words(item.summary))
    weights = {word: 1 + math.log(count) for word, count in counts.items()}
    for title in item.titles:
        for word in content_words(title):
            weights.setdefault(word, EARLIER_HEADLINE)
    signals = _entities(find(lexicon, item.title, item.published.date()))
    weights |= dict.fromkeys(signals, 1.0)
    return Terms(
        item=item,
        weights=dict(sorted(weights.items())),
        signals=signals,
        names=frozenset(signals) | (proper & weights.keys()),
        share=HEADLINE_LENGTH / max(HEADLINE_LENGTH, math.fsum(weights.values())),
        hour=item.published.timestamp() / 3600,
        pages=pages.intersection(item.urls),
    )


def _entities(mentions: Iterable[Found]) -> dict[str, Signal]:
    """Return a term for everybody and everything that is named, an office under its holder of the day."""
    return {
        f"{ENTITY}{found.holder or found.name}": SIGNALS.get(found.category, Signal.WORDS)
        for found in mentions
        if found.category is not Category.POLITICS
    }

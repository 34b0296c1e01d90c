"""An item -> its weighted terms: words, name phrases and what the lexicon knows."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.lexicon.find import find
from digest.lexicon.value import BODIES, PEOPLE, PLACES, Lexicon
from digest.model.news import Item
from digest.model.story import Signal
from digest.text.tokens import capital_words, common_words, content_words, name_phrases, tokens

SUMMARY_SHARE = 0.5
"""A word of the summary counts this much of a word of the headline."""

PHRASE_SHARE = 0.7
"""A name phrase counts this much on top of its own words."""

HISTORY = 1500
"""Documents of background that stand behind the run's own frequencies, so that a small day has sane weights."""

TELLING_SHARE = 0.1
"""A word in more than this share of the items says nothing about which event it is."""

TELLING_ITEMS = 12
"""On a small day a word may stand in so many items all the same: the day's big story is told by many."""

SIGNALS = (
    dict.fromkeys(PEOPLE, Signal.PEOPLE) | dict.fromkeys(PLACES, Signal.PLACES) | dict.fromkeys(BODIES, Signal.BODIES)
)
"""Which kind of evidence a name of the lexicon is; every other category is a word like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The unit-length vector of one item: term -> weight, which kind of evidence each term is, and its names.

    `names` are words written with a capital that no item of the run writes without one; `telling` are the
    words that few enough items use to say which event it is.
    """

    item: Item
    weights: Mapping[str, float]
    signals: Mapping[str, Signal]
    names: frozenset[str]
    telling: frozenset[str]


def weigh(items: Sequence[Item], *, lexicon: Lexicon) -> tuple[Terms, ...]:
    """Return the terms of each item, in order, weighted by TF-IDF over these items and scaled to length one."""
    counted = [_count(item, lexicon) for item in items]
    frequency = Counter(term for counts, _ in counted for term in counts)
    most = max(TELLING_ITEMS, TELLING_SHARE * len(items))
    common = common_words(text for item in items for text in (item.title, item.summary))
    return tuple(
        Terms(
            item=item,
            weights=_scale(counts, frequency, len(items)),
            signals=signals,
            names=capital_words(item.title) - common,
            telling=frozenset(term for term in counts if " " not in term and frequency[term] <= most),
        )
        for item, (counts, signals) in zip(items, counted, strict=True)
    )


def _count(item: Item, lexicon: Lexicon) -> tuple[dict[str, float], dict[str, Signal]]:
    counts: dict[str, float] = {}
    signals: dict[str, Signal] = {}
    for text, share in ((item.title, 1.0), (item.summary, SUMMARY_SHARE)):
        _take(counts, ((word, share) for word in dict.fromkeys(content_words(text))))
        phrases = dict.fromkeys(name_phrases(text))
        _take(counts, ((phrase, share * PHRASE_SHARE) for phrase in phrases))
        signals.update(dict.fromkeys(phrases, Signal.PHRASES))
        for found in find(lexicon, text, item.published.date()):
            signal = SIGNALS.get(found.category)
            if signal:
                signals.update((token.folded, signal) for token in tokens(found.alias) if token.folded in counts)
    return counts, signals


def _take(counts: dict[str, float], terms: Iterable[tuple[str, float]]) -> None:
    for term, share in terms:
        counts[term] = max(counts.get(term, 0.0), share)


def _scale(counts: Mapping[str, float], frequency: Counter[str], documents: int) -> dict[str, float]:
    """Multiply by IDF (smoothed by the background) and scale to length one (Salton and Buckley, 1988)."""
    raw = {
        term: count * math.log((documents + HISTORY) / (frequency[term] + 0.5 * HISTORY / (documents + HISTORY)))
        for term, count in counts.items()
    }
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {term: weight / length for term, weight in sorted(raw.items())} if length else {}

"""The sentences of a story -> what speaks for each of them as its summary."""

import re
from collections.abc import Mapping, Sequence

from digest.edit.agreement import agreement, centrality, said
from digest.edit.candidates import Candidate, Key
from digest.model.edition import Field
from digest.model.news import Item, Kind, Source

PROSE = range(10, 36)
"""Words of a sentence that is quick to read and says who did what."""

LONGEST = 45
"""Words from which a sentence is work to read."""

_TODAY = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|last night)\b", re.IGNORECASE
)
"""Words that mean another day by the time they are read."""

_PLACES = {0: 0.2, 1: 0.1}
"""Newspapers say what happened first."""

_KINDS = {Kind.NEWS: 0.0, Kind.ANALYSIS: -0.1, Kind.LIVE: -0.3, Kind.COMMENT: 0.0}


def worths(
    found: Sequence[Candidate], items: Sequence[Item], *, headline: Item, sources: Mapping[str, Source]
) -> dict[Key, float]:
    """Return by its key what speaks for each sentence that may be printed.

    The story's own words (the cosine with its centroid, 0 to 1) come first; then what it says beyond the headline,
    its publisher's weight, its place, the headline's own report, and a length that reads well.
    """
    shares, title = agreement(items), said(headline.title)
    return {one.key: _worth(one, shares, title, headline, sources) for one in found if one.why is None}


def _worth(
    one: Candidate, shares: Mapping[str, float], title: frozenset[str], headline: Item, sources: Mapping[str, Source]
) -> float:
    text, words = one.sentence.text, said(one.sentence.text)
    points = centrality(words, shares) + 0.25 * len(words - title) / len(words)
    points += 0.15 * _weight(one.item, sources) + _KINDS[one.item.kind] + _PLACES.get(one.place, 0.0)
    points += 0.15 * (one.item.id == headline.id) + 0.1 * (one.sentence.field is Field.SUMMARY)
    points += 0.1 * (one.sentence.words in PROSE) - 0.2 * (one.sentence.words > LONGEST)
    return points - 0.15 * bool(_TODAY.search(text)) - 0.2 * (text[0] in "“‘\"'")


def _weight(item: Item, sources: Mapping[str, Source]) -> float:
    return max((sources[source].weight for source in item.sources if source in sources), default=1.0)

"""Two items -> how likely they are about one event, with the evidence, part by part."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digest.group.terms import Terms
from digest.model.story import Evidence, Signal

HALF_LIFE_HOURS = 20.0
"""Two items this far apart in time keep half of what their words say."""

LINK_BONUS = 0.25
"""One item that links to, or was seen at, an address of the other is about the same event almost by itself."""

OTHER_NAMES = 0.3
"""What is left of a likeness when each headline names somebody or something and they name nothing in common."""

LEAST_TELLING, THIN = 2, 0.5
"""With fewer telling words in common, a name everybody has that day and one verb, this much is left."""

SHOWN = 5
"""How many shared terms the evidence names for each signal: the heaviest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """`score` is the sum of the evidence's weights, usually 0 to 1."""

    score: float
    evidence: tuple[Evidence, ...]


def similarity(one: Terms, other: Terms) -> Similarity:
    """Return the cosine of two items' terms, less what other names and time take away, plus what a link adds.

    Symmetric; every shared term's share of the cosine is counted under one signal, so the parts add up.
    """
    shared = _shared(one, other)
    cosine = math.fsum(shared.values())
    evidence = _by_signal(shared, one.signals, other.signals)
    kept = 1.0
    for signal, factor, what in _doubts(one, other):
        evidence += (Evidence(signal=signal, what=what[:SHOWN], weight=cosine * kept * (factor - 1.0)),)
        kept *= factor
    hours = _hours(one, other)
    loss = cosine * kept * (decay(hours) - 1.0)
    if loss:
        evidence += (Evidence(signal=Signal.TIME, what=(f"{hours:.0f} hours apart",), weight=loss),)
    links = _shared_links(one, other)
    if links:
        evidence += (Evidence(signal=Signal.LINK, what=links, weight=LINK_BONUS),)
    return Similarity(score=score(one, other), evidence=evidence)


def score(one: Terms, other: Terms) -> float:
    """Return the score of `similarity` alone: fifty thousand pairs are weighed for every hundred that are shown."""
    cosine = math.fsum(_shared(one, other).values())
    kept = math.prod(factor for _, factor, _ in _doubts(one, other))
    return cosine * kept * decay(_hours(one, other)) + (LINK_BONUS if _shared_links(one, other) else 0.0)


def _shared(one: Terms, other: Terms) -> dict[str, float]:
    """Return each shared term's share of the cosine."""
    small, large = sorted((one.weights, other.weights), key=len)
    return {term: weight * large[term] for term, weight in small.items() if term in large}


def _hours(one: Terms, other: Terms) -> float:
    return abs((one.item.published - other.item.published).total_seconds()) / 3600


def decay(hours: float) -> float:
    """Return the share of a similarity that is left after `hours` between two items."""
    return float(0.5 ** ((hours / HALF_LIFE_HOURS) ** 2))


def _doubts(one: Terms, other: Terms) -> Iterator[tuple[Signal, float, tuple[str, ...]]]:
    """Yield what speaks against two items that use the same words, and how much it leaves of their likeness.

    «Stannerby passes its budget» and «Thornwick passes its budget» are alike in every word but one; «Burnham turns
    on Brexit» and «Can Burnham turn a slogan into a plan?» share what half the day's items have, and a verb.
    """
    if one.names and other.names and not one.names & other.names:
        yield Signal.NAMES, OTHER_NAMES, tuple(sorted(one.names | other.names))
    shared = one.telling & other.telling
    if len(shared) < LEAST_TELLING:
        yield Signal.THIN, THIN, tuple(sorted(shared))


def _by_signal(
    shared: Mapping[str, float], one: Mapping[str, Signal], other: Mapping[str, Signal]
) -> tuple[Evidence, ...]:
    groups: dict[Signal, list[tuple[float, str]]] = {}
    for term, weight in shared.items():
        signal = one.get(term) or other.get(term) or Signal.WORDS
        groups.setdefault(signal, []).append((weight, term))
    return tuple(
        Evidence(
            signal=signal,
            what=tuple(term for _, term in sorted(groups[signal], key=lambda part: (-part[0], part[1]))[:SHOWN]),
            weight=sum(weight for weight, _ in groups[signal]),
        )
        for signal in Signal
        if signal in groups
    )


def _shared_links(one: Terms, other: Terms) -> tuple[str, ...]:
    return tuple(sorted(set(one.item.urls) & set(other.item.urls)))

"""The items of a story -> its independent voices: a publisher counts once, and so does wire copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.news import Item
from digest.text.tokens import content_words, jaccard

SAME_COPY = 0.75
"""Share of words from which two texts of different publishers are the same copy."""

LEAST_WORDS = 6
"""Shorter texts say too little for their likeness to prove a common origin."""

_AGENCY = re.compile(
    r"\b(?:PA|PA Media|Press Association|Reuters|AFP|Associated Press|AP|Albion Press)\b"
    r"(?=\s*(?:reports?|reported|$|\)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says it independently: the publishers that carry one and the same report, alphabetically."""

    publishers: tuple[str, ...]


def voices(items: Sequence[Item]) -> tuple[Voice, ...]:
    """Return the independent voices among `items`, ordered by publisher; three feeds of one publisher are one voice.

    Two publishers are one voice when every report the one has is also the other's (copied word for
    word, or credited to the same agency).
    """
    by_publisher: dict[str, list[_Report]] = {}
    for item in items:
        by_publisher.setdefault(item.publisher, []).append(_report(item))
    found: list[tuple[list[str], list[_Report]]] = []
    for publisher, reports in sorted(by_publisher.items()):
        copied = next((voice for voice in found if _says_the_same(reports, voice[1])), None)
        if copied:
            copied[0].append(publisher)
            copied[1].extend(reports)
        else:
            found.append(([publisher], reports))
    return tuple(Voice(publishers=tuple(names)) for names, _ in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    words: frozenset[str]
    agency: str


def _report(item: Item) -> _Report:
    agency = _AGENCY.search(f"{item.author}\n{item.summary}")
    return _Report(
        words=frozenset(content_words(f"{item.title} {item.summary}")), agency=agency.group() if agency else ""
    )


def _says_the_same(reports: Sequence[_Report], others: Sequence[_Report]) -> bool:
    return all(any(_is_copy(report, other) for other in others) for report in reports)


def _is_copy(report: _Report, other: _Report) -> bool:
    if report.agency and report.agency == other.agency:
        return True
    shortest = min(len(report.words), len(other.words))
    return shortest >= LEAST_WORDS and jaccard(report.words, other.words) >= SAME_COPY

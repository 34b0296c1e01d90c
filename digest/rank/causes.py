"""A story and what is known around it -> the points of each cause, each with its sentence.

Each function is one cause and gives at most one Reason (None: nothing to say). Points are whole
numbers. More of a cause never takes points away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.model.news import Kind, Source
from digest.model.story import Cause, Continuity, Novelty, Reason, Relevance, Story
from digest.rank.citations import credited
from digest.rank.voices import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points each cause can give (or, for the negative ones, take). The config may set each."""

    publishers: int = 40
    weight: int = 12
    centrality: int = 24
    reporting: int = 8
    prominence: int = 10
    freshness: int = 8
    developing: int = 6
    repeat: int = -60
    comment: int = -20
    analysis: int = -8
    pin: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the causes need besides the story: its voices and relevance, what was told, the sources, the instant."""

    voices: tuple[Voice, ...]
    relevance: Relevance
    continuity: Continuity
    sources: Mapping[str, Source]
    now: datetime
    weights: Weights
    is_pinned: bool = False


FULL_VOICES = 8
"""So many independent publishers give all the points of that cause."""

FRESH_HOURS = 24.0
"""A story whose newest item is this old has no freshness left."""

TOP_POSITIONS = 10
"""Positions in a feed that count as prominent."""


def publishers(_: Story, around: Around) -> Reason | None:
    """Independent publishers that report it (comment is no source): each further one counts less (logarithm)."""
    found = around.voices
    share = min(1.0, math.log(1 + len(found)) / math.log(1 + FULL_VOICES))
    copies = sum(len(voice.publishers) - 1 for voice in found)
    why = _count(len(found), "independent publisher") + (f" ({copies} more carry the same copy)" if copies else "")
    return Reason(cause=Cause.PUBLISHERS, points=round(around.weights.publishers * share), why=why)


def weight(story: Story, around: Around) -> Reason | None:
    """Source weight: the heaviest source of the story, as the config weighs it (1 is ordinary, 2 the most)."""
    heaviest = max(
        ((around.sources[source].weight, around.sources[source].name) for source in _known_sources(story, around)),
        default=(1.0, ""),
    )
    points = round(around.weights.weight * min(heaviest[0], 2.0) / 2)
    return (
        Reason(cause=Cause.WEIGHT, points=points, why=f"{heaviest[1]} weighs {heaviest[0]:g}") if heaviest[1] else None
    )


def centrality(_: Story, around: Around) -> Reason | None:
    """Centrality to Labour: the relevance, with the mentions that carried it."""
    names = ", ".join(mention.name for mention in around.relevance.mentions[:3] if mention.weight > 0)
    why = f"relevance {around.relevance.score:.2f}" + (f": {names}" if names else "")
    return Reason(cause=Cause.CENTRALITY, points=round(around.weights.centrality * around.relevance.score), why=why)


def reporting(story: Story, around: Around) -> Reason | None:
    """Own reporting: somebody in the story is credited by the others, so there is a report behind it."""
    names = credited(story.items)
    if not names:
        return None
    return Reason(cause=Cause.REPORTING, points=around.weights.reporting, why=f"{names[0]} is credited by others")


def prominence(story: Story, around: Around) -> Reason | None:
    """Prominence: how high each publisher placed it in its feed, the three best places averaged."""
    best: dict[str, int] = {}
    for item in story.items:
        best[item.publisher] = min(item.position, best.get(item.publisher, item.position))
    places = sorted(best.values())[:3]
    share = sum(max(0.0, 1 - place / TOP_POSITIONS) for place in places) / 3
    points = round(around.weights.prominence * share)
    return (
        Reason(cause=Cause.PROMINENCE, points=points, why=f"placed {_ordinals(places)} in its feeds")
        if points
        else None
    )


def freshness(story: Story, around: Around) -> Reason | None:
    """Freshness: hours since the newest item, falling to nothing over a day."""
    newest = max(item.published for item in story.items)
    hours = max(0.0, (around.now - newest).total_seconds() / 3600)
    points = round(around.weights.freshness * max(0.0, 1 - hours / FRESH_HOURS))
    return Reason(cause=Cause.FRESHNESS, points=points, why=f"newest report {hours:.0f} hours old") if points else None


def development(_: Story, around: Around) -> Reason | None:
    """Development: what readers were told before, and whether there is something new to tell."""
    told = around.continuity
    if told.novelty is Novelty.DEVELOPING:
        return Reason(
            cause=Cause.DEVELOPMENT, points=around.weights.developing, why=f"new since {told.told_on}: {told.since}"
        )
    if told.novelty is Novelty.REPEAT:
        return Reason(cause=Cause.DEVELOPMENT, points=around.weights.repeat, why=f"told on {told.told_on}, nothing new")
    return None


def kind(story: Story, around: Around) -> Reason | None:
    """Kind: a story that is only comment or analysis is no news."""
    kinds = {item.kind for item in story.items}
    if kinds <= {Kind.COMMENT}:
        return Reason(cause=Cause.KIND, points=around.weights.comment, why="comment only")
    if kinds <= {Kind.COMMENT, Kind.ANALYSIS}:
        return Reason(cause=Cause.KIND, points=around.weights.analysis, why="analysis, no news report")
    return None


def pin(_: Story, around: Around) -> Reason | None:
    """Editor's pin."""
    return Reason(cause=Cause.PIN, points=around.weights.pin, why="pinned by an editor") if around.is_pinned else None


CAUSES = (publishers, weight, centrality, reporting, prominence, freshness, development, kind, pin)
"""Every cause, in the order in which an explanation lists them."""


def _known_sources(story: Story, around: Around) -> tuple[str, ...]:
    return tuple(sorted({source for item in story.items for source in item.sources if source in around.sources}))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _ordinals(places: list[int]) -> str:
    return ", ".join(f"no. {place + 1}" for place in places)

"""A story and what is known around it -> the points of each cause, each with its sentence.

Each function is one cause and gives at most one Reason (None: nothing to say). Points are whole
numbers. More of a cause never takes points away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.lexicon.publishers import publisher_named
from digest.model.news import Item, Kind, Source
from digest.model.story import Cause, Continuity, Novelty, Reason, Relevance, Story
from digest.rank.citations import citations, credited
from digest.rank.consequence import Tells, asks, tells
from digest.rank.neighbours import ALONE, Neighbours
from digest.rank.voices import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points each cause can give (or, for the negative ones, take). The config may set each."""

    publishers: int = 47
    weight: int = 20
    centrality: int = 28
    reporting: int = 8
    consequence: int = 4
    prominence: int = 6
    freshness: int = 18
    developing: int = 6
    repeat: int = -60
    comment: int = -20
    analysis: int = -10
    crowding: int = -24


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the causes need besides the story: what was found out about it, what was told, the sources, the instants.

    `voices` are those of its plain reports since `since`, from which on news counts as news; `near` who tells nearly
    the same in other stories.
    """

    voices: tuple[Voice, ...]
    near: Neighbours = ALONE
    relevance: Relevance
    continuity: Continuity
    sources: Mapping[str, Source]
    since: datetime
    now: datetime
    weights: Weights


FULL_VOICES = 12
"""So many independent publishers give all the points of that cause."""

FRESH_HOURS = 24.0
"""A story whose newest report is this old has no freshness left."""

TOP_POSITIONS = 10
"""Positions in a feed that count as prominent."""

HEAVIEST = 2.0
"""The most a source may weigh."""

REPORTING = frozenset({Kind.NEWS, Kind.LIVE})


def recent(story: Story, since: datetime) -> tuple[Item, ...]:
    """Return the items that came out from `since` on."""
    return tuple(item for item in story.items if item.published >= since)


def plain_reports(story: Story, since: datetime) -> tuple[Item, ...]:
    """Return the recent items that report: neither comment nor analysis, nor under a headline that asks or explains."""
    return tuple(item for item in recent(story, since) if item.kind in REPORTING and not asks(item.title))


def publishers(_: Story, around: Around) -> Reason:
    """Independent publishers with a plain report of it: each further one counts less (logarithm).

    Those who tell nearly the same in a story of their own count by its likeness: the event weighs what all say.
    """
    found, near = around.voices, around.near
    if not found:
        return Reason(cause=Cause.PUBLISHERS, points=0, why="no plain report since the last edition")
    copies = sum(len(voice.publishers) - 1 for voice in found)
    why = _count(len(found), "independent publisher")
    if copies:
        why += f" ({copies} more {'carries' if copies == 1 else 'carry'} the same copy)"
    if near.publishers:
        tells_or_tell = "tells" if near.publishers == 1 else "tell"
        why += f"; {near.publishers} more {tells_or_tell} nearly the same elsewhere, worth {near.count:.1f}"
    return Reason(cause=Cause.PUBLISHERS, points=for_voices(len(found) + near.count, around.weights), why=why)


def for_voices(count: float, weights: Weights) -> int:
    """Return the points of so many independent publishers; from `FULL_VOICES` on there are no more."""
    return round(weights.publishers * min(1.0, math.log(1 + count) / math.log(1 + FULL_VOICES)))


def weight(story: Story, around: Around) -> Reason | None:
    """Source weight: the heaviest source or publisher, as the config weighs it, else as is known (1 is ordinary)."""
    heaviest, name = max(_weighed(item, around.sources) for item in story.items)
    points = round(around.weights.weight * min(heaviest, HEAVIEST) / HEAVIEST)
    return Reason(cause=Cause.WEIGHT, points=points, why=f"{name} weighs {heaviest:g}") if points else None


def centrality(_: Story, around: Around) -> Reason | None:
    """Centrality to Labour: the relevance, with the mentions that carried it."""
    names = ", ".join(mention.name for mention in around.relevance.mentions[:3] if mention.weight > 0)
    why = f"relevance {around.relevance.score:.2f}" + (f": {names}" if names else "")
    why += f", by the headline «{around.relevance.headline}»" if around.relevance.headline else ""
    return Reason(cause=Cause.CENTRALITY, points=round(around.weights.centrality * around.relevance.score), why=why)


def reporting(story: Story, around: Around) -> Reason | None:
    """Own reporting: somebody in the story is credited by the others, so there is a report behind it."""
    found = citations(story.items)
    names = credited(found)
    if not names:
        return None
    first = next(one for one in found if one.origin == names[0])
    why = f"{names[0]} is credited by others ({first.by}: «{first.words}»)"
    return Reason(cause=Cause.REPORTING, points=around.weights.reporting, why=why)


def consequence(story: Story, around: Around) -> Reason | None:
    """Consequence: the headline that tells most, something done before something said."""
    told = max(
        plain_reports(story, around.since),
        key=lambda item: (tells(item.title).value, item.published, item.id),
        default=None,
    )
    found = tells(told.title) if told else Tells.NOTHING
    if told is None or found is Tells.NOTHING:
        return None
    what = "something done" if found is Tells.DEED else "something said"
    points = round(around.weights.consequence * found.value)
    return Reason(cause=Cause.CONSEQUENCE, points=points, why=f"{what}: «{told.title}»")


def prominence(story: Story, around: Around) -> Reason | None:
    """Prominence: how high each publisher placed what is new, where its feed is edited by weight, not by the clock.

    The three best places are averaged; a feed in order of time says nothing, for there the latest stands first.
    """
    best: dict[str, int] = {}
    for item in recent(story, around.since):
        if item.is_placed(around.sources):
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
    """Freshness: hours since the newest item that is no comment, falling to nothing over a day."""
    newest = max(item.published for item in story.reports)
    hours = max(0.0, (around.now - newest).total_seconds() / 3600)
    points = round(around.weights.freshness * max(0.0, 1 - hours / FRESH_HOURS))
    why = f"newest report {_count(round(hours), 'hour')} old"
    return Reason(cause=Cause.FRESHNESS, points=points, why=why) if points else None


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
    """Kind: a story that is only comment, analysis or questions is no news, nor is one that nobody reports any more."""
    if all(item.kind is Kind.COMMENT for item in story.items):
        return Reason(cause=Cause.KIND, points=around.weights.comment, why="comment only")
    if plain_reports(story, around.since):
        return None
    was_reported = any(item.kind in REPORTING and not asks(item.title) for item in story.items)
    why = "no new report" if was_reported else "analysis and questions, no plain report"
    return Reason(cause=Cause.KIND, points=around.weights.analysis, why=why)


CAUSES = (
    publishers,
    weight,
    centrality,
    reporting,
    consequence,
    prominence,
    freshness,
    development,
    kind,
)
"""Every cause that a story has by itself, in the order in which an explanation lists them; see `rank.crowding`."""


def _weighed(item: Item, sources: Mapping[str, Source]) -> tuple[float, str]:
    """Return what an item's heaviest source weighs, with its name; a publisher met elsewhere weighs what is known."""
    named = [(sources[source].weight, sources[source].name) for source in item.sources if source in sources]
    known = publisher_named(item.publisher)
    return max(named, default=(known.weight if known else 1.0, item.publisher))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _ordinals(places: list[int]) -> str:
    return ", ".join(f"no. {place + 1}" for place in places)

"""Rows -> their stories, relevance and kind, and each day's ranking: the judgement of every day, without its doors.

A file is taken day by day, as a newsroom lives through it: what came out by the end of a day (UTC), and no
longer than `CONTEXT` before it, is grouped with what the day before had made of it, so that a story keeps its
identity. The last day that saw an article has the last word on whose story it is; a ranking is that of its day.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Protocol

from digest.collect.row import Row
from digest.collect.rows import Article, articles
from digest.group.group import group
from digest.lexicon.value import Lexicon
from digest.model.news import Item, Kind, Source
from digest.model.story import Story
from digest.rank.causes import Weights
from digest.rank.rank import rank
from digest.rank.relevance import DEFAULT_THRESHOLD, relevance

CONTEXT = timedelta(hours=48)
"""As in `pipeline.draft`, which is not asked, for it brings along all that renders a letter."""

HISTORY = timedelta(days=30)
"""How far before and after a day items say what is common in the news: a file is a record, and knows both."""


class Grouped(Protocol):
    """What makes stories of the items of a day; `previous` is the story each item was in before."""

    def __call__(
        self, items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        """Return the stories; every item is in exactly one. `history` are the items of the weeks around."""
        ...


UNEXPLAINED: Grouped = partial(group, explained=False)
"""Grouping as it is, without the reasons that nobody would see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of one row: its article (`item`), its story, how much it is Labour news, what sort of piece."""

    id: str | int
    item: str
    story: str
    relevance: float
    relevant: bool
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One story's place in the order of one day (1 leads), with the rows of that day that tell it."""

    day: date
    rank: int
    story: str
    ids: tuple[str | int, ...]
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """All rows in the order of the file, and, if they were asked for, the places day by day."""

    rows: tuple[Judged, ...]
    places: tuple[Place, ...]


def stories(
    rows: Sequence[Row],
    *,
    lexicon: Lexicon,
    weights: Weights,
    threshold: float = DEFAULT_THRESHOLD,
    ranked: bool,
    grouped: Grouped = UNEXPLAINED,
) -> Stories:
    """Judge the rows; `threshold` is the relevance from which a row is Labour news. Any order gives the same answer.

    Rows without times are one batch, which no day sees, and which has no ranking. `grouped` stands in for grouping
    where something else than `group` is to be measured.
    """
    told, sources = articles(rows, untimed=datetime.combine(lexicon.as_of, time(), UTC))
    story_of: dict[str, str] = {}
    if untimed := [article.item for article in told if not article.moments]:
        found = grouped(untimed, lexicon=lexicon, previous={}, history=())
        story_of = {item.id: story.id for story in found for item in story.items}
    places: list[Place] = []
    for day, (shown, history) in _days([article for article in told if article.moments]).items():
        found = grouped((article.item for article in shown), lexicon=lexicon, previous=story_of, history=history)
        story_of |= {item.id: story.id for story in found for item in story.items}
        if ranked:
            places += _places(day, found, shown, sources=sources, lexicon=lexicon, weights=weights)
    judged = {
        row.id: one
        for article in told
        for row, one in _judged(article, story_of[article.item.id], sources, lexicon, threshold)
    }
    return Stories(rows=tuple(judged[row.id] for row in rows), places=tuple(places))


def _days(told: Iterable[Article]) -> Mapping[date, tuple[Sequence[Article], Sequence[Item]]]:
    """Return what is known at the end of each day on which anything came out, and the items of the weeks around it."""
    every = [(article, article.moments) for article in told]
    days = sorted({moment.date() for _, moments in every for moment in moments})
    known: dict[date, tuple[list[Article], list[Item]]] = {day: ([], []) for day in days}
    for day, (shown, history) in known.items():
        end = _end(day)
        for article, moments in every:
            if any(end - CONTEXT <= moment < end for moment in moments):
                shown.append(article)
            elif any(end - HISTORY <= moment < end + HISTORY for moment in moments):
                history.append(article.item)
    return known


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _places(
    day: date,
    found: Sequence[Story],
    shown: Sequence[Article],
    *,
    sources: Mapping[str, Source],
    lexicon: Lexicon,
    weights: Weights,
) -> list[Place]:
    """Rank the stories that have a row of the day, as they stood at its end."""
    ids: dict[str, list[str | int]] = defaultdict(list)
    for article in shown:
        ids[article.item.id] += [row.given_id for row in article.rows if row.moment and row.moment.date() == day]
    todays = {story.id: [row for item in story.items for row in ids[item.id]] for story in found}
    ordered = rank(
        [story for story in found if todays[story.id]],
        sources=sources,
        lexicon=lexicon,
        told=(),
        now=_end(day),
        weights=weights,
    )
    return [
        Place(
            day=day, rank=place, story=one.story.id, ids=tuple(sorted(todays[one.story.id], key=str)), score=one.score
        )
        for place, one in enumerate(ordered, start=1)
    ]


def _judged(
    article: Article, story: str, sources: Mapping[str, Source], lexicon: Lexicon, threshold: float
) -> Iterable[tuple[Row, Judged]]:
    score = round(relevance(article.item, sources=sources, lexicon=lexicon).score, 4)
    for row in article.rows:
        yield (
            row,
            Judged(
                id=row.given_id,
                item=article.item.id,
                story=story,
                relevance=score,
                relevant=score >= threshold,
                kind=article.item.kind,
            ),
        )


def as_json(one: Judged | Place) -> str:
    """Return one line of JSON with the fields of the value."""
    return json.dumps({field.name: getattr(one, field.name) for field in fields(one)}, default=str)

"""The labelled days of the stream: the annotator's order, and the stories there are to be ranked."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from digest.app.shipped import lexicon_texts
from digest.collect.row import rows as read_rows
from digest.collect.rows import Article, articles
from digest.group.group import group
from digest.lexicon.load import load
from digest.lexicon.value import Lexicon
from digest.model.news import SectionName, Source
from digest.model.story import Cause, Continuity, Novelty, Ranked, Reason, Relevance, Story
from digest.pipeline.stories import CONTEXT
from digest.rank.causes import CAUSES, Around, Weights, plain_reports
from digest.rank.crowding import spread
from digest.rank.neighbours import Neighbours, neighbours
from digest.rank.rank import story_relevance
from digest.rank.voices import voices
from tests.judgement.process import ANY_DAY, Row, read

TUNED = ("publishers", "weight", "centrality", "consequence", "freshness", "comment", "analysis")
"""Weights that a file of headlines can tell; feeds' positions, credits and what was told before it cannot."""

DEPTH = 10
NEW = Continuity(novelty=Novelty.NEW)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One story of a day: the gold story most of its articles of the day belong to, and its share of each weight."""

    story: Story
    gold: str
    shares: Mapping[str, float]

    def ranked(self, weights: Weights) -> Ranked:
        """The story with its points under these weights, but for what crowding takes."""
        points = sum(round(getattr(weights, name) * share) for name, share in self.shares.items())
        return Ranked(
            story=self.story,
            voices=0,
            relevance=Relevance(score=0.0, mentions=()),
            section=SectionName.GOVERNMENT,
            continuity=NEW,
            reasons=(Reason(cause=Cause.PUBLISHERS, points=points, why="all causes"),),
        )


@dataclass(frozen=True, kw_only=True)
class Day:
    """One labelled day; `order` is the annotator's, the lead first."""

    window: str
    day: date
    order: tuple[str, ...]
    candidates: tuple[Candidate, ...]

    @cached_property
    def gains(self) -> dict[str, int]:
        """What each gold story is worth: ten for the lead."""
        return {story: DEPTH - place for place, story in enumerate(self.order)}

    def ranking(self, weights: Weights) -> list[Candidate]:
        """The stories in the order in which `rank` puts them."""
        known = {one.story.id: one for one in self.candidates}
        ordered = spread([one.ranked(weights) for one in self.candidates], weight=weights.crowding)
        return [known[one.story.id] for one in ordered]


class Stream:
    """The labelled stream, its articles recognised and grouped as the line does."""

    def __init__(self, folder: Path) -> None:
        path = folder / "labour_stream.jsonl.gz"
        self.rankings = json.loads((folder / "labour_rankings.json").read_text(encoding="utf-8"))
        self.labels: dict[str, Row] = {row["id"]: row for row in read(path)}
        told = read_rows([json.dumps(row) for row in self.labels.values()], name=path.name)
        self.articles, self.sources = articles(told, untimed=ANY_DAY)
        self.lexicon = load(lexicon_texts())

    def days(self, stories: Callable[[Sequence[Article]], Sequence[Story]]) -> list[Day]:
        """Return the labelled days with the stories that `stories` makes of what was known at the end of each."""
        windows = {date.fromisoformat(day): window for window, days in self.rankings.items() for day in days}
        found = []
        for day, window in sorted(windows.items()):
            known = stories([article for article in self.articles if _is_known(article, day)])
            order = tuple(self.rankings[window][day.isoformat()][:DEPTH])
            candidates = tuple(self._candidates(known, day, window))
            found.append(Day(window=window, day=day, order=order, candidates=candidates))
        return found

    def gold_stories(self, known: Sequence[Article]) -> list[Story]:
        """Return the annotator's stories; what is not labelled is left out."""
        members = defaultdict(list)
        for article in known:
            if label := self.labels[article.rows[0].id]["story"]:
                members[label].append(article.item)
        return [Story(id=label, items=tuple(items)) for label, items in members.items()]

    def own_stories(self, known: Sequence[Article]) -> Sequence[Story]:
        """Return our own; their identity from day to day does not matter here."""
        return group((article.item for article in known), lexicon=self.lexicon, previous={})

    def _candidates(self, known: Sequence[Story], day: date, window: str) -> Iterator[Candidate]:
        rows = {article.item.id: article.rows for article in self.articles}
        reports = {story.id: plain_reports(story, _end(day) - timedelta(days=1)) for story in known}
        near = neighbours(reports, known)
        for story in known:
            todays = [row for item in story.items for row in rows[item.id] if row.moment and row.moment.date() == day]
            labels = [label["story"] for row in todays if (label := self.labels[row.id])["window"] == window]
            votes = Counter(label for label in labels if label)
            if votes:
                found = shares(story, _end(day), self.sources, self.lexicon, near[story.id])
                yield Candidate(story=story, gold=votes.most_common(1)[0][0], shares=found)


def shares(
    story: Story, end: datetime, sources: Mapping[str, Source], lexicon: Lexicon, near: Neighbours
) -> dict[str, float]:
    """Return how much of each weight the story earns on the day that ends at `end`, 0 to 1."""
    since = end - timedelta(days=1)
    nothing = Weights(**{field.name: 0 for field in fields(Weights)})
    around = Around(
        voices=voices(plain_reports(story, since)),
        near=near,
        relevance=story_relevance(story, sources=sources, lexicon=lexicon),
        continuity=NEW,
        sources=sources,
        since=since,
        now=end,
        weights=nothing,
    )
    found = {}
    for name in TUNED:
        full = int(math.copysign(1000, getattr(Weights(), name)))
        alone = replace(around, weights=replace(nothing, **{name: full}))
        found[name] = sum(reason.points for cause in CAUSES if (reason := cause(story, alone))) / full
    return found


def _is_known(article: Article, day: date) -> bool:
    moments = [row.moment for row in article.rows if row.moment]
    return bool(moments) and min(moments) < _end(day) and max(moments) >= _end(day) - CONTEXT


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)

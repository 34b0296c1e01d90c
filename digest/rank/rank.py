"""Stories -> ranked stories, most important first, every point explained."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from digest.lexicon.value import Lexicon
from digest.model.news import Source
from digest.model.story import Ranked, Relevance, Story, Told
from digest.rank.causes import CAUSES, Around, Weights, plain_reports
from digest.rank.continuity import continuity
from digest.rank.crowding import spread
from digest.rank.neighbours import neighbours
from digest.rank.relevance import relevance
from digest.rank.rise import rise
from digest.rank.section import section
from digest.rank.voices import voices

DAY = timedelta(hours=24)
"""How far back reports count where it is not said since when."""


def rank(
    stories: Sequence[Story],
    *,
    sources: Mapping[str, Source],
    lexicon: Lexicon,
    told: Sequence[Told],
    now: datetime,
    weights: Weights,
    since: datetime | None = None,
) -> tuple[Ranked, ...]:
    """Return every story with its points, highest score first, ties broken by id; nothing is left out here.

    What came out from `since` on (without it: in the last `DAY`) counts as its news; older items are its context.
    """
    reports = {story.id: plain_reports(story, since or now - DAY) for story in stories}
    near = neighbours(reports, stories)
    arounds = {
        story.id: Around(
            voices=voices(reports[story.id]),
            near=near[story.id],
            relevance=story_relevance(story, sources=sources, lexicon=lexicon),
            continuity=continuity(story, told),
            sources=sources,
            since=since or now - DAY,
            now=now,
            weights=weights,
        )
        for story in stories
    }
    ranked = [score(story, arounds[story.id], lexicon=lexicon) for story in stories]
    ordered = spread(ranked, weight=weights.crowding)
    lifted = (replace(one, rise=rise(one, above, arounds[one.story.id])) for above, one in pairwise(ordered))
    return (*ordered[:1], *lifted)


def score(story: Story, around: Around, *, lexicon: Lexicon) -> Ranked:
    """Return one story with its reasons; its score is the sum of their points."""
    reasons = (cause(story, around) for cause in CAUSES)
    return Ranked(
        story=story,
        voices=len(voices(story.reports)),
        relevance=around.relevance,
        section=section(story.items, sources=around.sources, lexicon=lexicon),
        continuity=around.continuity,
        reasons=tuple(reason for reason in reasons if reason is not None),
    )


def story_relevance(story: Story, *, sources: Mapping[str, Source], lexicon: Lexicon) -> Relevance:
    """Return the relevance of a story: that of its most relevant item, so that one more report never lowers it."""
    found = [relevance(item, sources=sources, lexicon=lexicon) for item in story.items]
    return max(found, key=lambda one: one.score)

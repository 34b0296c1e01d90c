"""Stories -> ranked stories, most important first, every point explained."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from digest.lexicon.value import Lexicon
from digest.model.news import Source
from digest.model.story import Ranked, Relevance, Story, Told
from digest.rank.causes import CAUSES, Around, Weights
from digest.rank.continuity import continuity
from digest.rank.relevance import relevance
from digest.rank.section import section
from digest.rank.voices import voices


def rank(
    stories: Sequence[Story],
    *,
    sources: Mapping[str, Source],
    lexicon: Lexicon,
    told: Sequence[Told],
    now: datetime,
    weights: Weights,
    pinned: Collection[str] = (),
) -> tuple[Ranked, ...]:
    """Return every story with its points, highest score first, ties broken by id; nothing is left out here."""
    ranked = [
        score(
            story,
            Around(
                voices=voices(story.reports),
                relevance=story_relevance(story, sources=sources, lexicon=lexicon),
                continuity=continuity(story, told),
                sources=sources,
                now=now,
                weights=weights,
                is_pinned=story.id in pinned,
            ),
            lexicon=lexicon,
        )
        for story in stories
    ]
    return tuple(sorted(ranked, key=lambda story: (-story.score, story.story.id)))


def score(story: Story, around: Around, *, lexicon: Lexicon) -> Ranked:
    """Return one story with its reasons; its score is the sum of their points."""
    reasons = (cause(story, around) for cause in CAUSES)
    return Ranked(
        story=story,
        voices=len(around.voices),
        relevance=around.relevance,
        section=section(story.items, sources=around.sources, lexicon=lexicon),
        continuity=around.continuity,
        reasons=tuple(reason for reason in reasons if reason is not None),
    )


def story_relevance(story: Story, *, sources: Mapping[str, Source], lexicon: Lexicon) -> Relevance:
    """Return the relevance of a story: that of its most relevant item, so that one more report never lowers it."""
    found = [relevance(item, sources=sources, lexicon=lexicon) for item in story.items]
    return max(found, key=lambda one: one.score)

"""Ranked stories -> the opinion pieces that are printed, each with the story it belongs to."""

from collections import Counter
from collections.abc import Sequence, Set

from digest.edit.caps import page
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.news import Item, Kind
from digest.model.story import Novelty, Ranked

OPINION = frozenset({Kind.COMMENT, Kind.ANALYSIS})


def comment(
    ranked: Sequence[Ranked], news: Sequence[Ranked], shape: Shape, desk: Desk, *, pages: Set[str]
) -> tuple[tuple[Item, Ranked], ...]:
    """Return opinion pieces in the order of their stories, at most two of a publisher and one of a story.

    Only pieces that came in since the last edition, whose page no news leads to (`pages`); analysis of a story that
    is printed stays with that story.
    """
    printed = {story.story.id for story in news}
    candidates = [
        (item, story)
        for story in ranked
        if _may_comment(story, shape)
        for item in sorted(story.story.items, key=lambda item: (item.kind is not Kind.COMMENT, item.position, item.id))
        if item.kind in OPINION
        and item.id not in desk.told_items
        and not (item.kind is Kind.ANALYSIS and story.story.id in printed)
    ]
    stories: Counter[str] = Counter()
    publishers: Counter[str] = Counter()
    printed_pages = set(pages)
    chosen: list[tuple[Item, Ranked]] = []
    for item, story in candidates:
        free = not stories[story.story.id] and publishers[item.publisher] < shape.per_author_publisher
        if free and len(chosen) < shape.comment and page(item) not in printed_pages:
            printed_pages.add(page(item))
            stories[story.story.id] += 1
            publishers[item.publisher] += 1
            chosen.append((item, story))
    return tuple(chosen)


def _may_comment(story: Ranked, shape: Shape) -> bool:
    return story.relevance.score >= shape.threshold and story.continuity.novelty is not Novelty.REPEAT

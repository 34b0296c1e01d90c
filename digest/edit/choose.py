"""Ranked stories -> those that are printed, within the caps, and the reason for every one that is not."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from digest.edit.headline import headline
from digest.edit.piece import Desk, leading
from digest.edit.shape import Shape
from digest.model.edition import LeftOut
from digest.model.news import Item, Kind
from digest.model.story import Novelty, Ranked

OPINION = frozenset({Kind.COMMENT, Kind.ANALYSIS})

SAFE_VOICES = 2
"""Independent publishers a story needs to go out unsigned under the policy `safe`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """News stories in order of importance, opinion with the story it belongs to, and what was left out."""

    news: tuple[Ranked, ...]
    comment: tuple[tuple[Item, Ranked], ...]
    left_out: tuple[LeftOut, ...]


def choose(ranked: Sequence[Ranked], *, shape: Shape, desk: Desk) -> Chosen:
    """Walk down the ranking and take what the gates and caps let through; every other story gets its reason.

    A story whose only reports are opinion is no news; its pieces compete for «Comment and analysis».
    No two pieces lead to one page, whatever a feed says of its links.
    """
    news: list[Ranked] = []
    crowded: list[Ranked] = []
    refused: list[tuple[Ranked, str]] = []
    caps = _Caps(shape=shape, desk=desk)
    for story in ranked:
        why = _gate(story, shape) or (_is_opinion(story) and "opinion") or caps.refuse(story, len(news))
        if why:
            refused.append((story, why))
        elif caps.is_crowded(story, len(news)):
            crowded.append(story)
        else:
            news.append(story)
            caps.count(story, len(news))
    for story in crowded:  # what only a full section kept out may fill a wire that has room
        full = f"{story.section.value} already has {shape.per_section} stories"
        why = full if len(news) >= shape.news else caps.refuse(story, len(news))
        if why:
            refused.append((story, why))
        else:
            news.append(story)
            caps.count(story, len(news))
    news.sort(key=ranked.index)
    comment = () if shape.safe_only else _comment(ranked, news, shape, desk, pages=caps.pages)
    printed = {item.id for item, _ in comment}
    left_out = tuple(_left_out(story, why, desk) for story, why in refused if not _has_printed(story, printed))
    return Chosen(news=tuple(news), comment=comment, left_out=left_out)


def _gate(story: Ranked, shape: Shape) -> str:
    """Return why a story may not enter at all, or an empty string."""
    if story.relevance.score < shape.threshold:
        return f"not Labour news enough: relevance {story.relevance.score:.2f}, needed {shape.threshold:.2f}"
    if story.continuity.novelty is Novelty.REPEAT:
        return f"told on {story.continuity.told_on} and nothing new since"
    if shape.safe_only and story.voices < SAFE_VOICES:
        return "only one independent source, and nobody has signed this edition"
    return ""


def _is_opinion(story: Ranked) -> bool:
    return all(item.kind in OPINION for item in story.story.items)


class _Caps:
    """Counts what has been taken: stories in all, in a section of the wire, by publisher and page of the first link."""

    def __init__(self, *, shape: Shape, desk: Desk) -> None:
        self._shape, self._desk = shape, desk
        self._sections: Counter[str] = Counter()
        self._publishers: Counter[str] = Counter()
        self.pages: set[str] = set()

    def refuse(self, story: Ranked, taken: int) -> str:
        if taken >= self._shape.news:
            return f"the edition is full at {self._shape.news} stories"
        first = self._first(story)
        if _page(first) in self.pages:
            return "a story above leads to the same page"
        if self._publishers[first.publisher] >= self._shape.per_publisher:
            return f"{first.publisher} already stands first in {self._shape.per_publisher} stories"
        return ""

    def is_crowded(self, story: Ranked, taken: int) -> bool:
        return taken > self._shape.five and self._sections[story.section] >= self._shape.per_section

    def count(self, story: Ranked, taken: int) -> None:
        first = self._first(story)
        self.pages.add(_page(first))
        self._publishers[first.publisher] += 1
        if taken > 1 + self._shape.five:
            self._sections[story.section] += 1

    def _first(self, story: Ranked) -> Item:
        return headline(leading(story, self._desk), sources=self._desk.sources)


def _page(item: Item) -> str:
    """Return what the addresses of one page have in common, however they are written."""
    return item.url.partition("://")[2].removeprefix("www.").rstrip("/")


def _comment(
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
        if free and len(chosen) < shape.comment and _page(item) not in printed_pages:
            printed_pages.add(_page(item))
            stories[story.story.id] += 1
            publishers[item.publisher] += 1
            chosen.append((item, story))
    return tuple(chosen)


def _may_comment(story: Ranked, shape: Shape) -> bool:
    return story.relevance.score >= shape.threshold and story.continuity.novelty is not Novelty.REPEAT


def _has_printed(story: Ranked, printed: set[str]) -> bool:
    return any(item.id in printed for item in story.story.items)


def _left_out(story: Ranked, why: str, desk: Desk) -> LeftOut:
    if why == "opinion":
        why = "comment and analysis: that block is full, its publisher has its share, or its page is printed already"
    return LeftOut(
        story_id=story.story.id,
        headline=headline(leading(story, desk), sources=desk.sources).title,
        score=story.score,
        why=why,
    )

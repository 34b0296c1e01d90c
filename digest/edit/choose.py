"""Ranked stories -> those that are printed, within the caps, and the reason for every one that is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.edit.bait import is_rubric
from digest.edit.caps import Caps
from digest.edit.comment import OPINION
from digest.edit.comment import comment as comment_of
from digest.edit.headline import headline
from digest.edit.piece import Desk, leading
from digest.edit.shape import Shape
from digest.edit.top import top_of
from digest.model.edition import LeftOut
from digest.model.news import Item
from digest.model.story import Novelty, Ranked

SAFE_VOICES = 2
"""Independent publishers a story needs to go out unsigned under the policy `safe`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """News stories in order of print, opinion with the story it belongs to, and what was left out.

    `moved` are those of the news that stand lower than their points would have it, each with the reason.
    """

    news: tuple[Ranked, ...]
    comment: tuple[tuple[Item, Ranked], ...]
    left_out: tuple[LeftOut, ...]
    moved: tuple[LeftOut, ...] = ()


def choose(ranked: Sequence[Ranked], *, shape: Shape, desk: Desk) -> Chosen:
    """Walk down the ranking and take what the gates and caps let through; every other story gets its reason.

    A story whose only reports are opinion is no news; its pieces compete for «Comment and analysis». Of stories about
    one person or event only the best stand above the wire. No two pieces lead to one page, whatever a feed says.
    """
    caps = Caps(shape=shape, desk=desk)
    refused = [
        (story, why) for story in ranked if (why := _gate(story, shape, desk) or (_is_opinion(story) and "opinion"))
    ]
    gone = {story.story.id for story, _ in refused}
    top, rest, lowered = top_of([story for story in ranked if story.story.id not in gone], caps, shape, refused)
    news = [*top, *_wire(rest, len(top), caps, shape, refused)]
    comment = () if shape.safe_only else comment_of(ranked, news, shape, desk, pages=caps.pages)
    printed = {item.id for item, _ in comment}
    below = {story.story.id for story in news[shape.top :]}
    refused.sort(key=lambda pair: ranked.index(pair[0]))
    lowered_for = {story.story.id: f"{why}; " for story, why in lowered}
    refused = [(story, lowered_for.get(story.story.id, "") + why) for story, why in refused]
    return Chosen(
        news=tuple(news),
        comment=comment,
        left_out=tuple(_left_out(story, why, desk) for story, why in refused if not _has_printed(story, printed)),
        moved=tuple(_left_out(story, why, desk) for story, why in lowered if story.story.id in below),
    )


def _wire(
    stories: Sequence[Ranked], above: int, caps: Caps, shape: Shape, refused: list[tuple[Ranked, str]]
) -> list[Ranked]:
    """Return the stories of the wire in order of importance, after the `above` that stand above it.

    A section that has its share takes another story where that weighs clearly more than those of other sections.
    """
    left, wire = list(stories), list[Ranked]()
    while left:
        best = max(left, key=lambda story: story.score - caps.crowding(story))
        left.remove(best)
        if why := caps.refuse(best, above + len(wire)):
            has = caps.in_section(best)
            if caps.crowding(best) and above + len(wire) >= shape.news:
                why = f"{best.section.value} already has {has} {'story' if has == 1 else 'stories'}"
            refused.append((best, why))
        else:
            wire.append(best)
            caps.count(best, above + len(wire))
    return sorted(wire, key=stories.index)


def _gate(story: Ranked, shape: Shape, desk: Desk) -> str:
    """Return why a story may not enter at all, or an empty string."""
    if story.relevance.score < shape.threshold:
        return f"not Labour news enough: relevance {story.relevance.score:.2f}, needed {shape.threshold:.2f}"
    if story.continuity.novelty is Novelty.REPEAT:
        return f"told on {story.continuity.told_on} and nothing new since"
    if shape.safe_only and story.voices < SAFE_VOICES:
        return "only one independent source, and nobody has signed this edition"
    if all(is_rubric(item.title) for item in leading(story, desk)):
        return "no headline of news: something to watch or to hear under a label"
    return ""


def _is_opinion(story: Ranked) -> bool:
    return all(item.kind in OPINION for item in story.story.items)


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

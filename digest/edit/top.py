"""Stories in order of importance -> those that stand above the wire, and the reason for each that is kept off it."""

from collections.abc import Sequence

from digest.edit.caps import Caps
from digest.edit.shape import Shape
from digest.model.news import Kind, Medium
from digest.model.story import Cause, Ranked

MANY_VOICES = 3
"""So many independent publishers go before one alone, unless that one has more points of its own."""

NEAR = 10
"""Nobody alone leads where a story that another publisher confirms has no more than so many points less."""

ORDINALS = ("", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")
"""How a story is counted that is one too many; `Shape.per_name` is at most ten."""

Refused = tuple[Ranked, str]


def top_of(
    stories: Sequence[Ranked], caps: Caps, shape: Shape, refused: list[Refused]
) -> tuple[list[Ranked], list[Ranked], list[Refused]]:
    """Return the stories above the wire, those that are left for it, and those of them that give way, with the reason.

    A story gives way where enough of those above tell of its person or event, where it can only be watched or
    followed live and another can be read, where one publisher has it and only crowding (`rank.crowding`) keeps a story
    of many publishers below it, and where it would lead alone though another of nearly its points is confirmed.
    """
    top, aside, lowered = list[Ranked](), list(stories), dict[str, Refused]()
    open_ = list(stories)
    while open_ and len(top) < shape.top:
        first = open_[0]
        if name := caps.full_name(first):
            why = f"{ORDINALS[shape.per_name]} story about {name} in the first {shape.top}: moved down"
            lowered[first.story.id] = first, why
            open_.remove(first)
        elif why := caps.refuse(first, len(top)):
            refused.append((first, why))
            aside.remove(first)
            open_.remove(first)
        else:
            best = _best(open_, len(top), caps, lowered)
            top.append(best)
            caps.count(best, len(top))
            aside.remove(best)
            open_.remove(best)
    return top, aside, [lowered[story.story.id] for story in aside if story.story.id in lowered]


def _best(stories: Sequence[Ranked], taken: int, caps: Caps, lowered: dict[str, Refused]) -> Ranked:
    """Return the first story, or the one to which it gives way, and note why in `lowered`."""
    best = stories[0]
    for other in stories[1:]:
        why = _gives_way(best, other) or (_leads_alone(best, other) if not taken else "")
        if why and not (caps.full_name(other) or caps.refuse(other, taken)):
            lowered[best.story.id] = best, why
            best = other
    return best


def _gives_way(story: Ranked, other: Ranked) -> str:
    """Return why a story lets a lower one stand before it, or an empty string."""
    if not _is_written(other):
        return ""
    if not _is_written(story):
        return "only to watch, to hear or to follow live: moved down"
    if story.voices == 1 and other.voices >= MANY_VOICES and _uncrowded(other) > _uncrowded(story):
        return f"one publisher has it, {other.voices} have a story that only its neighbours crowd: moved down"
    return ""


def _leads_alone(story: Ranked, other: Ranked) -> str:
    if story.voices < other.voices and story.voices == 1 and story.score - other.score <= NEAR and _is_written(other):
        return f"one publisher has it, {other.voices} have one of nearly as many points: moved down"
    return ""


def _is_written(story: Ranked) -> bool:
    return any(item.kind is not Kind.LIVE and item.medium is Medium.TEXT for item in story.story.reports)


def _uncrowded(story: Ranked) -> int:
    """Return the points that a story has by itself."""
    return sum(reason.points for reason in story.reasons if reason.cause is not Cause.CROWDING)

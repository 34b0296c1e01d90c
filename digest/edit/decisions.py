"""What the program chose, and what editors decided -> what is printed, in which order. Nothing is overwritten.

A decision moves its own story and nobody else's further than one place: who leaves lets the next move up, who comes
makes the last step back. Nobody enters because somebody else was spiked: a pin lets a story in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from digest.edit.choose import SAFE_VOICES, Chosen
from digest.edit.comment import OPINION
from digest.edit.shape import Shape
from digest.model.decision import Act, Decided, Decision
from digest.model.edition import LeftOut
from digest.model.news import Item, Kind, SectionName
from digest.model.story import Ranked, Story


def decided(chosen: Chosen, decisions: Sequence[Decided], *, ranked: Sequence[Ranked], shape: Shape) -> Chosen:
    """Return what is printed after every decision that stands, in their order; without any it is what was chosen.

    `ranked` is the day's whole ranking. A decision about a story that is not in it has no effect. With
    `shape.safe_only` nothing enters that the policy would not let out.
    """
    day = _Day(ranked=tuple(ranked), shape=shape)
    for one in decisions:
        story = story_of(one.decision, ranked)
        if story is not None and one.decision.act in _ACTS:
            chosen = _ACTS[one.decision.act](chosen, story, one, day)
    return chosen


def story_of(decision: Decision, ranked: Sequence[Ranked]) -> Ranked | None:
    """Return the ranked story that is meant, None where it is not among them."""
    story = meant(decision, [one.story for one in ranked])
    return next((one for one in ranked if one.story is story), None)


def meant(decision: Decision, stories: Sequence[Story]) -> Story | None:
    """Return the story that is meant: the one with that id, else the one that has most of the items it was known by."""
    known = {*decision.items, *(decision.others if decision.act is Act.SPLIT else ())}
    named = next((story for story in stories if story.id == decision.story), None)
    if named and _shared(named, known):
        return named
    best = max(stories, key=lambda story: _shared(story, known), default=None)
    return best if best and _shared(best, known) else None


def in_print(chosen: Chosen, top: int) -> tuple[Ranked, ...]:
    """Return the news in the order of print: the lead and the five (`top` in all), then the wire by section."""
    wire = chosen.news[top:]
    return chosen.news[:top] + tuple(one for name in SectionName for one in wire if one.section is name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    ranked: tuple[Ranked, ...]
    shape: Shape

    @property
    def top(self) -> int:
        """How many stories stand above the wire."""
        return 1 + self.shape.five

    def may_enter(self, story: Ranked) -> bool:
        return not self.shape.safe_only or story.voices >= SAFE_VOICES

    def place(self, story: Ranked) -> int:
        return next(n for n, one in enumerate(self.ranked) if one.story.id == story.story.id)


def _spike(chosen: Chosen, story: Ranked, one: Decided, _: _Day) -> Chosen:
    """Take a story out with all its comment, or only the one comment that is meant."""
    said = f"spiked by {one.by}: {one.decision.text}"
    left = LeftOut(story_id=story.story.id, headline=one.decision.headline, score=story.score, why=said)
    if one.decision.item:
        kept = tuple(pair for pair in chosen.comment if pair[0].id != one.decision.item)
        return replace(chosen, comment=kept, left_out=(*chosen.left_out, left))
    rest = _without(chosen, story)
    kept = tuple(pair for pair in chosen.comment if pair[1].story.id != story.story.id)
    return replace(rest, comment=kept, left_out=(*rest.left_out, left))


def _pin(chosen: Chosen, story: Ranked, _: Decided, day: _Day) -> Chosen:
    """Keep a story in: where it was left out it enters the wire where its points put it, comment its own block."""
    if story.story.id in _printed(chosen) or not day.may_enter(story):
        return chosen
    if _is_opinion(story):
        return replace(_without(chosen, story), comment=(*chosen.comment, (_speaker(story), story)))
    rest = _without(chosen, story)
    return _inserted(rest, story, at=_by_rank(rest, story, day))


def _lead(chosen: Chosen, story: Ranked, _: Decided, day: _Day) -> Chosen:
    standing = _in_news(chosen, story)
    if standing is None and not day.may_enter(story):
        return chosen
    return _inserted(_without(chosen, story), standing or story, at=0)


def _move(chosen: Chosen, story: Ranked, one: Decided, day: _Day) -> Chosen:
    """Put a story at a place of the print, or under a section of the wire."""
    standing = _in_news(chosen, story)
    if standing is None and not day.may_enter(story):
        return chosen
    rest, moved = _without(chosen, story), standing or story
    if one.decision.section:
        moved = replace(moved, section=one.decision.section)
        return _inserted(rest, moved, at=max(day.top, _by_rank(rest, moved, day)))
    at = one.decision.place - 1
    if at < day.top:
        return _inserted(rest, moved, at=at)
    printed = in_print(rest, day.top)
    if at < len(printed):
        before = printed[at]
        return _inserted(rest, replace(moved, section=before.section), at=rest.news.index(before))
    last = printed[-1] if len(printed) > day.top else moved
    return _inserted(rest, replace(moved, section=last.section), at=len(rest.news))


_ACTS: dict[Act, Callable[[Chosen, Ranked, Decided, _Day], Chosen]] = {
    Act.SPIKE: _spike,
    Act.PIN: _pin,
    Act.LEAD: _lead,
    Act.MOVE: _move,
}


def _shared(story: Story, item_ids: set[str]) -> int:
    return sum(item.id in item_ids for item in story.items)


def _printed(chosen: Chosen) -> set[str]:
    news = {one.story.id for one in chosen.news}
    return news | {story.story.id for _, story in chosen.comment if _is_opinion(story)}


def _in_news(chosen: Chosen, story: Ranked) -> Ranked | None:
    """Return the story as it stands among the news, where an earlier decision may have changed its section."""
    return next((one for one in chosen.news if one.story.id == story.story.id), None)


def _without(chosen: Chosen, story: Ranked) -> Chosen:
    return replace(
        chosen,
        news=tuple(one for one in chosen.news if one.story.id != story.story.id),
        left_out=tuple(one for one in chosen.left_out if one.story_id != story.story.id),
    )


def _inserted(chosen: Chosen, story: Ranked, *, at: int) -> Chosen:
    return replace(chosen, news=(*chosen.news[:at], story, *chosen.news[at:]))


def _by_rank(chosen: Chosen, story: Ranked, day: _Day) -> int:
    """Return where the points put a story in the wire; the top is for the program's choice and the word `lead`."""
    wire = chosen.news[day.top :]
    below = (n for n, one in enumerate(wire, start=day.top) if day.place(one) > day.place(story))
    return next(below, len(chosen.news))


def _is_opinion(story: Ranked) -> bool:
    return all(item.kind in OPINION for item in story.story.items)


def _speaker(story: Ranked) -> Item:
    return min(story.story.items, key=lambda item: (item.kind is not Kind.COMMENT, item.position, item.id))

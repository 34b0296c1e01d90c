"""A day's ranking and the splits and merges of its editors -> the ranking with just those stories told apart or joined.

Only the stories that are named are grouped again, from the same items, and by the same stage that grouped them: who
was bound stays bound. All are ranked again as at the instant of the judgement: the others keep their points but for
those that hang on their neighbours (who tells nearly the same, who stands above), so that no ledger names a story that
is gone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from digest.edit.decisions import meant
from digest.group.group import group
from digest.model.decision import REGROUPING, Act, Decided
from digest.model.news import Item
from digest.model.story import Bonds, Ranked, Story, Told
from digest.pipeline.line import Newsroom
from digest.rank.rank import rank

Pairs = tuple[tuple[str, str], ...]


def regrouped(
    ranked: Sequence[Ranked],
    decisions: Sequence[Decided],
    *,
    told: Sequence[Told],
    since: datetime,
    now: datetime,
    room: Newsroom,
) -> tuple[Ranked, ...]:
    """Return the ranking after the splits and merges among `decisions`; the others change nothing here.

    `since` and `now` are those of the judgement, so that the stories that are made count as if they had been there.
    """
    stories = tuple(one.story for one in ranked)
    for one in decisions:
        if one.decision.act in REGROUPING:
            gone, made = _regroup(one, stories, room)
            stories = (*(story for story in stories if story.id not in gone), *made)
    if {*map(id, stories)} == {id(one.story) for one in ranked}:
        return tuple(ranked)
    return rank(
        stories,
        sources=room.sources_by_id,
        lexicon=room.lexicon,
        told=told,
        since=since,
        now=now,
        weights=room.weights,
    )


def _regroup(one: Decided, stories: Sequence[Story], room: Newsroom) -> tuple[set[str], tuple[Story, ...]]:
    """Return the ids of the stories that go, and the stories that come in their place; none where nothing changes."""
    story = meant(one.decision, stories)
    if story is None:
        return set(), ()
    if one.decision.act is Act.SPLIT:
        leaving = [item for item in story.items if item.id in one.decision.items]
        staying = [item for item in story.items if item.id not in one.decision.items]
        return _parted(story, staying, leaving, room)
    added = [each for each in stories if each is not story and _has_any(each, one.decision.others)]
    return _joined(story, added, room)


def _parted(
    story: Story, staying: Sequence[Item], leaving: Sequence[Item], room: Newsroom
) -> tuple[set[str], tuple[Story, ...]]:
    if not staying or not leaving:
        return set(), ()
    bonds = Bonds(
        together=_chain(staying) + _chain(leaving),
        apart=tuple((one.id, other.id) for one in staying for other in leaving),
    )
    previous = {item.id: story.id for item in staying}
    return {story.id}, group((*staying, *leaving), lexicon=room.lexicon, previous=previous, bonds=bonds)


def _joined(story: Story, added: Sequence[Story], room: Newsroom) -> tuple[set[str], tuple[Story, ...]]:
    if not added:
        return set(), ()
    items = [item for one in (story, *added) for item in one.items]
    previous = {item.id: story.id for item in items}
    made = group(items, lexicon=room.lexicon, previous=previous, bonds=Bonds(together=_chain(items)))
    return {story.id, *(one.id for one in added)}, made


def _chain(items: Sequence[Item]) -> Pairs:
    """Bind each item to the next, so that all are one story."""
    return tuple((one.id, other.id) for one, other in pairwise(items))


def _has_any(story: Story, item_ids: Iterable[str]) -> bool:
    return bool({item.id for item in story.items}.intersection(item_ids))

"""Stories as they were joined -> stories in which every item stands where it is explained best.

Joining looks at parts as wholes; an item that was taken in early may since be better told by another story,
or by none. All items look at the same stories and then move at once, so no order matters (a step of the
classification EM of Celeux and Govaert, 1992).
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from digest.group.background import Background
from digest.group.cluster import Pair
from digest.group.nearby import Postings, candidates, index
from digest.group.terms import Terms
from digest.group.urn import Urn, belonging, urn, without

ROUNDS = 3
"""So often every item may move; after that few still do."""

LOYALTY = 0.5
"""An item moves to another story only where it is explained so much better than in its own."""


def settle(
    stories: Sequence[Sequence[int]],
    run: Sequence[Terms],
    common: Background,
    *,
    least: float,
    apart: Collection[Pair],
    bound: Collection[int],
) -> list[list[int]]:
    """Return the stories after their items have moved; an item explained by less than `least` anywhere stands alone.

    `bound` items stay where they are, and none joins an item it is to stay `apart` from.
    """
    foes: dict[int, set[int]] = {}
    for one, other in apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    standing = sorted(sorted(members) for members in stories)
    for _ in range(ROUNDS):
        moved = _moved(standing, _Room(run=run, common=common, least=least, foes=foes, bound=bound))
        if moved == standing:
            break
        standing = moved
    return standing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    run: Sequence[Terms]
    common: Background
    least: float
    foes: Mapping[int, AbstractSet[int]]
    bound: Collection[int]


def _moved(stories: Sequence[Sequence[int]], room: _Room) -> list[list[int]]:
    urns = [urn(members, room.run, room.common) for members in stories]
    postings = index(dict(enumerate(urns)))
    made: list[list[int]] = [[] for _ in urns]
    for home, members in enumerate(stories):
        for item in members:
            goal = home if item in room.bound else _goal(item, home, urns, postings, room)
            if goal is None:
                made.append([item])
            else:
                made[goal if room.foes.get(item, frozenset()).isdisjoint(made[goal]) else home].append(item)
    return sorted(sorted(members) for members in made if members)


def _goal(item: int, home: int, urns: Sequence[Urn], postings: Postings, room: _Room) -> int | None:
    """Return the number of the story the item is to stand in, None for one of its own."""
    own, foes = urns[home], room.foes.get(item, frozenset())
    one = urn([item], room.run, room.common)
    staying = belonging(one, without(own, one)) if own.size > 1 else room.least
    best, most = home, max(staying + LOYALTY, room.least)
    for number in candidates(one, postings):
        if number != home and (found := belonging(one, urns[number])) > most and foes.isdisjoint(urns[number].members):
            best, most = number, found
    return None if best == home and own.size > 1 and staying < room.least else best

"""Items -> stories: the same event, told by many."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from digest.group.background import background
from digest.group.cluster import cluster
from digest.group.evidence import joins, neighbours, refusal
from digest.group.identity import identities
from digest.group.settle import settle
from digest.group.terms import Terms, headline_terms, terms
from digest.lexicon.value import Lexicon
from digest.model.news import Item
from digest.model.story import Bonds, Story

FIRST_LEAST, LEAST = 4.3, 3.9
"""Affinity from which two parts are one story, in logarithms of likelihood: at the first look, when every report
counts as news of its own, and at the second, when what forty reports say of one event counts once.
"""


def group(
    items: Iterable[Item],
    *,
    lexicon: Lexicon,
    previous: Mapping[str, str],
    bonds: Bonds | None = None,
    history: Iterable[Item] = (),
    least: float = LEAST,
    explained: bool = True,
) -> tuple[Story, ...]:
    """Return the stories of `items`, ordered by id; every item is in exactly one.

    `previous` maps item ids to the story they were in at the last run: a story keeps its identity as long as any
    of its items does. `bonds` are what editors have said; items bound together, be it by way of others, are one story
    even where two of them were also said to be apart. `history` are the items of the last weeks, which say what
    is common in the news. Stories that need not be `explained` come without joins and refusals, and sooner. The
    result does not depend on the order of `items`.
    """
    said = bonds or Bonds()
    run = terms(sorted(items, key=lambda item: item.id), lexicon=lexicon)
    number = {one.item.id: index for index, one in enumerate(run)}
    parts = _bound(number, said)
    apart = [(number[one], number[other]) for one, other in said.apart if {one, other} <= number.keys()]
    earlier = [headline_terms(item, lexicon=lexicon) for item in history]
    common = background(_copies(run), run, earlier)
    joined = cluster(parts, run, common, least=FIRST_LEAST, apart=apart)
    common = background(joined, run, earlier)
    joined = cluster(joined, run, common, least=least, apart=apart)
    bound = {index for part in parts if len(part) > 1 for index in part}
    settled = settle(joined, run, common, least=least, apart=apart, bound=bound)
    found = cluster(settled, run, common, least=least, apart=apart)
    ids = identities([[run[index].item for index in members] for members in found], previous)
    near = neighbours(found, run, common) if explained else {}
    made = (
        Story(
            id=ids[place],
            items=tuple(run[index].item for index in members),
            joins=joins(members, run, common) if explained else (),
            refused=refusal(near[place], members, run, common, least=least) if place in near else None,
        )
        for place, members in enumerate(_in_time(each, run) for each in found)
    )
    return tuple(sorted(made, key=lambda story: story.id))


def _in_time(members: Iterable[int], run: Sequence[Terms]) -> list[int]:
    return sorted(members, key=lambda index: (run[index].item.published, run[index].item.id))


def _copies(run: Sequence[Terms]) -> Collection[Sequence[int]]:
    """Return the items of the run, those together that say the same words: many papers print one agency's report."""
    same: dict[frozenset[str], list[int]] = {}
    for index, one in enumerate(run):
        same.setdefault(frozenset(one.weights), []).append(index)
    return same.values()


def _bound(number: Mapping[str, int], bonds: Bonds) -> list[list[int]]:
    """Return the items of the run, those together that editors bound, directly or by way of others (union-find)."""
    home = list(range(len(number)))

    def root(index: int) -> int:
        while home[index] != index:
            index = home[index]
        return index

    for one, other in bonds.together:
        if one in number and other in number:
            first, second = sorted((root(number[one]), root(number[other])))
            home[second] = first
    parts: dict[int, list[int]] = {}
    for index in range(len(home)):
        parts.setdefault(root(index), []).append(index)
    return list(parts.values())

"""Items -> stories: the same event, told by many."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from digest.group.cluster import Pair, cluster
from digest.group.gather import gather
from digest.group.similarity import score, similarity
from digest.group.terms import Terms, weigh
from digest.lexicon.value import Lexicon
from digest.model.news import Item
from digest.model.story import Join, Refusal, Story

THRESHOLD = 0.18
"""Average similarity at which two clusters are one story."""

COMMON = 0.12
"""A term in more than this share of the items (and in more than 30) proposes no candidates, though it counts."""

FLOOR = 0.05
"""Pairs below this similarity are noise: they neither join nor make the nearest refused neighbour."""


def group(
    items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], threshold: float = THRESHOLD
) -> tuple[Story, ...]:
    """Return the stories of `items`, ordered by id; every item is in exactly one.

    `previous` maps item ids to the story they were in at the last run: a story keeps its identity as
    long as any of its items does. The result does not depend on the order of `items`.
    """
    terms = weigh(sorted(items, key=lambda item: item.id), lexicon=lexicon)
    scores = {pair: score(terms[pair[0]], terms[pair[1]]) for pair in _candidates(terms)}
    near = {pair: found for pair, found in scores.items() if found >= FLOOR}
    clusters = gather(cluster(len(terms), near, threshold=threshold), terms)
    ids = _identities([[terms[index].item for index in members] for members in clusters], previous)
    neighbours = _neighbours(len(terms), near)
    stories = (
        _story(story_id, members, terms, neighbours, threshold) for story_id, members in zip(ids, clusters, strict=True)
    )
    return tuple(sorted(stories, key=lambda story: story.id))


def _candidates(terms: Sequence[Terms]) -> list[Pair]:
    """Return the pairs that share a term rare enough to mean something, from an inverted index."""
    postings: dict[str, list[int]] = {}
    for index, item in enumerate(terms):
        for term in item.weights:
            postings.setdefault(term, []).append(index)
    most = max(30, int(COMMON * len(terms)))
    return sorted({pair for found in postings.values() if len(found) <= most for pair in combinations(found, 2)})


def _neighbours(count: int, near: Mapping[Pair, float]) -> list[dict[int, float]]:
    neighbours: list[dict[int, float]] = [{} for _ in range(count)]
    for (i, j), found in near.items():
        neighbours[i][j] = neighbours[j][i] = found
    return neighbours


def _story(
    story_id: str,
    members: Sequence[int],
    terms: Sequence[Terms],
    neighbours: Sequence[Mapping[int, float]],
    threshold: float,
) -> Story:
    order = sorted(members, key=lambda index: (terms[index].item.published, terms[index].item.id))
    return Story(
        id=story_id,
        items=tuple(terms[index].item for index in order),
        joins=_joins(order, terms, neighbours),
        refused=_refusal(members, terms, neighbours, threshold),
    )


def _joins(
    members: Sequence[int], terms: Sequence[Terms], neighbours: Sequence[Mapping[int, float]]
) -> tuple[Join, ...]:
    """Return a maximum spanning tree of the story (Prim, 1957): the one join that carried each item but the first."""
    inside, outside, joins = {members[0]}, set(members[1:]), []
    while outside:
        new, to = max(
            ((new, to) for new in outside for to in inside),
            key=lambda pair: (_score(neighbours, pair), terms[pair[0]].item.id, terms[pair[1]].item.id),
        )
        found = similarity(terms[new], terms[to])
        joins.append(
            Join(item_id=terms[new].item.id, to_id=terms[to].item.id, weight=found.score, evidence=found.evidence)
        )
        inside.add(new)
        outside.remove(new)
    return tuple(joins)


def _score(neighbours: Sequence[Mapping[int, float]], pair: Pair) -> float:
    return neighbours[pair[0]].get(pair[1], 0.0)


def _refusal(
    members: Sequence[int],
    terms: Sequence[Terms],
    neighbours: Sequence[Mapping[int, float]],
    threshold: float,
) -> Refusal | None:
    inside = frozenset(members)
    outside = [
        (found, terms[other].item.id, index, other)
        for index in members
        for other, found in neighbours[index].items()
        if other not in inside
    ]
    if not outside:
        return None
    weight, _, index, other = max(outside)
    average = sum(_score(neighbours, (index, other)) for index in members) / len(members)
    why = f"it is like the whole story by {average:.2f} on average; a story needs {threshold:.2f}"
    if average >= threshold:
        why = f"the story it belongs to is not like this one: {threshold:.2f} on average would be needed"
    item = terms[other].item
    evidence = similarity(terms[index], terms[other]).evidence
    return Refusal(item_id=item.id, title=item.title, weight=weight, evidence=evidence, why=why)


def _identities(clusters: Sequence[Sequence[Item]], previous: Mapping[str, str]) -> list[str]:
    """Give each cluster the id of the earlier story that shares most items with it; nobody else gets that id."""
    claims = sorted(
        (-count, old, number)
        for number, members in enumerate(clusters)
        for old, count in Counter(previous[item.id] for item in members if item.id in previous).items()
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, number in claims:
        if number not in ids and old not in taken:
            ids[number] = old
            taken.add(old)
    return [ids.get(number) or _new_id(members, taken) for number, members in enumerate(clusters)]


def _new_id(members: Sequence[Item], taken: set[str]) -> str:
    """Return an id made from the earliest item whose id no standing story bears."""
    for item in sorted(members, key=lambda item: (item.first_seen, item.id)):
        story_id = hashlib.sha256(b"story\0" + item.id.encode()).hexdigest()[:8]
        if story_id not in taken:
            taken.add(story_id)
            return story_id
    return _longer_id(members)


def _longer_id(members: Sequence[Item]) -> str:
    # Every short id of this story's items is borne by stories that were split from it: name it by all of them.
    return hashlib.sha256(b"story\0" + b"\0".join(item.id.encode() for item in members)).hexdigest()[:12]

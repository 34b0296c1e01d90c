"""Sightings -> groups of those that are the same article; what a publisher says of its own articles goes first.

First what publishers' own feeds say is linked, each publisher for itself, by page, guid and
headline: nobody else can join or part two of its articles. Then what others (aggregators) say is
put to it, an article of one publisher at most to each; by a guid or a headline it joins no two
groups in which other sources have a hand, since they tell of two articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from digest.collect.sighting import Sighting, left_over, linked_by_headline

Pairs = Iterable[tuple[int, int]]


def linked(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Gather what is one article. The same groups for any order of `sightings`; near-linear in their number."""
    ordered = sorted(sightings, key=_place)
    forest = _Forest(ordered)
    everybody = list(enumerate(ordered))
    publishers = [(index, seen) for index, seen in everybody if seen.own]
    for pairs in (_by_voice(publishers), _by_guid(publishers), _by_headline(publishers), _by_id(everybody)):
        for first, second in pairs:
            forest.join(first, second)
    forest.recognise(publishers)
    if len(publishers) < len(ordered):
        for pairs in (_by_voice(everybody), _by_page(everybody)):
            forest.add(pairs, is_certain=True)
        for pairs in (_by_guid(everybody), _by_headline(everybody)):
            forest.add(pairs, is_certain=False)
        forest.recognise([(index, seen) for index, seen in everybody if not seen.own])
    return forest.groups()


class _Forest:
    """Groups that grow (union-find with path halving), each with its sources and whether a publisher speaks in it."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self._sightings = sightings
        self._parents = list(range(len(sightings)))
        self._sources = [set(seen.sources) for seen in sightings]
        self._own = [seen.own for seen in sightings]
        self._known = [seen.item is not None for seen in sightings]
        self._shown = [seen.entry is not None for seen in sightings]

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        one, other = self._root(first), self._root(second)
        if one != other:
            self._parents[one] = other
            self._sources[other] |= self._sources[one]
            for has in (self._own, self._known, self._shown):
                has[other] |= has[one]

    def add(self, pairs: Pairs, *, is_certain: bool) -> None:
        """Join the pairs of which nothing speaks against it."""
        for first, second in pairs:
            one, other = self._root(first), self._root(second)
            is_bridge = self._has_others(one, first) and self._has_others(other, second)
            if not (self._own[one] and self._own[other]) and (is_certain or not is_bridge):
                self.join(first, second)

    def recognise(self, sightings: "Numbered") -> None:
        """Put the entries that are still new to the items of one publisher, headline and date that nobody shows."""
        for headline, alike in _alike(sightings, rubrics=True):
            known = [(index, seen) for index, seen in alike if seen.item and not self._shown[self._root(index)]]
            shown = [(index, seen) for index, seen in alike if seen.entry and not self._known[self._root(index)]]
            for first, second in left_over(headline, known, shown):
                self.join(first, second)

    def groups(self) -> list[list[Sighting]]:
        """The groups as they are now."""
        gathered: dict[int, list[Sighting]] = defaultdict(list)
        for index, sighting in enumerate(self._sightings):
            gathered[self._root(index)].append(sighting)
        return list(gathered.values())

    def _has_others(self, root: int, index: int) -> bool:
        """Whether sources other than this sighting's have a hand in the group."""
        return not self._sources[root] <= set(self._sightings[index].sources)

    def _root(self, index: int) -> int:
        parents = self._parents
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index


Numbered = Sequence[tuple[int, Sighting]]


def _by_voice(sightings: Numbered) -> Iterator[tuple[int, int]]:
    """One page of one publisher, or of one source, whose publisher may have got another name in the table."""
    return _by_key(
        (index, f"{voice} {page}")
        for index, seen in sightings
        for voice in (f"publisher {seen.publisher}", *(f"source {source}" for source in seen.sources))
        for page in seen.pages
    )


def _by_page(sightings: Numbered) -> Iterator[tuple[int, int]]:
    return _by_key((index, page) for index, seen in sightings for page in seen.pages)


def _by_guid(sightings: Numbered) -> Iterator[tuple[int, int]]:
    return _by_key((index, guid) for index, seen in sightings for guid in seen.guids)


def _by_id(sightings: Numbered) -> Iterator[tuple[int, int]]:
    """What a publisher and others said of one known item, and an entry whose address that item has forgotten."""
    return _by_key((index, seen.id) for index, seen in sightings)


def _by_key(keyed: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The first with each key and every other one, which is as few pairs as make the groups."""
    first: dict[str, int] = {}
    for index, key in keyed:
        if (before := first.setdefault(key, index)) != index:
            yield before, index


def _by_headline(sightings: Numbered) -> Iterator[tuple[int, int]]:
    """One headline of one publisher, near enough in time."""
    for headline, alike in _alike(sightings, rubrics=False):
        yield from linked_by_headline(headline, alike)


def _alike(sightings: Numbered, *, rubrics: bool) -> Iterator[tuple[str, list[tuple[int, Sighting]]]]:
    """Each headline with those of one publisher that bear it, in the order of both."""
    by_headline: dict[tuple[str, str], list[tuple[int, Sighting]]] = defaultdict(list)
    for index, seen in sightings:
        for headline in seen.headlines | seen.rubrics if rubrics else seen.headlines:
            by_headline[(seen.publisher, headline)].append((index, seen))
    for (_, headline), alike in sorted(by_headline.items(), key=lambda found: found[0]):
        yield headline, alike


def _place(seen: Sighting) -> tuple[object, ...]:
    """Sort so that the order in which feeds arrive does not matter; publishers' own words first."""
    return not seen.own, seen.publisher, seen.since, seen.urls, seen.titles, seen.guids, seen.sources, seen.id

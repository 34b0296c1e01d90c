"""The items of a story -> its independent voices: a publisher counts once, and so does wire copy."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.model.news import Item
from digest.rank.agency import agency
from digest.rank.shingles import Shingles, containment, shingles

SAME_COPY = 0.6
"""Share of the shorter text's shingles found in the longer one from which both are the same copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says it independently: the publishers that carry one and the same report, who counts for it first."""

    publishers: tuple[str, ...]


def voices(items: Sequence[Item]) -> tuple[Voice, ...]:
    """Return the independent voices among `items`, ordered by publisher; three feeds of one publisher are one voice.

    Reports that are copies of one another, or copy of one agency, are one text. Each voice is a publisher with a text
    that no other voice claims: as many as a maximum matching of publishers and texts has (Kuhn, 1955), so neither the
    order of the items nor the publishers' names change the count.
    """
    texts = _texts(items)
    carried: dict[str, set[int]] = {}
    for item, text in zip(items, texts, strict=True):
        carried.setdefault(item.publisher, set()).add(text)
    names: dict[int, list[str]] = {text: [publisher] for text, publisher in _matching(carried).items()}
    heads = {publishers[0] for publishers in names.values()}
    for publisher in sorted(carried.keys() - heads):
        names[min(carried[publisher])].append(publisher)
    return tuple(Voice(publishers=tuple(publishers)) for publishers in sorted(names.values()))


def _texts(items: Sequence[Item]) -> list[int]:
    """Return for each item the number of its text, which all that are the same copy have (union-find)."""
    if len(items) == 1:  # as most stories have it
        return [0]
    order = sorted(range(len(items)), key=lambda index: items[index].id)
    copies = [shingles(f"{items[index].title}\n{items[index].summary}") for index in order]
    home = list(range(len(items)))

    def root(place: int) -> int:
        while home[place] != place:
            place = home[place]
        return place

    for one, other in (*_carrying([agency(items[index]) for index in order]), *_copied(copies)):
        first, second = sorted((root(one), root(other)))
        home[second] = first
    text = {index: root(place) for place, index in enumerate(order)}
    return [text[index] for index in range(len(items))]


def _carrying(agencies: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places at which copy of one agency stands."""
    first: dict[str, int] = {}
    for place, name in enumerate(agencies):
        if name and first.setdefault(name, place) != place:
            yield first[name], place


def _copied(copies: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """Pairs of places of which one has enough of the other's copy; what many have word for word is compared once."""
    first: dict[Shingles, int] = {}
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, copy in enumerate(copies):
        if first.setdefault(copy, place) != place:
            near = {first[copy]}
        else:
            near = {other for shingle in copy for other in holding[shingle]}
            for shingle in copy:
                holding[shingle].append(place)
        yield from ((other, place) for other in sorted(near) if containment(copy, copies[other]) >= SAME_COPY)


def _matching(carried: Mapping[str, set[int]]) -> dict[int, str]:
    """Return a maximum matching, text -> publisher, by augmenting paths in the order of the names."""
    claimed: dict[int, str] = {}
    for publisher in sorted(carried):
        _claim(publisher, carried, claimed, set())
    return claimed


def _claim(publisher: str, carried: Mapping[str, set[int]], claimed: dict[int, str], tried: set[int]) -> bool:
    """Give `publisher` a text of its own, moving those who hold one to another they carry where that is needed."""
    for text in sorted(carried[publisher] - tried):
        tried.add(text)
        if text not in claimed or _claim(claimed[text], carried, claimed, tried):
            claimed[text] = publisher
            return True
    return False

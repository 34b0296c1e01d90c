"""A story and its items -> why each stands in it, and which item outside came nearest."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.group.background import Background
from digest.group.nearby import candidates, index
from digest.group.terms import ENTITY, Terms
from digest.group.urn import BIGGER, SAME_PAGE, Urn, belonging, gains, price, silence, urn, without
from digest.model.story import Evidence, Join, Refusal, Signal
from digest.text.tokens import name_phrases

SHOWN = 5
"""How many terms the evidence names for each signal: the heaviest."""

WORTH_NAMING = 1.0
"""A neighbour that a story explains by less than this is none."""


def joins(members: Sequence[int], run: Sequence[Terms], common: Background) -> tuple[Join, ...]:
    """Return why each item but the first stands in the story: what the others together explain of it.

    `members` are in order of time. Each join names the earlier item that shares most, so that a reader can hold
    two headlines side by side; its evidence is that of the whole story.
    """
    story, singles = urn(members, run, common), [urn([index], run, common) for index in members]
    return tuple(_join(one, story, _nearest(one, singles[:place]), run) for place, one in enumerate(singles) if place)


def _join(one: Urn, story: Urn, to: int, run: Sequence[Terms]) -> Join:
    evidence = tuple(_evidence(one, without(story, one), run))
    return Join(
        item_id=run[one.members[0]].item.id,
        to_id=run[to].item.id,
        weight=math.fsum(part.weight for part in evidence),
        evidence=evidence,
    )


def _nearest(one: Urn, earlier: Sequence[Urn]) -> int:
    """Return the index of the item that shares most with `one`, the first of several."""
    place = max(range(len(earlier)), key=lambda before: (_shared(one, earlier[before]), -before))
    return earlier[place].members[0]


def _shared(one: Urn, other: Urn) -> float:
    return math.fsum(gains(one, other).values())


def _evidence(one: Urn, story: Urn, run: Sequence[Terms]) -> Iterator[Evidence]:
    """What explains an item by a story, part by part: the weights add up to how well it does."""
    (index,) = one.members
    groups: dict[Signal, list[tuple[float, str]]] = {}
    for term, gain in gains(one, story).items():
        groups.setdefault(_signal(term, run[index]), []).append((gain, term.removeprefix(ENTITY)))
    for signal in Signal:
        if found := groups.get(signal):
            shown = _phrased(found, run[index]) if signal is Signal.PHRASES else found
            heaviest = tuple(term for _, term in sorted(shown, key=lambda part: (-part[0], part[1]))[:SHOWN])
            yield Evidence(signal=signal, what=heaviest, weight=math.fsum(gain for gain, _ in found))
    if story.size > 1:
        yield Evidence(signal=Signal.SIZE, what=(f"told by {story.size} others",), weight=BIGGER * math.log(story.size))
    unshared = tuple(sorted(term for term in one.counts.keys() - story.counts.keys() if not term.startswith(ENTITY)))
    yield Evidence(signal=Signal.REST, what=unshared[:SHOWN], weight=-one.damped_length * price(story.length))
    if lost := silence(one, story):
        yield Evidence(signal=Signal.TIME, what=(_apart(one, story),), weight=-lost)
    if shared := sorted(one.pages.keys() & story.pages.keys()):
        yield Evidence(signal=Signal.LINK, what=tuple(shared[:SHOWN]), weight=SAME_PAGE)


def _apart(one: Urn, story: Urn) -> str:
    return f"{max(one.first - story.last, story.first - one.last):.0f} hours apart"


def _phrased(found: Sequence[tuple[float, str]], one: Terms) -> list[tuple[float, str]]:
    """Return the words with those together that stand side by side in the headline: «makerfield council»."""
    gain = {word: gained for gained, word in found}
    phrases = [phrase for phrase in name_phrases(one.item.title) if gain.keys() >= set(phrase.split())]
    within = {word for phrase in phrases for word in phrase.split()}
    joined = [(sum(gain[word] for word in phrase.split()), phrase) for phrase in phrases]
    return [*joined, *((gained, word) for gained, word in found if word not in within)]


def _signal(term: str, one: Terms) -> Signal:
    return one.signals.get(term) or (Signal.PHRASES if term in one.names else Signal.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An item outside a story, how well the story explains it, and how well its own does."""

    index: int
    score: float
    own: float

    @property
    def order(self) -> tuple[float, int]:
        """The nearest first, the first of the run of several."""
        return self.score, -self.index


def neighbours(stories: Sequence[Sequence[int]], run: Sequence[Terms], common: Background) -> Mapping[int, Near]:
    """Return the nearest item outside each story, by the number of the story; none where nothing is near."""
    urns = [urn(members, run, common) for members in stories]
    postings = index(dict(enumerate(urns)))
    nearest: dict[int, Near] = {}
    for home, members in enumerate(stories):
        for item in members:
            one = urn([item], run, common)
            own = belonging(one, without(urns[home], one)) if len(members) > 1 else 0.0
            for number in candidates(one, postings):
                if number != home:
                    found = Near(index=item, score=belonging(one, urns[number]), own=own)
                    if found.score >= WORTH_NAMING and (number not in nearest or found.order > nearest[number].order):
                        nearest[number] = found
    return nearest


def refusal(near: Near, members: Sequence[int], run: Sequence[Terms], common: Background, *, least: float) -> Refusal:
    """Return the nearest item that was kept out of a story, with what speaks for and against it."""
    one, story = urn([near.index], run, common), urn(members, run, common)
    evidence = tuple(_evidence(one, story, run))
    return Refusal(
        item_id=run[near.index].item.id,
        title=run[near.index].item.title,
        weight=math.fsum(part.weight for part in evidence),
        evidence=evidence,
        why=_why(near, least),
    )


def _why(near: Near, least: float) -> str:
    if near.score < least:
        return f"the story explains it by {near.score:.1f}; {least:.1f} is needed"
    if near.own >= near.score:
        return f"its own story explains it by {near.own:.1f}, this one by {near.score:.1f}"
    return "the story that it belongs to names others, or is too little like this one as a whole"

"""A ranked story -> one piece as it is printed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from digest.edit.agreement import said as words_of
from digest.edit.headline import headline
from digest.edit.kicker import kicker
from digest.edit.summary import summary
from digest.lexicon.publishers import publisher_named
from digest.lexicon.value import Lexicon
from digest.model.edition import Piece, SourceLink
from digest.model.news import Item, Source
from digest.model.story import Novelty, Ranked, Told
from digest.text.headline import without_tags

NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty".split()
)
"""Counts as words: they begin sentences."""

REPEATS = 0.5
"""Share of the words of the shorter of two headlines from which one says nothing beside the other."""

NOTHING: Mapping[str, int] = MappingProxyType({})
"""No publisher has lent a word yet."""

MOST_SOURCES = 5
"""Links under one piece (editorial.md: two to five for the lead)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every piece of an edition is made with; `told_items` are the ids of items earlier editions drew on."""

    day: date
    sources: Mapping[str, Source]
    lexicon: Lexicon
    excerpt_words: int
    told_items: frozenset[str] = frozenset()


def piece(ranked: Ranked, desk: Desk, *, sentences: int, spent: Mapping[str, int] = NOTHING) -> Piece:
    """Return the story as printed: the fittest headline, at most `sentences` sentences, its sources, why it is here.

    Headline, sentences and first link come from reports; comment in the same story only lends its
    link when there is nothing else. `spent` is how many words each publisher has lent to the edition already.
    """
    items = ranked.story.reports
    first = headline(leading(ranked, desk), sources=desk.sources)
    said = summary(
        items,
        headline=first,
        most=sentences,
        words=desk.excerpt_words,
        spent=spent,
        sources=desk.sources,
        is_alone=ranked.voices == 1,
    )
    return Piece(
        story_id=ranked.story.id,
        headline=without_tags(first.title),
        sentences=said.sentences,
        passed_over=said.passed_over,
        sources=_links(first, items, desk.sources),
        kicker=kicker(items, headline=first.title, section=ranked.section, lexicon=desk.lexicon, day=desk.day),
        kind=first.kind,
        section=ranked.section,
        score=ranked.score,
        reasons=ranked.reasons,
        author=first.author,
        why=why(ranked, desk.sources),
        since=_since(ranked, first),
        is_developing=ranked.continuity.novelty is Novelty.DEVELOPING,
        told=_told(ranked, first.title, desk.day),
    )


def leading(ranked: Ranked, desk: Desk) -> tuple[Item, ...]:
    """Return the reports whose headline may stand over a story: of one that readers know, only those that are new."""
    if ranked.continuity.novelty is not Novelty.DEVELOPING:
        return ranked.story.reports
    return tuple(item for item in ranked.story.reports if item.id not in desk.told_items) or ranked.story.reports


def opinion(item: Item, ranked: Ranked, desk: Desk, *, spent: Mapping[str, int] = NOTHING) -> Piece:
    """Return one comment or analysis as a piece of its own, under its author and headline."""
    said = summary((item,), headline=item, most=1, words=desk.excerpt_words, spent=spent)
    return Piece(
        story_id=ranked.story.id,
        headline=item.title,
        sentences=said.sentences,
        passed_over=said.passed_over,
        sources=_links(item, (item,), desk.sources),
        kicker=item.kind.value.capitalize(),
        kind=item.kind,
        section=ranked.section,
        score=ranked.score,
        reasons=ranked.reasons,
        author=item.author,
        told=_told(ranked, item.title, desk.day),
    )


def lent(one: Piece) -> Counter[str]:
    """Return how many words of each publisher a piece prints; an editor's own words are nobody's."""
    words: Counter[str] = Counter()
    for sentence in one.sentences:
        if sentence.publisher:
            words[sentence.publisher] += sentence.words
    return words


def why(ranked: Ranked, sources: Mapping[str, Source]) -> str:
    """Say in a reader's words why a story stands where it stands: who reports it, and whose editors put it first."""
    top = len({item.publisher for item in ranked.story.reports if item.position == 0 and item.is_placed(sources)})
    reports = "publisher reports" if ranked.voices == 1 else "independent publishers report"
    first = f", and {_in_words(top)} {'puts' if top == 1 else 'put'} it first" if top else ""
    return f"{_in_words(ranked.voices).capitalize()} {reports} it{first}."


def _since(ranked: Ranked, first: Item) -> str:
    """Return the headline of what is new in a story readers know; none where the piece's own says as much."""
    if ranked.continuity.novelty is not Novelty.DEVELOPING:
        return ""
    since = without_tags(ranked.continuity.since)
    words, own = words_of(since), words_of(first.title)
    return "" if len(words & own) >= REPEATS * min(len(words), len(own)) else since


def _in_words(number: int) -> str:
    return NUMBERS[number - 1] if number <= len(NUMBERS) else str(number)


def _links(first: Item, items: Sequence[Item], sources: Mapping[str, Source]) -> tuple[SourceLink, ...]:
    """Return one link per publisher: the headline's own first, then the heaviest publishers, then by alphabet."""
    best: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: (item.position, item.id)):
        best.setdefault(item.publisher, item)
    best.pop(first.publisher, None)
    others = sorted(best.values(), key=lambda item: (-_weight(item, sources), item.publisher))
    return tuple(
        SourceLink(publisher=item.publisher, url=item.url, paywalled=_is_paywalled(item, sources), medium=item.medium)
        for item in (first, *others)[:MOST_SOURCES]
    )


def _weight(item: Item, sources: Mapping[str, Source]) -> float:
    return max((sources[source].weight for source in item.sources if source in sources), default=1.0)


def _is_paywalled(item: Item, sources: Mapping[str, Source]) -> bool:
    """Return whether one of its sources says so, or what is known of a publisher met through an aggregator only."""
    known = publisher_named(item.publisher)
    return any(sources[source].paywalled for source in item.sources if source in sources) or bool(
        known and known.paywalled
    )


def _told(ranked: Ranked, title: str, day: date) -> Told:
    return Told(
        story_id=ranked.story.id,
        day=day.isoformat(),
        headline=title,
        item_ids=tuple(item.id for item in ranked.story.items),
        titles=tuple(sorted({item.title for item in ranked.story.items})),
    )

"""An item -> how much it is Labour news, with the mentions that say so."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from digest.lexicon.find import find
from digest.lexicon.value import Category, Lexicon
from digest.model.news import Item, Source, SourceKind
from digest.model.story import Mention, Relevance
from digest.rank.company import BESIDE_LABOUR, LABOURS_OWN, OTHERS, company, in_company

DEFAULT_THRESHOLD = 0.2
"""At or above this score an item is politics that a Labour round-up could carry; below it there is no reason to.

It is where something speaks for British politics and nothing stronger against it.
"""

LABOUR_NEWS = 0.5
"""At or above this score an item is Labour news by itself; general politics alone stays below or little above."""

BIAS = -1.7
"""The log-odds of an item that mentions nothing: about one in six."""

WEIGHTS: Mapping[Category, float] = {
    Category.PARTY: 3.0,
    Category.PERSON: 2.8,
    Category.BODY: 2.4,
    Category.OFFICE: 2.0,
    Category.UNION: 1.6,
    Category.EVENT: 1.4,
    Category.POLITICS: 0.9,
    Category.INSTITUTION: 0.9,
    Category.PLACE: 0.3,
    Category.OTHER_PARTY: -0.5,
    Category.OPPONENT: -0.5,
    Category.FOREIGN_PERSON: -1.4,
    Category.CELEBRITY: -1.6,
    Category.FOREIGN: -1.8,
    Category.SPORT: -1.8,
    Category.WEATHER: -1.8,
    Category.NOT_THE_PARTY: -2.0,
}
"""Log-odds for one mention of full weight in a headline.

Set by hand, and kept: fitted anew on seven windows of the labelled stream and measured on the
eighth, other weights did no better (`python -m tests.judgement.relevance`).
"""

SUMMARY = 0.4
"""What a mention in the summary counts of one in the headline; a name counts once, at its best place."""

MORE = 0.7
"""The second mention of a category counts this much of itself, the third the square of it.

Three countries are not three times as foreign as one, nor three ministers three times as relevant.
"""

ANOTHERS_MOST = 0.24
"""Another party's news alone scores no more than this before its source is heard: below an edition's own threshold.

A politics page, a by-election and three ministers of theirs make it politics beyond doubt, and still not ours.
"""

LABOUR_SOURCE = 2.5
"""A Labour outlet is relevant by itself, unless it writes of something plainly else."""

SOURCE_KINDS: Mapping[SourceKind, float] = {
    SourceKind.LABOUR: 2.5,
    SourceKind.UNION: 1.2,
    SourceKind.COUNCIL: 0.5,
}

SOURCE = "source"
"""The category of what an item's source says."""

POLITICS_SOURCE = 0.4
"""A source whose name says «politics»."""

PATHS: Mapping[str, float] = {
    "politics": 1.2,
    "uk-politics": 1.2,
    "ukpolitics": 1.2,
    "sport": -2.5,
    "football": -2.5,
    "cricket": -2.5,
    "weather": -2.0,
    "showbiz": -2.0,
    "tv-and-radio": -2.0,
    "lifestyle": -2.0,
    "lifeandstyle": -2.0,
    "travel": -1.5,
    "world": -1.0,
    "us-news": -1.5,
    "australia-news": -2.5,
}
"""Log-odds for a part of the item's own address."""


def relevance(item: Item, *, sources: Mapping[str, Source], lexicon: Lexicon) -> Relevance:
    """Score from 0 to 1: a logistic of the sum of the weights of everything that speaks for or against it.

    The mentions of the result are those weights, strongest first, so that
    `score == 1 / (1 + exp(-(BIAS + sum(weights))))`. Sources that are not in `sources` say nothing.
    Of all headlines the item had, the one speaks that says most: what was Labour news stays so when it
    is told more briefly. The last one speaks where others say no more.
    """
    headlines = dict.fromkeys((item.title, *reversed(item.titles)))
    judged = [_under(headline, item, sources=sources, lexicon=lexicon) for headline in headlines]
    return max(judged, key=lambda one: one.score)


def _under(headline: str, item: Item, *, sources: Mapping[str, Source], lexicon: Lexicon) -> Relevance:
    in_text = mentions(headline, item.summary, day=item.published.date(), lexicon=lexicon)
    judged = scored([*in_text, *_of_sources(item, sources), *_in_address(item, in_text)])
    return judged if headline == item.title else replace(judged, headline=headline)


def mentions(title: str, summary: str = "", *, day: date, lexicon: Lexicon) -> list[Mention]:
    """Return what a headline and a summary name, each with what it says in this company."""
    return list(_dampened(_in_text(title, summary, day, lexicon)))


def scored(found: Iterable[Mention]) -> Relevance:
    """Add the weights of mentions up to a score, with one more against them where all of it is another party's."""
    given = list(found)
    ordered = tuple(sorted([*given, *_nothing_of_ours(given)], key=_strongest_first))
    return Relevance(score=_logistic(BIAS + sum(mention.weight for mention in ordered)), mentions=ordered)


def _in_text(title: str, summary: str, day: date, lexicon: Lexicon) -> Iterator[Mention]:
    in_title, in_summary = find(lexicon, title, day), find(lexicon, summary, day)
    around = company(in_title, in_summary)
    seen: set[str] = set()
    for named, place in ((in_title, 1.0), (in_summary, SUMMARY)):
        for found in named:
            if found.name not in seen:
                seen.add(found.name)
                weight = in_company(WEIGHTS[found.category] * found.weight, found, around)
                yield Mention(name=found.name, category=found.category, weight=weight * place)


def _dampened(named: Iterable[Mention]) -> Iterator[Mention]:
    """Let each further mention of a category count less than the one before."""
    ordered = sorted(named, key=lambda mention: (mention.category, *_strongest_first(mention)))
    for _, group in groupby(ordered, key=lambda mention: mention.category):
        for place, mention in enumerate(group):
            yield replace(mention, weight=mention.weight * MORE**place)


def _of_sources(item: Item, sources: Mapping[str, Source]) -> Iterator[Mention]:
    """The source that says most; several feeds of one item say it once."""
    known = [sources[source_id] for source_id in item.sources if source_id in sources]
    weight, name = max(((_prior(source), source.name) for source in known), default=(0.0, ""))
    if weight:
        yield Mention(name=name, category=SOURCE, weight=weight)


def _prior(source: Source) -> float:
    politics = POLITICS_SOURCE if "politics" in source.name.casefold() else 0.0
    return max(LABOUR_SOURCE if source.labour else 0.0, SOURCE_KINDS.get(source.kind, 0.0), politics)


def _in_address(item: Item, in_text: Sequence[Mention]) -> Iterator[Mention]:
    """The part of the path that says most, for or against; less against what names Labour."""
    parts = [part for part in urlsplit(item.url).path.split("/") if part in PATHS]
    if parts:
        part = max(parts, key=lambda part: abs(PATHS[part]))
        is_policy = PATHS[part] < 0 and any(mention.category in LABOURS_OWN for mention in in_text)
        yield Mention(name=f"/{part}/", category="address", weight=PATHS[part] * (BESIDE_LABOUR if is_policy else 1.0))


def _nothing_of_ours(found: Sequence[Mention]) -> Iterator[Mention]:
    """What holds another party's news under `ANOTHERS_MOST`; such parties weigh for a text only in such company."""
    if any(mention.category in OTHERS and mention.weight > 0 for mention in found):
        said = BIAS + sum(mention.weight for mention in found if mention.category != SOURCE)
        excess = said - math.log(ANOTHERS_MOST / (1 - ANOTHERS_MOST))
        if excess > 0:
            yield Mention(name="nothing of Labour’s", category="company", weight=-excess)


def _strongest_first(mention: Mention) -> tuple[float, str]:
    return (-abs(mention.weight), mention.name)


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))

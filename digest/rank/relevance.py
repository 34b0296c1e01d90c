"""An item -> how much it is Labour news, with the mentions that say so."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlsplit

from digest.lexicon.find import find
from digest.lexicon.value import Category, Lexicon
from digest.model.news import Item, Source, SourceKind
from digest.model.story import Mention, Relevance

DEFAULT_THRESHOLD = 0.35
"""At or above this score an item is fit for the round-up; the config may set another."""

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
"""Log-odds for one mention of full weight in a headline."""

SUMMARY = 0.4
"""What a mention in the summary counts of one in the headline; a name counts once, at its best place."""

MORE = 0.7
"""The second mention of a category counts this much of itself, the third the square of it.

Three countries are not three times as foreign as one, nor three ministers three times as relevant.
"""

BESIDE_LABOUR = 0.5
"""What is foreign counts this much where the party or one of its people stands in the headline: that is policy."""

ANOTHER_PARTYS = {Category.OTHER_PARTY: 1.4, Category.OPPONENT: 1.4, Category.EVENT: 0.25}
"""Where a headline names another party and nobody and nothing of Labour's, it is that party's news.

Its name then counts this much more against, and its reshuffle or conference this much less for.
"""

LABOURS_HANDS = 0.5
"""An office whose mention weighs less is not in Labour's hands on the day."""

LABOUR_SOURCE = 2.5
"""A Labour outlet is relevant by itself, unless it writes of something plainly else."""

SOURCE_KINDS: Mapping[SourceKind, float] = {
    SourceKind.LABOUR: 2.5,
    SourceKind.UNION: 1.2,
    SourceKind.COUNCIL: 0.5,
}

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

_ABROAD = frozenset({Category.FOREIGN, Category.FOREIGN_PERSON})
_LABOURS_OWN = frozenset({Category.PARTY, Category.PERSON, Category.BODY})
_OTHERS = frozenset({Category.OTHER_PARTY, Category.OPPONENT})
_NEAR_LABOUR = _LABOURS_OWN | {Category.UNION, Category.OFFICE}


def relevance(item: Item, *, sources: Mapping[str, Source], lexicon: Lexicon) -> Relevance:
    """Score from 0 to 1: a logistic of the sum of the weights of everything that speaks for or against it.

    The mentions of the result are those weights, strongest first, so that
    `score == 1 / (1 + exp(-(BIAS + sum(weights))))`. Sources that are not in `sources` say nothing.
    """
    mentions = [*_dampened(_in_text(item, lexicon)), *_of_sources(item, sources), *_in_address(item)]
    mentions.sort(key=_strongest_first)
    return Relevance(score=_logistic(BIAS + sum(mention.weight for mention in mentions)), mentions=tuple(mentions))


def _in_text(item: Item, lexicon: Lexicon) -> Iterator[Mention]:
    day = item.published.date()
    in_title, in_summary = find(lexicon, item.title, day), find(lexicon, item.summary, day)
    has_labour = any(found.category in _LABOURS_OWN for found in in_title)
    is_anothers = any(found.category in _OTHERS for found in in_title) and not any(
        found.category in _NEAR_LABOUR and found.weight >= LABOURS_HANDS for found in (*in_title, *in_summary)
    )
    seen: set[str] = set()
    for mentions, place in ((in_title, 1.0), (in_summary, SUMMARY)):
        for found in mentions:
            if found.name not in seen:
                seen.add(found.name)
                weight = WEIGHTS[found.category] * found.weight * place
                company = _in_company(found.category, has_labour=has_labour, is_anothers=is_anothers)
                yield Mention(name=found.name, category=found.category, weight=weight * company)


def _in_company(category: Category, *, has_labour: bool, is_anothers: bool) -> float:
    """What a mention counts more or less for what else is named."""
    if has_labour and category in _ABROAD:
        return BESIDE_LABOUR
    return ANOTHER_PARTYS.get(category, 1.0) if is_anothers else 1.0


def _dampened(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Let each further mention of a category count less than the one before."""
    ordered = sorted(mentions, key=lambda mention: (mention.category, *_strongest_first(mention)))
    for _, group in groupby(ordered, key=lambda mention: mention.category):
        for place, mention in enumerate(group):
            yield replace(mention, weight=mention.weight * MORE**place)


def _of_sources(item: Item, sources: Mapping[str, Source]) -> Iterator[Mention]:
    """The source that says most; several feeds of one item say it once."""
    known = [sources[source_id] for source_id in item.sources if source_id in sources]
    weight, name = max(((_prior(source), source.name) for source in known), default=(0.0, ""))
    if weight:
        yield Mention(name=name, category="source", weight=weight)


def _prior(source: Source) -> float:
    politics = POLITICS_SOURCE if "politics" in source.name.casefold() else 0.0
    return max(LABOUR_SOURCE if source.labour else 0.0, SOURCE_KINDS.get(source.kind, 0.0), politics)


def _in_address(item: Item) -> Iterator[Mention]:
    """The part of the path that says most, for or against."""
    parts = [part for part in urlsplit(item.url).path.split("/") if part in PATHS]
    if parts:
        part = max(parts, key=lambda part: abs(PATHS[part]))
        yield Mention(name=f"/{part}/", category="address", weight=PATHS[part])


def _strongest_first(mention: Mention) -> tuple[float, str]:
    return (-abs(mention.weight), mention.name)


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))

"""What each part of the grouping is worth: the labelled stream once more, with one part taken away at a time."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType

from digest.app.shipped import lexicon_texts
from digest.collect.row import rows
from digest.group import background, settle, strangers, urn
from digest.group.group import group
from digest.lexicon.load import load
from digest.lexicon.value import Lexicon
from digest.model.news import Item
from digest.model.story import Story
from digest.pipeline.stories import Grouped, as_json
from digest.pipeline.stories import stories as judge
from digest.rank.causes import Weights
from tests.judgement.figures import Figure
from tests.judgement.groups import LABOUR, best_plain
from tests.judgement.process import Place, score_groups, text, write


def without_lexicon(
    items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
) -> tuple[Story, ...]:
    """No names of people, offices and bodies are known: words are words."""
    del lexicon
    return group(items, lexicon=load({}), previous=previous, history=history)


def without_time(
    items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
) -> tuple[Story, ...]:
    """All of a day's context came out at one moment."""
    known = {item.id: item for item in items}
    latest = max(item.published for item in known.values())
    at_once = (replace(item, published=latest) for item in known.values())
    return group(at_once, lexicon=lexicon, previous=previous, history=history)


def without_memory(
    items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
) -> tuple[Story, ...]:
    """What the day before made of the items is not known."""
    del previous
    return group(items, lexicon=lexicon, previous={}, history=history)


def without_history(
    items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
) -> tuple[Story, ...]:
    """What was common in the weeks before is not known."""
    del history
    return group(items, lexicon=lexicon, previous=previous)


def where(part: ModuleType, constant: str, value: object) -> Grouped:
    """One constant of the grouping is another for as long as it runs."""

    def grouped(
        items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        kept = getattr(part, constant)
        setattr(part, constant, value)
        try:
            return group(items, lexicon=lexicon, previous=previous, history=history)
        finally:
            setattr(part, constant, kept)

    return grouped


ABLATIONS: Mapping[str, Grouped] = {
    "as it is": group,
    "without the lexicon": without_lexicon,
    "without time": without_time,
    "without the day before": without_memory,
    "without the weeks before": without_history,
    "without the shipped words": where(background, "SHARE", {}),
    "without the guard against strangers": where(strangers, "STRANGE", math.inf),
    "without second thoughts": where(settle, "ROUNDS", 0),
    "without the pull of great stories": where(urn, "BIGGER", 0.0),
}
"""By what is taken away."""


def ablations(place: Place) -> Iterator[Figure]:
    """BCubed F, pair F and BCubed precision of the whole stream for each, beside the plain method (TF-IDF)."""
    gold = place.data(LABOUR)
    base = best_plain(place, gold, "ablation")
    lexicon, reports = load(lexicon_texts()), rows(text(gold), name=LABOUR)
    for name, grouped in ABLATIONS.items():
        found = judge(reports, lexicon=lexicon, weights=Weights(), ranked=False, grouped=grouped)
        out = write(place.folder / "ablation.jsonl", map(json.loads, map(as_json, found.rows)))
        scores = score_groups(place, gold, out)
        for measure, table, key in (("BCubed F", "bcubed", "f"), ("pair F", "pairs", "f"), ("BCubed P", "bcubed", "p")):
            plain = base[0][table][key] if base else None
            yield Figure(set=f"grouping {name}", measure=measure, ours=scores[table][key], plain=plain)

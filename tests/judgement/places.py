"""Ranking, relevance and kind of the labelled stream by the scorers' measure: the command's, and with gold groups."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.app.shipped import lexicon_texts
from digest.collect.row import rows
from digest.collect.rows import articles
from digest.lexicon.load import load
from digest.lexicon.value import Lexicon
from digest.model.news import Item
from digest.model.story import Story
from digest.pipeline.stories import as_json
from digest.pipeline.stories import stories as judge
from digest.rank.causes import Weights
from tests.judgement.figures import Figure
from tests.judgement.groups import LABOUR
from tests.judgement.process import ANY_DAY, Place, Row, read, score_ranking, stories, text, write

BY_SOURCES = {"ndcg10": 0.750, "lead_in_3": 0.80}
"""Gold stories ranked by number of sources, as the data's own description gives it (FIELDS.md)."""


def ranking(place: Place) -> Iterator[Figure]:
    """The 20 days with our own groups, window by window, and with the annotator's groups; relevance and kind."""
    out, places = place.folder / "ranked.jsonl", place.folder / "places.jsonl"
    stories(place.data(LABOUR), out, places)
    found = score_ranking(place, places, out)
    yield from _lines("labour_rankings, own groups", found, has_aims=True)
    for window, scores in found["windows"].items():
        yield from _lines(f"– {window}", scores, has_aims=False)
    yield from _lines("labour_rankings, gold groups", score_ranking(place, _by_gold(place)), has_aims=False)
    yield from _items(place, found["items"], out)


def _lines(name: str, found: Row, *, has_aims: bool) -> Iterator[Figure]:
    for measure, key, aim, dream in (
        ("nDCG@10", "ndcg10", 0.80, 0.92),
        ("lead in first 3", "lead_in_3", 0.85, 1.0),
        ("top 5 in first 10", "top5_in_10", None, None),
    ):
        if has_aims:
            plain = BY_SOURCES.get(key)
            yield Figure(set=name, measure=measure, ours=found[key], plain=plain, aim=aim, dream=dream)
        else:
            yield Figure(set=name, measure=measure, ours=found[key])


def _items(place: Place, found: Row, out: Path) -> Iterator[Figure]:
    name, said = "labour_stream", {row["id"]: row for row in read(out)}
    refused = [not said[row["id"]]["relevant"] for row in read(place.data(LABOUR)) if row["relevance"] == 0]
    irrelevant, central = found["auc_of_irrelevant"], found["auc_of_central"]
    yield Figure(set=name, measure="AUC of label 0", ours=irrelevant, plain=0.5, aim=0.90, dream=0.97)
    yield Figure(set=name, measure="AUC of label 2", ours=central, plain=0.5, aim=0.80, dream=0.90)
    yield Figure(set=name, measure="recall of relevant", ours=found["relevant"]["r"], aim=0.98, dream=0.99)
    yield Figure(set=name, measure="label 0 refused", ours=sum(refused) / len(refused), aim=0.5)
    yield Figure(set=name, measure="F1 of comment", ours=found["comment_f1"] or 0.0, plain=0.0, aim=0.70, dream=0.85)


def _by_gold(place: Place) -> Path:
    """Rank with the annotator's stories in the place of ours; what nobody labelled stands alone."""
    told = text(place.data(LABOUR))
    gold = {row["id"]: row["story"] for row in map(json.loads, told)}
    reports = rows(told, name=LABOUR)
    labelled = {
        article.item.id: next((gold[row.id] for row in article.rows if gold[row.id]), article.item.id)
        for article in articles(reports, untimed=ANY_DAY)[0]
    }

    def grouped(
        items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        del lexicon, previous, history
        by_story: dict[str, list[Item]] = defaultdict(list)
        for item in sorted(items, key=lambda item: (item.published, item.id)):
            by_story[labelled[item.id]].append(item)
        return tuple(Story(id=story, items=tuple(found)) for story, found in sorted(by_story.items()))

    found = judge(reports, lexicon=load(lexicon_texts()), weights=Weights(), ranked=True, grouped=grouped)
    return write(place.folder / "by-gold.jsonl", map(json.loads, map(as_json, found.places)))

"""Ranking, relevance and kind: how near each day's order, and what is said of each row, come to an annotator's."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from digest.rank.causes import Weights
from tests.judgement.figures import Figure
from tests.judgement.groups import LABOUR
from tests.judgement.labelled_days import Candidate, Day, Stream
from tests.judgement.process import Place, Row, read, score_ranking, stories, write
from tests.judgement.stream import WINDOWS

Order = Callable[[Day], Sequence[Candidate]]


def ranking(place: Place) -> Iterator[Figure]:
    """The labelled days with our own stories, by window, and with the annotator's; then relevance and kind of each row.

    The plain ranking counts publishers, with the annotator's stories, which favours it.
    """
    gold = place.data(LABOUR)
    out, order = place.folder / "labour.jsonl", place.folder / "ranking.jsonl"
    stories(gold, out, order)
    ours = score_ranking(place, order, out)
    stream = Stream(gold.parent)
    days = stream.days(stream.gold_stories)
    plain = score_ranking(place, _written(place, stream, days, _by_publishers))
    told = score_ranking(place, _written(place, stream, days, lambda day: day.ranking(Weights())))
    for measure, key, aim, dream in (
        ("nDCG@10", "ndcg10", 0.80, 0.92),
        ("lead in first three", "lead_in_3", 0.85, 1.0),
    ):
        yield Figure(set="labour_rankings", measure=measure, ours=ours[key], plain=plain[key], aim=aim, dream=dream)
        yield Figure(set="– annotator’s stories", measure=measure, ours=told[key], plain=plain[key])
        for window in WINDOWS:
            mine, beside = (scores["windows"][window][key] for scores in (ours, plain))
            yield Figure(set=f"– {window}", measure=measure, ours=mine, plain=beside)
    yield from _items(ours["items"], gold, out)


def _by_publishers(day: Day) -> Sequence[Candidate]:
    return sorted(day.candidates, key=lambda one: (-len({item.publisher for item in one.story.items}), one.story.id))


def _written(place: Place, stream: Stream, days: Sequence[Day], order: Order) -> Path:
    """Write a ranking of the annotator's stories as `digest stories` writes one of ours."""
    rows = {article.item.id: article.rows for article in stream.articles}
    lines = [
        {"day": day.day.isoformat(), "rank": rank, "ids": [row.id for item in one.story.items for row in rows[item.id]]}
        for day in days
        for rank, one in enumerate(order(day), start=1)
    ]
    return write(place.folder / "ranking.gold.jsonl", lines)


def _items(scores: Row, gold: Path, out: Path) -> Iterator[Figure]:
    """What a coin would say stands beside the areas, what says «news» of everything beside the kinds."""
    for measure, key, plain, aim, dream in (
        ("AUC, label 0 against the rest", "auc_of_irrelevant", 0.5, 0.90, 0.97),
        ("AUC, label 2 against the rest", "auc_of_central", 0.5, 0.80, 0.90),
    ):
        yield Figure(set="relevance", measure=measure, ours=scores[key], plain=plain, aim=aim, dream=dream)
    recall = scores["relevant"]["r"]
    yield Figure(set="relevance", measure="recall of relevant", ours=recall, aim=0.98, dream=0.99)
    yield Figure(set="relevance", measure="share of label 0 refused", ours=_refused(gold, out), aim=0.5)
    yield Figure(set="kind", measure="F1 of comment", ours=scores["comment_f1"], plain=0.0, aim=0.70, dream=0.85)


def _refused(gold: Path, out: Path) -> float:
    said = {row["id"]: row["relevant"] for row in read(out)}
    nothing = [said[row["id"]] for row in read(gold) if row["relevance"] == 0]
    return nothing.count(False) / len(nothing)

"""Measure relevance on the labelled stream: python -m tests.judgement.relevance STREAM.jsonl.gz [--show LABEL].

Prints the AUC of label 0 against the rest and of label 2 against the rest, in all and by window, and for a row of
thresholds the recall of label 2 and of labels 1 and 2 with the share of label 0 that is refused. Then, each window
by the others: the threshold that keeps 98.5 % of labels 1 and 2, and weights fitted anew (a multiplier for each
category, drawn to 1, on both cuts of the label at once). With --show the articles of one label, by score.
"""

import argparse
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

from digest.app.shipped import lexicon_texts
from digest.lexicon.load import load
from digest.model.story import Relevance
from digest.rank.relevance import DEFAULT_THRESHOLD, LABOUR_NEWS, relevance
from tests.judgement.logistic import Row, fit, log_odds
from tests.judgement.stream import Article, articles, left_out

THRESHOLDS = (0.1, 0.15, DEFAULT_THRESHOLD, 0.25, 0.3, 0.35, 0.4, LABOUR_NEWS, 0.6)
KEPT = 0.985
RIDGES = (1.0, 3.0, 10.0, 30.0)
CUT = "politics at least"
"""The feature by which one model answers both questions: labels 1 and 2, and label 2."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("stream", type=Path)
    options.add_argument("--show", type=int)
    asked = options.parse_args()
    found = articles(asked.stream)
    judged = judge(found)
    labels, scores = [article.relevance for article in found], [one.score for one in judged]
    print(f"{len(found)} articles, shipped weights: {aucs(labels, scores)}")
    for window, _, inside in left_out(found):
        print(f"  {window}: {aucs([labels[at] for at in inside], [scores[at] for at in inside])}")
    for threshold in THRESHOLDS:
        print(f"threshold {threshold:.2f}: {shares(labels, [score >= threshold for score in scores])}")
    print(f"the others' threshold: {shares(labels, others_threshold(found, scores))}")
    rows = [row(one) for one in judged]
    for ridge in RIDGES:
        print(f"the others' weights, ridge {ridge:g}: {aucs(labels, others_weights(found, rows, ridge))}")
    for one, article in sorted(zip(judged, found, strict=True), key=lambda pair: pair[0].score):
        if article.relevance == asked.show:
            says = ", ".join(f"{mention.name} {mention.weight:+.1f}" for mention in one.mentions)
            print(f"{one.score:.2f} {article.item.title} [{article.source.name}] {says}")


def judge(found: Sequence[Article]) -> list[Relevance]:
    lexicon = load(lexicon_texts())
    return [relevance(article.item, sources={article.source.id: article.source}, lexicon=lexicon) for article in found]


def others_threshold(found: Sequence[Article], scores: Sequence[float]) -> list[bool]:
    """Whether each article passes the threshold that the other windows ask for."""
    passed = [False] * len(found)
    for _, outside, inside in left_out(found):
        fit_for_it = sorted(scores[at] for at in outside if found[at].relevance)
        threshold = fit_for_it[math.floor(len(fit_for_it) * (1 - KEPT))]
        for at in inside:
            passed[at] = scores[at] >= threshold
    return passed


def row(judged: Relevance) -> Row:
    """The weights of the mentions, by category: what a multiplier may change."""
    summed: dict[str, float] = {}
    for mention in judged.mentions:
        sign = "+" if mention.weight > 0 else "-"
        summed[f"{mention.category}{sign}"] = summed.get(f"{mention.category}{sign}", 0.0) + mention.weight
    return summed


def others_weights(found: Sequence[Article], rows: Sequence[Row], ridge: float) -> list[float]:
    """The log-odds of each article by the multipliers that the other windows ask for."""
    fitted = [0.0] * len(found)
    ones = dict.fromkeys({name for row in rows for name in row}, 1.0)
    for _, outside, inside in left_out(found):
        doubled = [{**rows[at], CUT: 1.0} for at in outside] + [rows[at] for at in outside]
        answers = [found[at].relevance >= least for least in (1, 2) for at in outside]
        learnt = fit(doubled, answers, ridge=ridge, towards=ones)
        for at in inside:
            fitted[at] = log_odds(learnt, rows[at])
    return fitted


def aucs(labels: Sequence[int], scores: Sequence[float]) -> str:
    by_label = {label: [score for own, score in zip(labels, scores, strict=True) if own == label] for label in range(3)}
    return (
        f"AUC of label 0 {auc(by_label[1] + by_label[2], by_label[0]):.3f}, "
        f"of label 2 {auc(by_label[2], by_label[0] + by_label[1]):.3f}"
    )


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    ordered = sorted(low)
    return sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in high) / 2 / len(high) / len(low)


def shares(labels: Sequence[int], passed: Sequence[bool]) -> str:
    def share(*wanted: int) -> float:
        among = [has for label, has in zip(labels, passed, strict=True) if label in wanted]
        return sum(among) / len(among)

    return f"recall of label 2 {share(2):.3f}, of 1 and 2 {share(1, 2):.3f}, label 0 refused {1 - share(0):.3f}"


if __name__ == "__main__":
    main()

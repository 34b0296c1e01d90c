"""Measure how well kinds are told on the labelled stream: python -m tests.judgement.kind STREAM.jsonl.gz [--fit].

Prints precision, recall and F1 of each kind, by window and in all, as the shipped weights have it; then F1 of comment
with the weights of `digest/collect/opinion.py` fitted on the other seven windows and measured on the eighth. With
--fit it prints the weights as fitted on all windows, to be written there; with --show what is told wrongly.
"""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from digest.collect.kind import is_column, kind_of, labelled
from digest.collect.opinion import cues, opinion, own_voice
from digest.collect.plea import is_attributed
from digest.model.news import Kind
from tests.judgement.logistic import BIAS, Row, fit, log_odds
from tests.judgement.stream import Article, articles, left_out

RIDGE = 1.0
CUT = math.log(0.4 / 0.6)
"""Log-odds from which on a headline is comment: F1 is greatest at half of itself (Lipton, Elkan, Naryanaswamy 2014)."""

Pair = tuple[bool, bool]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("stream", type=Path)
    options.add_argument("--fit", action="store_true")
    options.add_argument("--show", action="store_true")
    asked = options.parse_args()
    found = articles(asked.stream)
    told = [kind(article) for article in found]
    for one in Kind:
        print(
            f"{one:8} {scores([(article.kind is one, said is one) for article, said in zip(found, told, strict=True)])}"
        )
    whole, by_window = leave_one_window_out(found)
    print(f"comment, each window by the others' weights: {scores(whole)}")
    print("by window: " + ", ".join(f"{window} {f1(pairs):.2f}" for window, pairs in by_window.items()))
    if asked.fit:
        print_weights(weights(found))
    if asked.show:
        for article, said in sorted(zip(found, told, strict=True), key=lambda pair: pair[1]):
            if Kind.COMMENT in {article.kind, said} and article.kind is not said:
                by = article.item.publisher
                print(
                    f"{article.kind:8} told {said:8} {opinion(article.item.title, by):+.2f} {by} | {article.item.title}"
                )


def kind(article: Article) -> Kind:
    return kind_of(article.item.title, article.item.url, publisher=article.item.publisher, signed=article.is_signed)


def is_open(article: Article) -> bool:
    """Whether only its voice can tell: no label, no column's form, nobody whose words it reports."""
    title, by = article.item.title, article.item.publisher
    is_told = labelled(title, article.item.url, signed=article.is_signed) or is_column(title, by)
    return not is_told and not is_attributed(own_voice(title))


def weights(found: Sequence[Article]) -> dict[str, float]:
    rows = [article for article in found if is_open(article)]
    return fit([_cues(one) for one in rows], [one.kind is Kind.COMMENT for one in rows], ridge=RIDGE)


def leave_one_window_out(found: Sequence[Article]) -> tuple[list[Pair], dict[str, list[Pair]]]:
    by_window: dict[str, list[Pair]] = {}
    for window, outside, inside in left_out(found):
        learnt = weights([found[at] for at in outside])
        by_window[window] = [(found[at].kind is Kind.COMMENT, _is_comment(found[at], learnt)) for at in inside]
    return [pair for pairs in by_window.values() for pair in pairs], by_window


def scores(pairs: Sequence[Pair]) -> str:
    right = sum(gold and said for gold, said in pairs)
    precision = right / max(1, sum(said for _, said in pairs))
    recall = right / max(1, sum(gold for gold, _ in pairs))
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1(pairs):.3f}"


def f1(pairs: Sequence[Pair]) -> float:
    return 2 * sum(gold and said for gold, said in pairs) / max(1, sum(gold + said for gold, said in pairs))


def print_weights(learnt: Row) -> None:
    print(f"BIAS = {learnt[BIAS] - CUT:.1f}")
    for name, weight in sorted(learnt.items(), key=lambda pair: -pair[1]):
        if name != BIAS:
            print(f'    "{name}": {weight:.1f},')


def _cues(article: Article) -> dict[str, float]:
    return cues(article.item.title, article.item.publisher)


def _is_comment(article: Article, learnt: Row) -> bool:
    return log_odds(learnt, _cues(article)) > CUT if is_open(article) else kind(article) is Kind.COMMENT


if __name__ == "__main__":
    main()

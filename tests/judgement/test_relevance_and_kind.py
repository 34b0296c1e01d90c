"""Relevance and kind hold what was asked of them on the labelled stream, each window by what the others teach."""

import math
from pathlib import Path

import pytest

from digest.collect import opinion
from digest.rank.relevance import DEFAULT_THRESHOLD
from tests.judgement import kind, relevance
from tests.judgement.logistic import BIAS, fit, log_odds
from tests.judgement.stream import Article, articles


@pytest.fixture(scope="module")
def found(shared: Path) -> list[Article]:
    return articles(shared / "data" / "stories" / "labour_stream.jsonl.gz")


@pytest.mark.shared
def test_relevance_tells_labour_news_from_politics_and_politics_from_the_rest(found: list[Article]) -> None:
    scores = [one.score for one in relevance.judge(found)]
    by_label = {
        label: [score for article, score in zip(found, scores, strict=True) if article.relevance == label]
        for label in range(3)
    }
    assert relevance.auc(by_label[1] + by_label[2], by_label[0]) > 0.96
    assert relevance.auc(by_label[2], by_label[0] + by_label[1]) > 0.90


@pytest.mark.shared
def test_a_threshold_that_the_other_windows_ask_for_keeps_what_is_relevant_and_refuses_half(
    found: list[Article],
) -> None:
    scores = [one.score for one in relevance.judge(found)]
    for passed in (
        relevance.others_threshold(found, scores),
        [score >= DEFAULT_THRESHOLD for score in scores],
    ):
        kept = [has for article, has in zip(found, passed, strict=True) if article.relevance]
        let_in = [has for article, has in zip(found, passed, strict=True) if not article.relevance]
        assert sum(kept) / len(kept) >= 0.98
        assert sum(let_in) / len(let_in) <= 0.5


@pytest.mark.shared
def test_comment_is_told_by_weights_that_the_other_windows_teach(found: list[Article]) -> None:
    pairs, by_window = kind.leave_one_window_out(found)
    assert kind.f1(pairs) > 0.78
    assert min(kind.f1(window) for window in by_window.values()) > 0.70


@pytest.mark.shared
def test_the_shipped_weights_of_opinion_are_those_that_a_fit_gives(found: list[Article]) -> None:
    learnt = kind.weights(found)
    assert learnt[BIAS] - kind.CUT == pytest.approx(opinion.BIAS, abs=0.15)
    assert {name: learnt[name] for name in opinion.WEIGHTS} == pytest.approx(dict(opinion.WEIGHTS), abs=0.15)


def test_a_regression_finds_the_weights_that_made_the_labels() -> None:
    rows = [{"a": 1.0}] * 4 + [{"b": 1.0}] * 4 + [{}] * 4
    labels = [True, True, True, False, False, False, False, True, True, True, False, False]
    learnt = fit(rows, labels, ridge=1e-9)
    assert learnt == pytest.approx({BIAS: 0.0, "a": math.log(3), "b": -math.log(3)}, abs=1e-6)
    assert log_odds(learnt, {"a": 2.0, "unheard of": 1.0}) == pytest.approx(2 * math.log(3))


def test_a_ridge_draws_weights_to_nought_or_to_where_it_is_told() -> None:
    rows, labels = [{"a": 1.0}, {"a": 1.0}, {}, {}], [True, True, False, True]
    assert abs(fit(rows, labels, ridge=1e6)["a"]) < 1e-4
    assert fit(rows, labels, ridge=1e6, towards={"a": 2.0})["a"] == pytest.approx(2.0, abs=1e-4)
    assert 0 < fit(rows, labels, ridge=1.0)["a"] < fit(rows, labels, ridge=0.1)["a"]


def test_an_area_is_the_chance_that_the_higher_is_higher() -> None:
    assert relevance.auc([3.0, 2.0], [1.0, 2.0]) == pytest.approx(3.5 / 4)


def test_f1_weighs_what_was_found_against_what_was_missed() -> None:
    assert kind.f1([(True, True), (True, False), (False, True), (False, False)]) == pytest.approx(0.5)
    assert kind.f1([(False, False)]) == 0

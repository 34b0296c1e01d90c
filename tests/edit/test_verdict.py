"""is_verdict(): what somebody is worth is news only where somebody else is named who says it."""

import pytest

from digest.edit.candidates import candidates
from digest.edit.unfit import Unfit
from digest.edit.verdict import is_verdict
from digest.model.news import Kind
from tests.builders import item


@pytest.mark.parametrize(
    "sentence",
    [
        "Reed is a fraud.",
        "Mr Lowe is a bully.",
        "Reed is a serial liar and must go.",
        "Labour is finished in Wales.",
        "The prime minister, who has become a laughing stock, was in Leeds.",
        "Ministers are simply out of touch.",
        "She’s corrupt.",
    ],
)
def test_a_judgement_that_nobody_passes_is_one(sentence: str) -> None:
    assert is_verdict(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reed is a fraud, Lowe said.",
        "Most voters think that Reed is weak.",
        "Peers asked whether Reed was incompetent.",
        "Reed is a fraud investigator.",
        "Reed is the failure rate’s best-known critic.",
        "Reed was “”, a colleague wrote.",
        "A fraud was found in Leeds.",
        "Reed is in Wales.",
    ],
)
def test_what_somebody_says_or_nobody_judges_is_none(sentence: str) -> None:
    assert not is_verdict(sentence)


def test_a_columnist_may_judge_and_a_report_may_not() -> None:
    report = item("Care levy announced", summary="Reed is a fraud.")
    column = item("My view of Reed", summary="Reed is a fraud.", kind=Kind.COMMENT)
    assert [found.why for found in candidates([report], headline=report)] == [Unfit.VERDICT]
    assert [found.why for found in candidates([column], headline=column)] == [None]

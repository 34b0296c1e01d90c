"""Every decision of editors under tests/cases stands: with their word always, without it where it once did."""

from pathlib import Path

import pytest

from digest.config.tables import EditionSettings
from digest.edit.codec import load_case
from digest.edit.shape import Shape
from digest.model.case import Case
from digest.model.decision import Act
from digest.pipeline.cases import CASES, Bench, failure
from digest.rank.causes import Weights
from tests.builders import LEXICON

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
KEPT = [load_case(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
BENCH = Bench(
    lexicon=LEXICON, weights=Weights(), shape=Shape(**EditionSettings().model_dump(exclude={"excerpt_words"}))
)


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.name)
def test_what_an_editor_decided_stands(case: Case) -> None:
    assert failure(case, BENCH) == ""


@pytest.mark.parametrize("act", CASES)
def test_every_sort_of_case_is_replayed(act: Act) -> None:
    assert act in {case.decided.decision.act for case in KEPT}

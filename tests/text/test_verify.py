"""fault(): a printed sentence against the item it is said to come from."""

from dataclasses import replace

import pytest

from digest.model.edition import Field, Sentence
from digest.text.verify import fault, words
from tests.builders import item

ITEM = item("Reed quits", summary="Ada Reed has quit. Lowe has not.", text="Nobody wept.")
TRUE = Sentence(text="Ada Reed has quit.", item_id=ITEM.id, start=0, end=18, publisher="The Lantern")


def test_a_sentence_word_for_word_in_its_span_is_its_own() -> None:
    assert fault(TRUE, ITEM) == ""
    assert fault(replace(TRUE, publisher=""), ITEM) == ""
    article = Sentence(text="Nobody wept.", item_id=ITEM.id, start=0, end=12, field=Field.TEXT)
    assert fault(article, ITEM) == ""


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"start": -1}, "its span -1–18 does not lie in the item's summary"),
        ({"end": 99}, "its span 0–99 does not lie in the item's summary"),
        ({"start": 18}, "its span 18–18 does not lie in the item's summary"),
        ({"start": 1}, "its span begins or ends within a word"),
        ({"end": 16}, "its span begins or ends within a word"),
        ({"text": "Ada Lowe has quit 2 jobs."}, "its span does not have 2, Lowe"),
        ({"text": "Ada Reed has left."}, "its span has other words"),
        ({"publisher": "The Courier"}, "it is credited to The Courier, and The Lantern published it"),
    ],
)
def test_whatever_differs_is_named(given: dict[str, object], why: str) -> None:
    assert fault(replace(TRUE, **given), ITEM) == why  # type: ignore[arg-type]


def test_a_sentence_of_no_item_is_nobody_s() -> None:
    assert fault(TRUE, None) == "the item it was taken from is not in the ranking"


def test_a_span_counts_in_the_part_of_the_item_that_it_names() -> None:
    assert [words(ITEM, field) for field in Field] == [ITEM.summary, ITEM.text, ITEM.title]

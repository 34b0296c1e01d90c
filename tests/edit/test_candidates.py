"""candidates(): every sentence of a story as a span, with why it may not be printed; what stands before one."""

import pytest

from digest.edit.candidates import MOST_OF_A_FIELD, candidates
from digest.edit.lead_in import beginning
from digest.edit.unfit import Unfit
from tests.builders import item


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("", "Reed has quit."),
        ("• ", "Reed has quit."),
        ("– ", "“No,” said Reed."),
        ("LONDON (Reuters) – ", "Reed has quit."),
        ("NEW YORK, May 4 - ", "Reed has quit."),
        ("EXCLUSIVE: ", "Reed has quit."),
        ("• BREAKING: ", "Reed has quit."),
        ("14 May 2026 ", "Reed has quit."),
        ("Posted on Thursday, May 14th, 2026 at 9:35 am | ", "Reed has quit."),
        ("Updated 9: 06 AM ", "Reed has quit."),
        ("POSTED: December 08, 2026 ", "Reed has quit."),
        ("2026-05-14 ", "‘No,’ said Reed."),
        ("", "14 May 2026 was the day."),
        ("", "BBC News has learned it."),
        ("", "LONDON (Reuters) – "),
        ("• • • • ", "• Reed has quit."),
    ],
)
def test_what_a_page_puts_before_a_sentence_is_none_of_it(before: str, sentence: str) -> None:
    assert beginning(before + sentence) == len(before)


def test_a_sentence_whose_speaker_stands_in_the_next_is_refused() -> None:
    one = item("Care levy announced", summary="The levy will cost £3bn. That is according to the IFS.")
    assert [found.why for found in candidates([one], headline=one)] == [Unfit.PARTED, None]


def test_spans_count_in_the_item_s_own_text_behind_the_dateline() -> None:
    one = item("Care levy announced", summary="LONDON (PA) – Reed has quit. Lowe has not.")
    first, second = candidates([one], headline=one)
    assert one.summary[first.sentence.start : first.sentence.end] == "Reed has quit."
    assert second.follows(first)
    assert not first.follows(second)


def test_only_the_beginning_of_an_article_is_looked_at() -> None:
    one = item("Care levy announced", text="Reed has quit the cabinet. " * 30)
    assert len(candidates([one], headline=one)) == MOST_OF_A_FIELD


def test_the_last_that_is_looked_at_is_held_against_the_one_behind_it() -> None:
    text = "Ministers met in Leeds on Friday. " * (MOST_OF_A_FIELD - 1) + "Reed is to be sacked. None of this is true."
    one = item("Care levy announced", text=text)
    assert [found.why for found in candidates([one], headline=one)][-1] is Unfit.PARTED


def test_a_claim_that_goes_on_leans_on_the_sentence_with_its_speaker() -> None:
    one = item("Care levy announced", summary="Reed told MPs that he opposed it. The levy would cost £3bn a year.")
    assert [found.leans for found in candidates([one], headline=one)] == [False, True]

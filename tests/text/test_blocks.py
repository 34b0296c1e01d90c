"""parted(): a bullet where a paragraph ends without a stop, and none where it parts nothing."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.text.blocks import parted, without_loose_bullets
from digest.text.clean import plain
from digest.text.sentences import sentences


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Ministers back down</p><p>The plan is gone.</p>", "Ministers back down • The plan is gone."),
        ("<p><b>Peers revolt</b></p> <p>They lost.</p>", "Peers revolt • They lost."),
        ("<ul><li>One in 10%</li><li>‘Two’</li></ul>", "One in 10% • ‘Two’"),
        ("<p>The plan is gone.</p><p>It was bad.</p>", "The plan is gone. It was bad."),
        ("<p>He said “no.”</p><p>She went.</p>", "He said “no.” She went."),
        ("<p>Cut off…</p><p></p><p> </p>", "Cut off…"),
        ("No markup at all", "No markup at all"),
    ],
)
def test_a_paragraph_without_a_stop_does_not_run_into_the_next(markup: str, text: str) -> None:
    assert without_loose_bullets(plain(parted(markup))) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [("• One •", "One"), ("One • • Two", "One • Two"), ("•", ""), ("One • Two", "One • Two"), ("One", "One")],
)
def test_loose_bullets_go(text: str, kept: str) -> None:
    assert without_loose_bullets(text) == kept


def test_a_standfirst_and_its_first_paragraph_are_two_sentences() -> None:
    text = plain(parted("<p>Ministers back down after revolt</p><p>The government has dropped its plan.</p>"))
    assert len(sentences(text)) == 2


@given(st.text(alphabet="ab.<>/p •", max_size=80))
@example("a</p>")
def test_parting_adds_nothing_but_bullets_and_a_second_pass_of_trimming_nothing(markup: str) -> None:
    assert _without_bullets(parted(markup)) == _without_bullets(markup)
    once = without_loose_bullets(markup)
    assert without_loose_bullets(once) == once


def _without_bullets(markup: str) -> str:
    return re.sub(r"[•\s]", "", markup)

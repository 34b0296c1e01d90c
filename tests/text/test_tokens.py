"""Words and names, folded so that spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.tokens import MOSTLY, content_words, fold, jaccard, name_phrases, proper_words, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("by-election", "byelection"),
        ("by election", "byelections"),
        ("Streeting’s", "Streeting"),
        ("policies", "policy"),
        ("café", "cafe"),
        ("U-turns", "u-turn"),
        ("1,800", "1800"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert content_words(one) == content_words(other)


@pytest.mark.parametrize("word", ["NHS", "bus", "crisis", "class", "gas"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert fold(word) == word.lower()


def test_stop_words_and_lone_letters_carry_nothing_but_figures_do() -> None:
    assert content_words("The 7 peers who said it was a win for I and X") == ("7", "peer", "win")


def test_a_word_that_folds_to_nothing_is_no_word() -> None:
    assert all(token.folded for token in tokens("\u0300 ’ a\u0301"))


def test_names_are_runs_of_capitals_in_running_text() -> None:
    assert name_phrases("Leaders of the council in North Stannerby met Rose Ann Vale about the plan for new homes") == (
        "north stannerby",
        "rose ann vale",
    )


def test_a_lone_capital_or_a_very_long_run_is_no_name() -> None:
    assert name_phrases("councillors in Stannerby said on the record what was meant by all of them in the room") == ()
    assert name_phrases("he praised Alpha Beta Gamma Delta Epsilon in a speech about the people and their work") == ()


def test_a_headline_in_title_case_gives_no_names() -> None:
    assert name_phrases("Starmer Rival Streeting Quits, Setting Up Leadership Bid Tomorrow") == ()


def test_proper_words_are_those_written_with_a_capital_inside_a_text() -> None:
    assert proper_words(["Storm closes Stannerby line", "Row in Thornwick’s council"]) == {"stannerby", "thornwick"}


def test_the_first_word_and_title_case_are_no_witnesses() -> None:
    assert proper_words(["Storm closes line", "Storm Over Stannerby As Coastal Line Closes"]) == frozenset()


@pytest.mark.parametrize(("capital", "is_name"), [(MOSTLY - 1, False), (MOSTLY, True)])
def test_a_word_that_is_also_written_small_is_a_name_only_where_it_mostly_is_not(capital: int, is_name: bool) -> None:
    texts = ["said of a green field", *["said by the Green member"] * capital]
    assert ("green" in proper_words(texts)) is is_name


def test_stop_words_and_lone_letters_are_no_names() -> None:
    assert proper_words(["what he said of The X in May"]) == frozenset()


def test_nothing_shares_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert jaccard(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)


@given(st.text())
def test_folding_twice_changes_nothing_more_in_words(text: str) -> None:
    for word in content_words(text):
        assert word == word.casefold() or fold(word) == fold(fold(word))

"""Words and names, folded so that spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.tokens import capital_words, common_words, content_words, fold, jaccard, name_phrases, tokens


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


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    common = common_words(["storm closes line", "Stannerby votes"])
    assert capital_words("Storm over Stannerby as line closes") - common == {"stannerby"}
    assert capital_words("Storm Over Stannerby As Coastal Line Closes") == frozenset()


def test_nothing_shares_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert jaccard(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)


@given(st.text())
def test_folding_twice_changes_nothing_more_in_words(text: str) -> None:
    for word in content_words(text):
        assert word == word.casefold() or fold(word) == fold(fold(word))

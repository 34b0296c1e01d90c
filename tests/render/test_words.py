"""Dates, numbers and lines of the text part."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.words import counted, in_words, paragraphs, underlined, wrapped


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Monday 23 November 2026"),
        (date(2028, 2, 29), "Tuesday 29 February 2028"),
        (date(2027, 1, 3), "Sunday 3 January 2027"),
    ],
)
def test_a_date_is_written_as_a_newspaper_prints_it(day: date, words: str) -> None:
    assert in_words(day) == words


@pytest.mark.parametrize(("number", "word"), [(1, "One"), (5, "Five"), (10, "Ten"), (11, "11")])
def test_small_numbers_are_words(number: int, word: str) -> None:
    assert counted(number) == word


def test_blank_lines_divide_paragraphs() -> None:
    assert paragraphs("One\nline.\n \n\nTwo.\n") == ["One line.", "Two."]
    assert paragraphs(" \n\n ") == []


def test_lines_are_broken_between_words_and_indented() -> None:
    lines = wrapped("word " * 30, 3, "1. ").splitlines()
    assert lines[0].startswith("1. word")
    assert all(line.startswith("   word") for line in lines[1:])
    assert max(map(len, lines)) <= 72


def test_a_word_longer_than_a_line_stays_whole() -> None:
    assert "x" * 100 in wrapped("a " + "x" * 100 + " b").splitlines()


def test_blanks_before_a_text_are_dropped() -> None:
    assert wrapped(" \n\t Polls open") == "Polls open"
    assert wrapped("  Polls open", 3, "1. ") == "1. Polls open"


@given(st.text())
def test_wrapping_loses_no_word(text: str) -> None:
    assert "".join(wrapped(text).split()) == "".join(text.split())


def test_a_heading_is_underlined_as_far_as_it_goes() -> None:
    assert underlined("Polls") == "Polls\n-----"
    assert underlined("TODAY", "=") == "TODAY\n====="
    assert underlined("word " * 30).splitlines()[-1] == "-" * 69
    assert underlined("") == "\n"

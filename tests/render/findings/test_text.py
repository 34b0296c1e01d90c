"""The text twin's lines and words."""

from dataclasses import replace

import pytest

from digest.render.findings.reading import reading
from digest.render.findings.text import lines, words
from tests.render.letters import letter

GOOD = letter()


def test_the_shipped_text_is_wrapped_and_of_the_right_length() -> None:
    assert list(lines(reading(GOOD))) == []
    assert list(words(reading(GOOD))) == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("ab " * 26, False),
        ("ab " * 26 + "c", True),
        ("x" * 200, False),
        ("  " + "x" * 200, False),
        (f"<https://a.example/{'x' * 200}>", False),
        (f"* A headline <https://a.example/{'x' * 200}>", False),
        (f"{'ab ' * 26}c <https://a.example/>", True),
    ],
)
def test_a_line_that_could_be_broken_has_78_characters(line: str, is_found: bool) -> None:
    text = f"first\n{line.rstrip()}\n{'ab ' * 40 if is_found else ''}\n"
    found = list(lines(reading(replace(GOOD, text=text))))
    assert [(finding.severity, finding.where, finding.line) for finding in found] == (
        [("advice", "text", 2)] if is_found else []
    )


@pytest.mark.parametrize(("number", "is_found"), [(599, True), (600, False), (900, False), (901, True)])
def test_a_daily_has_600_to_900_words(number: int, is_found: bool) -> None:
    text = "£10 word’s " * (number // 2) + "one\n" * (number % 2) + "-- · <https://a.example/b/c> ====\n"
    found = list(words(reading(replace(GOOD, text=text))))
    assert [(finding.severity, finding.where) for finding in found] == ([("advice", "text")] if is_found else [])
    assert not found or found[0].what.startswith(f"{number} words")

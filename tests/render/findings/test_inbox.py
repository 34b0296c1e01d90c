"""The row in an inbox."""

from dataclasses import replace

import pytest

from digest.render.findings.inbox import preheader, subject
from digest.render.findings.reading import reading
from tests.render.letters import letter

GOOD = letter()


def test_the_shipped_letter_fits_its_row() -> None:
    assert list(subject(reading(GOOD))) == []
    assert list(preheader(reading(GOOD))) == []


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("", "error"),
        (" ", "error"),
        ("x" * 44, "advice"),
        ("x" * 45, None),
        ("x" * 75, None),
        ("x" * 76, "warning"),
        ("x" * 120, "warning"),
        ("x" * 121, "error"),
        ("x" * 50 + "\n", "error"),
        ("x" * 50 + "\u2028", "error"),
        ("x" * 50 + "\u202egnp.exe", "error"),
        ("x" * 50 + "\u2066", "error"),
        ("x" * 50 + "\u200bx", "error"),
        ("x" * 50 + "\u200dx", "error"),
        ("x" * 50 + "\u00adx", "error"),
        ("\ufeff" + "x" * 50, "error"),
        ("x" * 50 + "{\u2060{", None),
        ("x" * 50 + "\U0001f469\u200d\U0001f52c", None),
        ("x" * 50 + "\u0645\u06cc\u200c\u062e", None),
    ],
)
def test_the_subject_fits_an_inbox(written: str, severity: str | None) -> None:
    found = list(subject(reading(replace(GOOD, subject=written))))
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_what_nobody_sees_in_a_subject_is_named() -> None:
    (finding,) = subject(reading(replace(GOOD, subject="x" * 50 + "\u202egnp.exe")))
    assert "U+202E" in finding.what


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("x" * 29, "29 characters"),
        ("x" * 30, None),
        (GOOD.subject, "repeats"),
        (GOOD.subject.upper() + " and more", "repeats"),
        (GOOD.subject[:40], "repeats"),
    ],
)
def test_the_preheader_says_something_else_than_the_subject(written: str, said: str | None) -> None:
    found = list(preheader(reading(replace(GOOD, preheader=written))))
    assert [finding.severity for finding in found] == (["advice"] if said else [])
    assert said is None or said in found[0].what


def test_an_empty_subject_repeats_nothing() -> None:
    assert list(preheader(reading(replace(GOOD, subject="")))) == []

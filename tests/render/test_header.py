"""What stands in a header is one line, says what was meant, and cannot smuggle."""

import json
import unicodedata
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.header import encoded, header_text, plain_name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Plain words", "Plain words"),
        ("  two\tblanks\r\n and lines ", "two blanks and lines"),
        ("a\r\nBcc: eve@evil.example", "a Bcc: eve@evil.example"),
        ("=?utf-8?q?a=0D=0ABcc=3A_eve?=", "a Bcc: eve"),
        ("=?utf-8?b?PT91dGYtOD9xP2E9MEFiPz0=?=", "a b"),
        ("=?utf-8?q?Caf=C3=A9?= =?utf-8?q?_noir?=", "Café noir"),
        ("=?utf-8?q?Caf=C3=A9?= noir", "Café noir"),
        ("=?no-such?q?a?=", "=?no-such?q?a?="),
        ("=?utf-8?q?=FF?=", "=?utf-8?q?=FF?="),
        ("=?utf-8?b?a?=", "=?utf-8?b?a?="),
        ("Cafe\u0301", "Café"),
        ("a\u202eb\ud800c\ue000d\u2028e", "ab c d e"),
        ("word\u2060joiner and 👩\u200d🚀", "word\u2060joiner and 👩\u200d🚀"),
    ],
)
def test_a_header_is_one_clean_line(text: str, line: str) -> None:
    assert header_text(text, 200) == line


def test_a_long_line_is_cut_and_says_so() -> None:
    assert header_text("word " * 30, 21) == "word word word word…"
    assert header_text("x" * 21, 21) == "x" * 21


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_no_text_makes_a_second_line(text: str, cap: int) -> None:
    line = header_text(text, cap)
    assert len(line) <= cap
    assert not any(unicodedata.category(each) in {"Cc", "Zl", "Zp", "Cs"} for each in line)
    assert unicodedata.is_normalized("NFC", line)


@given(st.text(max_size=120))
def test_what_is_encoded_is_ascii_folded_and_decodes_to_itself(text: str) -> None:
    line = header_text(text, 100)
    value = encoded("Subject", line)
    assert value.isascii()
    assert all(len(each) <= 76 for each in f"Subject: {value}".split("\r\n"))
    assert all(each.startswith(" ") for each in value.split("\r\n")[1:])
    assert str(make_header(decode_header(value.replace("\r\n", "")))) == line


def test_plain_words_are_not_encoded_and_look_alikes_are() -> None:
    assert encoded("Subject", "Plain words; with, marks") == "Plain words; with, marks"
    assert encoded("Subject", "=?no-such?q?a?=").startswith("=?utf-8?")


@pytest.mark.shared
@pytest.mark.parametrize("corpus", ["patt_crlf", "blns"])
def test_the_corpora_stay_one_line(shared: Path, corpus: str) -> None:
    rows = (shared / f"data/corpora/{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) > 10
    for row in rows:
        line = header_text(str(json.loads(row)["text"]), 250)
        assert len(line.splitlines()) <= 1
        assert str(make_header(decode_header(encoded("Subject", line).replace("\r\n", "")))) == line


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Zoë O’Hara-Smith Jr.", "Zoë O’Hara-Smith Jr."),
        ('Ann, "the" <ann@example.org>', "Ann the ann example.org"),
        ("{{params.x}} {% y %}; z", "params.x y z"),
        ("\r\nBcc: eve", "Bcc eve"),
        ("अनीता 2", "अनीता 2"),
        ("🗳️ <>", ""),
        ("", ""),
    ],
)
def test_a_plain_name_is_letters_and_what_joins_them(name: str, plain: str) -> None:
    assert plain_name(name, 70) == plain


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_a_plain_name_is_never_longer_nor_anything_else(name: str, cap: int) -> None:
    plain = plain_name(name, cap)
    assert len(plain) <= cap
    assert all(each in " .'’-" or unicodedata.category(each)[0] in "LMN" for each in plain)

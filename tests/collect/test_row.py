"""Lines of JSON -> rows."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.row import MOST_MISTAKES, UNTITLED, Row, rows
from digest.errors import RowsUnreadable


def said(*lines: str) -> str:
    """What is said of lines that are no rows."""
    with pytest.raises(RowsUnreadable) as refused:
        rows(lines, name="items.jsonl")
    return str(refused.value)


def test_only_the_named_fields_are_read() -> None:
    line = {"id": "a", "title": "Budget passes", "story": "gold", "relevance": 2, "kind": "news", "article": "x"}
    assert rows([json.dumps(line)], name="x") == (Row(id="a", title="Budget passes"),)


def test_every_field_is_read() -> None:
    line = {
        "id": "a",
        "title": "Budget passes",
        "summary": "By nine votes.",
        "text": "The budget passed.",
        "source": "BBC Politics",
        "url": "https://bbc.example/a",
        "published": "2026-05-15T05:30:00.000Z",
        "first_seen": "2026-05-15T07:40:00+01:00",
    }
    (row,) = rows([json.dumps(line)], name="x")
    assert (row.summary, row.text, row.source, row.url) == (
        "By nine votes.",
        "The budget passed.",
        "BBC Politics",
        "https://bbc.example/a",
    )
    assert row.published == datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
    assert row.first_seen == datetime(2026, 5, 15, 6, 40, tzinfo=UTC)


@pytest.mark.parametrize("absent", [{}, {"published": None, "url": None}, {"published": "", "source": ""}])
def test_what_is_absent_null_or_empty_is_nothing(absent: dict[str, str | None]) -> None:
    assert rows([json.dumps({"id": "a", "title": "t"} | absent)], name="x") == (Row(id="a", title="t"),)


def test_an_instant_without_an_offset_is_utc() -> None:
    (row,) = rows(['{"id": "a", "title": "t", "published": "2026-05-15"}'], name="x")
    assert row.published == datetime(2026, 5, 15, tzinfo=UTC)


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert [row.id for row in rows(["", '{"id": "a", "title": "t"}', " \r"], name="x")] == ["a"]
    assert "line 3:" in said("", '{"id": "a", "title": "t"}', "{}")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "line 1: not JSON: Expecting property name enclosed in double quotes at character 2"),
        ("[" * 100_000, "line 1: nested too deeply"),
        ("[1]", "line 1: not an object: [1]"),
        ('{"title": "t"}', "line 1: no id, which is to be a text"),
        ('{"id": 7.5, "title": "t"}', "line 1: no id, which is to be a text or a whole number"),
        ('{"id": true, "title": "t"}', "line 1: no id, which is to be a text or a whole number"),
        ('{"id": "", "title": "t"}', "line 1: no id, which is to be a text or a whole number"),
    ],
)
def test_a_line_that_is_no_row_is_named_with_what_is_wrong(line: str, what: str) -> None:
    message = said(line)
    assert what in message
    assert "items.jsonl" in message
    assert "Mend: a row is an object such as" in message


@pytest.mark.parametrize(
    ("given", "left", "doubt"),
    [
        ('"published": "soon"', {}, "published is no instant: 'soon'"),
        ('"published": 1778830200', {}, "published is no text: 1778830200"),
        ('"first_seen": "0001-01-01T00:00:00+05:00"', {}, "first_seen is no instant: '0001-01-01T00:00:00+05:00'"),
        ('"published": "9999-12-31T23:59:59Z"', {}, "published is no day on which anything came out: '9999-12-31T23"),
        ('"url": ["u"]', {}, "url is no text: ['u']"),
        ('"title": ""', {"title": UNTITLED}, "it has no title"),
        (
            '"title": null, "text": " A long\\nread "',
            {"title": "A long read", "text": " A long\nread "},
            "it has no title",
        ),
        (
            '"title": " ", "summary": "So", "text": "x"',
            {"title": "So", "summary": "So", "text": "x"},
            "it has no title",
        ),
    ],
)
def test_what_a_row_can_do_without_is_passed_over_and_told(given: str, left: dict[str, Any], doubt: str) -> None:
    (row,) = rows([f'{{"id": "a", "title": "t", {given}}}'], name="x")
    assert replace(row, doubts=()) == Row(**({"id": "a", "title": "t"} | left))
    (said,) = row.doubts
    assert said.startswith(doubt)


def test_an_id_may_be_a_whole_number_and_is_given_back_as_one() -> None:
    number, text = rows(['{"id": 7, "title": "t"}', '{"id": "8", "title": "t"}'], name="x")
    assert (number.id, number.given_id, text.given_id) == ("7", 7, "8")
    assert "the id '7' is that of line 1 too" in said('{"id": 7, "title": "t"}', '{"id": "7", "title": "t"}')


def test_half_a_character_is_replaced() -> None:
    (row,) = rows([r'{"id": "a", "title": "Vote \ud83d\ude00 lost \ud800"}'], name="x")
    assert row.title == "Vote 😀 lost \ufffd"


def test_two_rows_may_not_have_one_id() -> None:
    row = '{"id": "a", "title": "t"}'
    assert "line 3: the id 'a' is that of line 1 too" in said(row, "", row)


def test_of_many_mistakes_the_first_are_named_and_the_rest_counted() -> None:
    message = said(*["{}"] * (MOST_MISTAKES + 2))
    assert f"line {MOST_MISTAKES}:" in message
    assert f"line {MOST_MISTAKES + 1}:" not in message
    assert "and 2 more" in message


@given(st.text())
def test_any_line_is_a_row_or_refused_by_name(line: str) -> None:
    try:
        found = rows([line], name="x")
    except RowsUnreadable as refused:
        found, message = (), str(refused)
    else:
        message = "x, line 1:"
    assert "x, line 1:" in message
    assert len(found) <= 1

"""feedparser's own expectations hold for what we read, or fall under a rule of ours that is counted on the page."""

from pathlib import Path

import pytest

from tests.collect.agreement import LEVELS, RULES, SAME, Verdict, as_entry, as_read, as_whole_entry, table
from tests.collect.expectations import Expectation, Value, comparisons, expectations
from tests.collect.feeds import document, item, rss

PAGE = Path(__file__).parents[2] / "docs" / "collecting.md"

WHEN = (2003, 12, 31, 10, 14, 55)


def expects(field: str, value: Value, body: str | bytes) -> Expectation:
    return Expectation(id="own", document=document(body), index=0, field=field, value=value)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("not bozo and entries[0]['title'] == u'A & B'", [(0, "title", "A & B")]),
        ("entries[0].title == 'x' and entries[1]['link'] == 'y'", [(0, "title", "x"), (1, "link", "y")]),
        ("entries[0]['id'] == entries[1]['guid'] == 'z'", [(0, "id", "z"), (1, "id", "z")]),
        ("entries[0]['summary'] == 'one' + ' and two'", [(0, "summary", "one and two")]),
        ("entries[0]['updated_parsed'] == (2003, 12, 31, 10, 14, 55, 2, 365, 0)", [(0, "date", WHEN)]),
        ("feed['title'] == 'x'", [(None, "title", "x")]),
        ("not entries[0].has_key('link')", [(0, "link", "")]),
        ("entries[0]['title'] != 'x'", []),
        ("entries[0]['title'] == open('x')", []),
        ("entries[0]['author'] == 'x' or entries[0]['title'] == 'x'", []),
        ("len(entries) == 1", []),
    ],
)  # fmt: skip
def test_onlycomparisons_with_literals_are_read(expression: str, found: list[tuple[int | None, str, Value]]) -> None:
    assert list(comparisons(expression)) == found


def test_an_expectation_that_nothing_explains_is_seen() -> None:
    body = rss(item("Reed quits", description="One thing", pubDate="Wed, 14 May 2031 17:00:00 GMT", guid="g"))
    wrong = [
        expects("title", "Reed stays", body),
        expects("link", "https://post.example/2", body),
        expects("id", "h", body),
        expects("summary", "Another thing", body),
        expects("date", (2031, 5, 14, 17, 0, 1), body),
    ]
    for judge in (as_read, as_entry, as_whole_entry):
        assert [judge(expectation).rule for expectation in wrong] == [""] * len(wrong)
        assert judge(expects("title", "Reed quits", body)).rule == SAME


@pytest.mark.parametrize(
    ("expected", "got"),
    [("<b>Reed</b> stays", "Reed quits"), ("Reed stays", ""), ("", "Reed quits"), ("tag:x", "&id;y")],
)
def test_no_rule_explains_just_anything(expected: str, got: str) -> None:
    plain_feed = document(rss(item("Another headline")))
    assert [name for name, rule in RULES.items() if rule(expected, got, plain_feed)] == []


@pytest.mark.shared
@pytest.mark.parametrize("level", LEVELS)
def test_every_expectation_holds_or_falls_under_a_rule(level: str, shared: Path) -> None:
    verdicts = [LEVELS[level](expectation) for expectation in expectations(shared / "data" / "corpora")]
    assert len(verdicts) > 500
    assert [_told(verdict) for verdict in verdicts if not verdict.rule] == []


@pytest.mark.shared
def test_the_page_counts_the_differences_as_they_are(shared: Path) -> None:
    counted = table(expectations(shared / "data" / "corpora"))
    assert counted in PAGE.read_text(encoding="utf-8"), (
        f"docs/collecting.md holds other numbers; `python -m tests.collect.agreement` prints these:\n{counted}"
    )


def _told(verdict: Verdict) -> tuple[str, str, Value, tuple[Value, ...]]:
    return verdict.expectation.id, verdict.expectation.field, verdict.expectation.value, verdict.got

"""Rows -> stories, relevance, kind and places, day by day."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.row import Row, rows
from digest.lexicon.value import Lexicon
from digest.model.news import Item, Kind
from digest.model.story import Story
from digest.pipeline import draft
from digest.pipeline.stories import CONTEXT, Place, Stories, as_json
from digest.pipeline.stories import stories as judge
from digest.rank.causes import Weights
from tests.builders import LEXICON
from tests.judgement.process import text

NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)


def row(id_: str, title: str, *, hours: float | None = 0, **given: Any) -> Row:
    at = None if hours is None else NOON + timedelta(hours=hours)
    return Row(**({"id": id_, "title": title, "published": at, "source": f"Paper {id_}"} | given))


def stories(*told: Row, ranked: bool = True, **given: Any) -> Stories:
    return judge(told, lexicon=LEXICON, weights=Weights(), ranked=ranked, **given)


NEWS = (
    row("a", "Rachel Reeves drops the freeze on council budgets after backbench revolt", hours=-5),
    row("b", "Reeves drops freeze on council budgets after revolt by backbenchers", hours=-4),
    row("c", "Opinion: Labour must learn to love the union", hours=-3),
    row("d", "Stannerby United win the cup after extra time", hours=-2),
    row("e", "Labour conference votes for a national care service", hours=20),
)


def by_id(found: Stories) -> dict[str, Any]:
    return {str(one.id): one for one in found.rows}


def test_every_row_is_answered_in_its_place() -> None:
    found = stories(*NEWS)
    assert [one.id for one in found.rows] == [one.id for one in NEWS]
    assert all(one.story and one.item for one in found.rows)


def test_reports_of_one_event_are_one_story_and_others_are_not() -> None:
    found = by_id(stories(*NEWS))
    assert found["a"].story == found["b"].story
    assert len({one.story for one in found.values()}) == 4
    assert len({one.item for one in found.values()}) == 5


def test_what_is_no_labour_news_is_not_relevant_and_comment_is_called_so() -> None:
    found = by_id(stories(*NEWS))
    assert found["a"].relevant
    assert not found["d"].relevant
    assert found["d"].relevance < found["a"].relevance <= 1
    assert found["c"].kind is Kind.COMMENT


@pytest.mark.parametrize(("threshold", "is_relevant"), [(0.0, True), (1.0, False)])
def test_relevant_is_what_reaches_the_threshold(threshold: float, *, is_relevant: bool) -> None:
    assert by_id(stories(*NEWS, threshold=threshold))["d"].relevant is is_relevant


def test_each_day_ranks_the_stories_that_have_a_row_of_it() -> None:
    places = stories(*NEWS).places
    friday, saturday = sorted({p.day for p in places})
    assert [sorted(p.ids) for p in places if p.day == saturday] == [["e"]]
    assert sorted(id_ for p in places if p.day == friday for id_ in p.ids) == ["a", "b", "c", "d"]
    assert [p.rank for p in places if p.day == friday] == [1, 2, 3]
    assert [p.score for p in places if p.day == friday] == sorted(
        (p.score for p in places if p.day == friday), reverse=True
    )


def test_a_story_keeps_its_identity_over_midnight_and_its_rows_their_days() -> None:
    later = row("f", "Reeves drops the freeze on council budgets: backbench revolt wins", hours=13)
    found = stories(*NEWS[:2], later)
    assert len({one.story for one in found.rows}) == 1
    assert [(str(p.day), p.ids) for p in found.places] == [("2026-05-15", ("a", "b")), ("2026-05-16", ("f",))]


def test_one_article_of_two_days_is_ranked_on_both_with_the_rows_of_each() -> None:
    url = "https://www.bbc.co.uk/news/a1"
    title = "Rachel Reeves drops the freeze on council budgets"
    found = stories(row("a", title, url=url, source="BBC"), row("b", title, url=url, source="BBC News", hours=20))
    assert len({one.item for one in found.rows}) == 1
    assert [(str(p.day), p.ids) for p in found.places] == [("2026-05-15", ("a",)), ("2026-05-16", ("b",))]


def test_what_is_older_than_the_context_is_not_seen_again() -> None:
    seen: list[set[str]] = []

    def grouped(
        items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        del lexicon, previous, history
        found = tuple(Story(id=item.id, items=(item,)) for item in items)
        seen.append({story.items[0].title for story in found})
        return found

    told = [row(str(day), f"Vote number {day} of the week", hours=24 * day) for day in range(4)]
    stories(*told, grouped=grouped)
    assert seen == [
        {told[0].title},
        {told[0].title, told[1].title},
        *({told[n - 1].title, told[n].title} for n in (2, 3)),
    ]
    assert CONTEXT == draft.CONTEXT


def test_what_lies_outside_the_context_says_what_is_common_for_thirty_days_around() -> None:
    heard: list[set[str]] = []

    def grouped(
        items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        del lexicon, previous
        heard.append({item.title for item in history})
        return tuple(Story(id=item.id, items=(item,)) for item in items)

    told = [row(str(day), f"Vote number {day} of the week", hours=24 * day) for day in (0, 2, 29, 31)]
    stories(*told, grouped=grouped)
    first, second, third, last = (one.title for one in told)
    assert heard == [{second, third}, {first, third, last}, {first, second, last}, {second, third}]


def test_rows_without_times_are_one_batch_that_has_no_ranking() -> None:
    told = tuple(Row(id=one.id, title=one.title, source=one.source) for one in NEWS)
    found = stories(*told)
    assert by_id(found)["a"].story == by_id(found)["b"].story
    assert found.places == ()


def test_rows_without_times_stand_apart_from_those_with() -> None:
    found = by_id(stories(NEWS[0], row("x", NEWS[1].title, hours=None)))
    assert found["a"].story != found["x"].story


def test_rows_without_times_are_read_as_news_of_the_lexicons_last_day() -> None:
    told = Row(id="a", title="The Chancellor drops the freeze on council budgets", source="X")
    assert by_id(stories(told))["a"].relevance == by_id(stories(replace(told, published=NOON)))["a"].relevance


def test_a_row_that_really_is_of_the_year_2000_has_its_ranking() -> None:
    old = datetime(2000, 1, 1, tzinfo=UTC)
    assert [place.ids for place in stories(row("a", "Peers vote", published=old)).places] == [("a",)]


def test_an_article_seen_weeks_apart_is_not_seen_between() -> None:
    heard: list[set[str]] = []

    def grouped(
        items: Iterable[Item], *, lexicon: Lexicon, previous: Mapping[str, str], history: Iterable[Item]
    ) -> tuple[Story, ...]:
        del lexicon, previous, history
        known = tuple(items)
        heard.append({item.title for item in known})
        return tuple(Story(id=item.id, items=(item,)) for item in known)

    url = "https://a.example/live"
    live = [row(f"live{day}", "Politics live", hours=24 * day, source="Wire", url=url) for day in (0, 10)]
    stories(*live, row("between", "Peers vote", hours=24 * 5), grouped=grouped)
    assert heard == [{"Politics live"}, {"Peers vote"}, {"Politics live"}]


def test_first_seen_stands_in_where_nothing_says_when_it_came_out() -> None:
    told = row("a", NEWS[0].title, hours=None, first_seen=NOON)
    assert [(str(p.day), p.ids) for p in stories(told).places] == [("2026-05-15", ("a",))]


def test_nothing_is_ranked_unless_it_is_asked_for() -> None:
    asked, unasked = stories(*NEWS), stories(*NEWS, ranked=False)
    assert unasked.places == ()
    assert unasked.rows == asked.rows


def test_no_rows_are_no_stories() -> None:
    assert stories() == Stories(rows=(), places=())


@settings(max_examples=15)
@given(st.permutations(NEWS))
def test_the_order_of_the_file_does_not_matter(told: list[Row]) -> None:
    found, usual = stories(*told), stories(*NEWS)
    assert by_id(found) == by_id(usual)
    assert found.places == usual.places


def test_a_line_of_json_has_the_fields_of_its_value() -> None:
    found = stories(*NEWS[:1])
    one = json.loads(as_json(found.rows[0]))
    assert list(one) == ["id", "item", "story", "relevance", "relevant", "kind"]
    assert (one["id"], one["relevant"], one["kind"]) == ("a", True, "news")
    place = Place(day=NOON.date(), rank=1, story="s", ids=("a", "b"), score=7)
    assert json.loads(as_json(place)) == {"day": "2026-05-15", "rank": 1, "story": "s", "ids": ["a", "b"], "score": 7}


@pytest.mark.shared
def test_a_real_file_that_is_shuffled_gives_the_same_answer(shared: Path) -> None:
    lines = text(shared / "data" / "stories" / "labour_stream.jsonl.gz")[:400]
    told = list(rows(lines, name="stream"))
    usual = stories(*told)
    Random(7).shuffle(told)
    found = stories(*told)
    assert by_id(found) == by_id(usual)
    assert found.places == usual.places

"""Rows -> articles: what is one article, and what a row makes of an item."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import dates
from digest.collect.address import canonical
from digest.collect.entry import LONGEST_TITLE, clean
from digest.collect.raw import RawEntry
from digest.collect.row import Row, rows
from digest.collect.rows import FUTURE_ALLOWED, UNKNOWN_POSITION, Article
from digest.collect.rows import articles as read_articles
from digest.model.news import Entry, Kind, Source, SourceKind
from tests.judgement.process import read, text

NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=90)
TITLE = "Chancellor drops freeze on council budgets after revolt"


def row(id_: str, title: str = TITLE, **given: Any) -> Row:
    values: dict[str, Any] = {"id": id_, "title": title, "published": NOON, "first_seen": NOON}
    return Row(**(values | given))


def articles(told: Iterable[Row]) -> tuple[tuple[Article, ...], Mapping[str, Source]]:
    return read_articles(told, untimed=LATER)


def grouped(*told: Row) -> list[list[str]]:
    """The ids of the rows of each article."""
    return sorted([one.id for one in article.rows] for article in articles(told)[0])


def only(*told: Row) -> Article:
    (article,) = articles(told)[0]
    return article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"url": "https://www.bbc.co.uk/news/a1?at_medium=RSS"},
            {"url": "https://www.bbc.com/news/a1", "title": "Edited"},
        ),
        ({"source": "The Guardian"}, {"source": "Guardian Politics RSS", "title": f"{TITLE.upper()}!"}),
        (
            {"source": "The Guardian", "url": "https://www.theguardian.com/politics/2026/may/15/freeze"},
            {
                "source": "The Guardian",
                "title": f"{TITLE} - The Guardian",
                "url": "https://news.google.com/rss/articles/x",
            },
        ),
        ({"source": "i Politics"}, {"source": "The i Paper", "title": f"{TITLE} - The i Paper"}),
        ({"source": "Wire A", "url": "https://a.example/p/1"}, {"source": "Wire B", "url": "https://a.example/p/1"}),
        (
            {"source": "", "url": "https://news.sky.com/story/a-1"},
            {"source": "Sky News", "title": f"{TITLE} | Sky News"},
        ),
    ],
)
def test_one_article_through_two_feeds_is_one_item(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert grouped(row("a", **one), row("b", **other)) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"source": "The Guardian"}, {"source": "BBC News"}),
        ({"source": "BBC News"}, {"source": "BBC News", "published": NOON + timedelta(days=9), "first_seen": None}),
        (
            {"source": "BBC News"},
            {"source": "BBC News", "title": "Chancellor backs freeze on council budgets after all"},
        ),
        ({"source": ""}, {"source": "BBC News", "title": "Peers defeat the government on tenants’ bill again"}),
    ],
)
def test_two_articles_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert grouped(row("a", **one), row("b", **other)) == [["a"], ["b"]]


def test_every_headline_and_address_is_kept() -> None:
    first = row("a", source="BBC News", url="https://www.bbc.co.uk/news/a1")
    edited = row(
        "b", "Freeze on budgets is off", source="BBC", url="https://www.bbc.com/news/a1", first_seen=NOON + timedelta(1)
    )
    item = only(first, edited).item
    assert item.titles == (TITLE, "Freeze on budgets is off")
    assert item.urls == ("https://www.bbc.co.uk/news/a1", "https://www.bbc.com/news/a1")
    assert item.publisher == "BBC"


def test_rows_of_one_page_are_one_article_in_any_order() -> None:
    told = (
        row("a", source="Wire A", url="https://a.example/p/1"),
        row("b", source="Wire B", url="https://a.example/p/1", first_seen=NOON - timedelta(hours=1)),
        row("c", "Something else happens in the Commons tonight", source="Wire A", url="https://a.example/p/2"),
    )
    found = {articles(order)[0] for order in permutations(told)}
    assert len(found) == 1


def test_a_row_without_an_address_is_an_article_of_its_own_and_leads_nowhere() -> None:
    one, other = articles(
        (row("a/1", source="X"), row("b", "Peers defeat the government on tenants’ bill", source="X"))
    )[0]
    assert {one.item.url, other.item.url} == {"https://row.invalid/a%2F1", "https://row.invalid/b"}


@pytest.mark.parametrize("url", ["ftp://a.example/x", "https://user@a.example/", "not an address"])
def test_an_address_that_is_no_use_is_none(url: str) -> None:
    assert only(row("a", url=url)).item.url == "https://row.invalid/a"


def test_rows_without_addresses_are_one_article_however_many_have_the_headline() -> None:
    assert grouped(*(row(id_, source="X") for id_ in "abcde")) == [list("abcde")]


def test_an_address_that_one_source_gives_to_many_headlines_names_no_article() -> None:
    titles = ("Peers defeat the government again", "Dockers vote for a strike", "Nurses accept the offer", TITLE)
    assert len(grouped(*(row(title[0], title, source="X", url="https://x.example/politics") for title in titles))) == 4


def test_a_row_does_not_say_how_high_it_stood() -> None:
    assert only(row("a")).item.position == UNKNOWN_POSITION


def test_the_text_of_the_first_row_that_has_one_is_the_items() -> None:
    told = (
        row("a", source="X"),
        row("b", source="X", text="<p>It was dropped.</p>"),
        row("c", source="X", text="Other."),
    )
    assert only(*told).item.text == "It was dropped."


def test_a_date_after_it_was_seen_is_not_believed() -> None:
    late = row("a", published=NOON + FUTURE_ALLOWED + timedelta(seconds=1))
    assert only(late).item.published == NOON
    assert only(row("a", published=NOON + FUTURE_ALLOWED)).item.published == NOON + FUTURE_ALLOWED
    assert FUTURE_ALLOWED == dates.FUTURE_ALLOWED


def test_without_times_rows_of_one_publisher_are_still_one_article() -> None:
    assert grouped(
        row("a", source="X", published=None, first_seen=None), row("b", source="X", published=None, first_seen=None)
    ) == [["a", "b"]]


def test_rows_without_times_came_out_together_at_the_instant_that_is_given_for_them() -> None:
    assert only(row("a", published=None, first_seen=None)).item.published == LATER
    assert only(row("a", published=None, first_seen=None)).moments == ()


def test_a_row_without_times_came_out_when_another_at_its_address_did() -> None:
    url = "https://a.example/p/1"
    told = only(
        row("a", source="Wire", url=url, published=None, first_seen=None),
        row("b", source="Wire", url=url, first_seen=NOON + timedelta(hours=1)),
        row("c", source="Wire", url=url, first_seen=NOON - timedelta(hours=1), published=None),
    )
    assert told.item.first_seen == NOON - timedelta(hours=1)
    assert told.moments == (NOON - timedelta(hours=1), NOON)


@pytest.mark.parametrize(
    ("name", "url", "publisher", "kind"),
    [
        ("Guardian Politics RSS", "", "The Guardian", SourceKind.NATIONAL),
        ("BBC", "", "BBC", SourceKind.BROADCASTER),
        ("", "https://labourlist.org/2026/05/x/", "LabourList", SourceKind.LABOUR),
        ("Reuters", "https://news.google.com/rss/articles/x", "Reuters", SourceKind.AGGREGATOR),
        ("Stannerby Gazette", "", "Stannerby Gazette", SourceKind.NATIONAL),
    ],
)
def test_a_source_is_the_publisher_that_its_name_or_address_is_known_for(
    name: str, url: str, publisher: str, kind: SourceKind
) -> None:
    (article,), sources = articles((row("a", source=name, url=url),))
    (source,) = sources.values()
    assert (source.publisher, source.kind) == (publisher, kind)
    assert article.item.publisher == publisher


def test_a_list_of_many_papers_speaks_for_each_that_is_known_by_its_address() -> None:
    urls = ("https://www.bbc.co.uk/news/a1", "https://labourlist.org/2026/05/x/", "https://stannerby.example/1")
    told = [row(url, f"Vote number {number} of the week", source="My list", url=url) for number, url in enumerate(urls)]
    found = {article.rows[0].url: article.item.publisher for article in articles(told)[0]}
    assert found == dict(zip(urls, ("BBC", "LabourList", "My list"), strict=True))


def test_an_aggregators_headline_says_whose_it_is() -> None:
    told = row("a", f"{TITLE} - Stannerby Gazette", source="Google News", url="https://news.google.com/rss/articles/x")
    item = only(told).item
    assert (item.title, item.publisher) == (TITLE, "Stannerby Gazette")


def test_a_summary_is_cleaned_as_a_feeds_is() -> None:
    item = only(row("a", summary="<p>The freeze was dropped on Friday. Forty MPs had signed.</p>", source="X")).item
    assert item.summary == "The freeze was dropped on Friday. Forty MPs had signed."


def test_a_title_of_nothing_but_markup_stands_as_it_was_written() -> None:
    assert only(row("a", "<b></b>", summary="Something.")).item.title == "<b></b>"
    assert only(row("a", "<b></b>")).item.title == "<b></b>"


def made_by_hand(told: Row) -> tuple[Entry, Article]:
    """What the parser's own cleaning makes of a row without a summary, and what we do."""
    (article,), sources = articles((told,))
    (source,) = sources.values()
    url = canonical(told.url) or article.item.url
    raw = RawEntry(guid="", title=told.title, links=(url,), base="", publisher=told.source)
    entry = clean(raw, source, position=0, now=NOON)
    assert isinstance(entry, Entry)
    return entry, article


SAME = ("title", "publisher", "author", "kind", "url", "medium")


@given(
    st.sampled_from(
        [
            TITLE,
            f"{TITLE} – live",
            f"Opinion: {TITLE} | Ada Byron",
            f"{TITLE} - BBC News",
            "“Quoted” &amp; <b>bold</b>",
            "word " * 90,
            "Itâ€™s done",
        ]
    ),
    st.sampled_from(["", "The Guardian", "BBC News", "Stannerby Gazette"]),
    st.sampled_from(["", "https://www.bbc.co.uk/news/live/a1", "https://news.google.com/rss/articles/x"]),
)
def test_a_headline_alone_becomes_what_a_feeds_entry_becomes(title: str, source: str, url: str) -> None:
    entry, article = made_by_hand(row("a", title, source=source, url=url))
    assert [getattr(article.item, name) for name in SAME] == [getattr(entry, name) for name in SAME]


def test_an_endless_title_is_cut_between_words() -> None:
    title = only(row("a", "word " * 90)).item.title
    assert title.endswith("word…")
    assert len(title) <= LONGEST_TITLE


def test_kind_is_what_the_title_and_the_address_say() -> None:
    assert only(row("a", "Opinion: the freeze was folly")).item.kind is Kind.COMMENT


@pytest.mark.shared
def test_real_headlines_become_what_a_feeds_entries_become(shared: Path) -> None:
    lines = read(shared / "data" / "stories" / "labour_stream.jsonl.gz")
    for line in Random(5).sample(lines, 300):
        told = Row(id=line["id"], title=line["title"], source=line["source"], url=line["url"], published=NOON)
        entry, article = made_by_hand(told)
        assert [getattr(article.item, name) for name in SAME] == [getattr(entry, name) for name in SAME]


@pytest.mark.shared
def test_real_duplicates_are_found_and_nothing_else(shared: Path) -> None:
    path = shared / "data" / "stories" / "labour_stream.jsonl.gz"
    gold = {line["id"]: line["article"] for line in read(path)}
    found, _ = articles(rows(text(path), name="stream"))
    pairs = [
        (one.id, other.id) for article in found for one in article.rows for other in article.rows if one.id < other.id
    ]
    right = sum(gold[one] == gold[other] for one, other in pairs)
    by_article: dict[str, int] = {}
    for article in gold.values():
        by_article[article] = by_article.get(article, 0) + 1
    assert right / len(pairs) >= 0.99
    assert right / sum(count * (count - 1) // 2 for count in by_article.values()) >= 0.97

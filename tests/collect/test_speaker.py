"""Who speaks in a feed: its host says, and its name where somebody answers for it."""

import pytest

from digest.collect.speaker import host_of, speaker
from digest.lexicon.publishers import PUBLISHERS, publisher_at, publisher_named
from digest.model.news import SourceKind

STRANGER = "https://stranger.example/feed"


@pytest.mark.parametrize(
    ("name", "publisher", "kind"),
    [
        ("BBC Politics RSS", "BBC", SourceKind.BROADCASTER),
        ("Guardian Politics RSS", "The Guardian", SourceKind.NATIONAL),
        ("The Guardian", "The Guardian", SourceKind.NATIONAL),
        ("Guardian (Open Platform)", "The Guardian", SourceKind.NATIONAL),
        ("FT UK Politics", "Financial Times", SourceKind.NATIONAL),
        ("i Politics", "The i Paper", SourceKind.NATIONAL),
        ("Bloomberg.com", "Bloomberg", SourceKind.NATIONAL),
        ("LabourList RSS", "LabourList", SourceKind.LABOUR),
        ("Wensley Post RSS", "Wensley Post", SourceKind.NATIONAL),
        ("RSS", "RSS", SourceKind.NATIONAL),
    ],
)
def test_a_name_says_who_speaks_where_somebody_answers_for_it(name: str, publisher: str, kind: SourceKind) -> None:
    found = speaker(name, STRANGER, is_vouched=True)
    assert (found.publisher.name, found.publisher.kind, found.note) == (publisher, kind, "")


@pytest.mark.parametrize("name", ["The Guardian", "guardian politics RSS", "GUARDIAN", "theguardian.com"])
def test_where_nobody_answers_a_known_name_at_another_host_is_the_host_s_with_a_word(name: str) -> None:
    found = speaker(name, STRANGER, is_vouched=False)
    assert (found.publisher.name, found.publisher.weight) == ("stranger.example", 1.0)
    assert "stands as «stranger.example» (weight 1)" in found.note
    assert "write publisher, kind and weight in sources.toml" in found.note


def test_a_page_is_a_claim_like_a_name() -> None:
    page = "https://www.theguardian.com/politics"
    assert speaker("Latest", STRANGER, page=page, is_vouched=True).publisher.name == "The Guardian"
    found = speaker("Latest", STRANGER, page=page, is_vouched=False)
    assert found.publisher.name == "stranger.example"
    assert found.note


@pytest.mark.parametrize("is_vouched", [True, False])
@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.theguardian.com/politics/rss", "The Guardian"),
        ("https://feeds.bbci.co.uk/news/politics/rss.xml", "BBC"),
        ("https://feeds.skynews.com/feeds/rss/politics.xml", "Sky News"),
    ],
)
def test_a_host_of_our_table_speaks_for_itself_whatever_the_name(url: str, publisher: str, is_vouched: bool) -> None:
    found = speaker("The Times", url, is_vouched=is_vouched)
    assert (found.publisher.name, found.note) == (publisher, "")


@pytest.mark.parametrize("url", ["https://the-guardian.com/rss", "https://guardian.uk/rss", "https://bb-c.co.uk/rss"])
def test_a_host_that_only_looks_like_a_known_one_is_a_stranger_s(url: str) -> None:
    assert publisher_at(url) is None
    assert speaker("Guardian", url, is_vouched=False).publisher.name == host_of(url)


SEARCH = "https://news.google.com/rss/search?q=site:theguardian.com"


def test_an_aggregator_s_host_says_nothing_of_who_speaks() -> None:
    assert speaker("The Guardian", SEARCH, is_vouched=True).publisher.name == "The Guardian"
    found = speaker("The Guardian", SEARCH, is_vouched=False)
    assert (found.publisher.name, found.publisher.kind) == ("Google News", SourceKind.AGGREGATOR)
    assert "stands as «Google News»" in found.note


@pytest.mark.parametrize("is_vouched", [True, False])
def test_a_search_at_an_aggregator_is_an_aggregator(is_vouched: bool) -> None:
    found = speaker("Labour NEC", "https://news.google.com/rss/search?q=labour+nec", is_vouched=is_vouched)
    assert (found.publisher.name, found.publisher.kind, found.note) == ("Google News", SourceKind.AGGREGATOR, "")
    found = speaker("Labour NEC", "https://flipboard.com/@x.rss", is_vouched=is_vouched)
    assert (found.publisher.name, found.publisher.kind, found.note) == ("Labour NEC", SourceKind.AGGREGATOR, "")
    assert speaker("Google News", SEARCH, is_vouched=is_vouched).note == ""


def test_a_host_that_lends_feeds_makes_no_publisher_an_aggregator() -> None:
    found = speaker("Wensley Labour Blog", "https://feeds.feedburner.com/wensley", is_vouched=False)
    assert (found.publisher.name, found.publisher.kind, found.note) == ("Wensley Labour Blog", SourceKind.NATIONAL, "")


def test_a_claim_at_an_aggregator_out_of_our_table_stays_an_aggregator() -> None:
    found = speaker("The Guardian", "https://flipboard.com/@x.rss", is_vouched=False)
    assert (found.publisher.name, found.publisher.kind) == ("flipboard.com", SourceKind.AGGREGATOR)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://feeds.bbc.co.uk/x", "bbc.co.uk"),
        ("http://www.dale.example:8080/x", "dale.example"),
        ("http://[::1]:8080/x", "[::1]"),
        ("nothing", ""),
    ],
)
def test_a_host_is_named_without_what_stands_before_it(url: str, host: str) -> None:
    assert host_of(url) == host


def test_no_name_of_one_publisher_is_a_name_of_another() -> None:
    assert all(
        publisher_named(name) is publisher for publisher in PUBLISHERS for name in (publisher.name, *publisher.also)
    )
    assert publisher_named("The Wensley Post") is None

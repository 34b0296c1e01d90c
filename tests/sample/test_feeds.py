"""Every sample feed is what it claims to be, at any moment."""

import json
import re
import xml.etree.ElementTree as ET
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sample.day import Dating, Fault, Format, SampleDay, SampleFeed, load
from digest.sample.feeds import address, document

DAY = load()
NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
WHOLE = [feed for feed in DAY.feeds if feed.fault is Fault.NONE]
XML = [feed for feed in WHOLE if feed.format is not Format.JSON]


def feed_of(name: str) -> SampleFeed:
    (feed,) = (feed for feed in DAY.feeds if feed.source.id == name)
    return feed


def parsed(feed: SampleFeed, *, now: datetime = NOW, edition: int = 1) -> Any:
    return feedparser.parse(document(feed, now=now, edition=edition))


@pytest.mark.parametrize("feed", XML, ids=lambda feed: feed.source.id)
def test_xml_feeds_are_well_formed_and_hold_every_item_in_order(feed: SampleFeed) -> None:
    found = parsed(feed)
    assert not found.bozo
    assert found.version == {Format.RSS: "rss20", Format.ATOM: "atom10"}[feed.format]
    assert [entry.title for entry in found.entries] == [item.title + feed.suffix for item in feed.items]
    assert [entry.author for entry in found.entries] == [item.author for item in feed.items]


@pytest.mark.parametrize("feed", WHOLE, ids=lambda feed: feed.source.id)
def test_every_address_in_a_feed_is_under_dot_example(feed: SampleFeed) -> None:
    text = document(feed, now=NOW).decode()
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"'<>&]+", text)}
    assert {host for host in hosts if not str(host).endswith(".example")} <= {
        "www.w3.org",
        "purl.org",
        "jsonfeed.org",
    }


@pytest.mark.parametrize("feed", XML, ids=lambda feed: feed.source.id)
def test_links_lead_to_the_article_and_carry_the_publishers_tracking(feed: SampleFeed) -> None:
    links = [entry.link for entry in parsed(feed).entries]
    query = f"?{feed.tracking}" if feed.tracking else ""
    assert links == [address(feed, item, now=NOW) + query for item in feed.items]


def test_the_union_writes_links_without_a_host() -> None:
    root = ET.fromstring(document(feed_of("concord"), now=NOW))
    links = [link.get("href", "") for link in root.iterfind("{*}entry/{*}link")]
    assert len(links) == 3
    assert all(link.startswith("/") for link in links)


def test_the_json_feed_holds_every_item_with_id_address_text_and_date() -> None:
    feed = feed_of("northlight")
    value = json.loads(document(feed, now=NOW))
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry["title"] for entry in value["items"]] == [item.title for item in feed.items]
    assert [entry["content_html"] for entry in value["items"]] == [item.summary for item in feed.items]
    assert [entry["url"] for entry in value["items"]] == [address(feed, item, now=NOW) for item in feed.items]
    assert all(datetime.fromisoformat(entry["date_published"]) < NOW for entry in value["items"])
    assert len({entry["id"] for entry in value["items"]}) == len(feed.items)


def test_a_footer_follows_every_summary_with_its_own_link_and_headline() -> None:
    feed = feed_of("red-bench")
    for item, entry in zip(feed.items, parsed(feed).entries, strict=True):
        assert f'The post <a href="{address(feed, item, now=NOW)}">{item.title}</a> appeared first on' in entry.summary


def test_a_summary_reads_the_same_as_cdata_and_escaped() -> None:
    raw = document(feed_of("red-bench"), now=NOW).decode()
    assert "<![CDATA[<p>" in raw
    lantern = document(feed_of("lantern"), now=NOW).decode()
    assert "&lt;p&gt;" in lantern
    assert feed_of("lantern").items[0].summary in parsed(feed_of("lantern")).entries[0].summary


def test_named_entities_reach_the_reader_as_such() -> None:
    assert "&amp;pound;6m" in document(feed_of("packet"), now=NOW).decode()
    assert "the £6m found" in unescape(parsed(feed_of("packet")).entries[0].summary)


@settings(max_examples=20, deadline=None)
@given(now=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_every_good_date_is_within_the_last_day_whatever_the_day(now: datetime) -> None:
    for feed in XML:
        for item, entry in zip(feed.items, parsed(feed, now=now).entries, strict=True):
            if item.dating is not Dating.MISSING:
                published = datetime.fromtimestamp(timegm(entry.published_parsed), tz=UTC)
                shift = timedelta(days=1 if item.dating is Dating.TOMORROW else 0)
                assert published == (now - item.wording(1).ago).replace(microsecond=0) + shift


def test_one_date_is_missing_one_lies_ahead_and_one_has_a_colon_in_its_zone() -> None:
    undated = [entry.title for feed in XML for entry in parsed(feed).entries if "published" not in entry]
    dates = [entry.published for feed in XML for entry in parsed(feed).entries if "published" in entry]
    assert len(undated) == 1
    assert [date for date in dates if re.search(r"20\d\d \d\d:\d\d:\d\d \+01:00$", date)] == [
        "Thu, 14 May 2026 17:40:00 +01:00"
    ]
    assert "Fri, 15 May 2026 22:40:00 GMT" in dates


def test_the_second_edition_keeps_the_guid_and_changes_the_headline() -> None:
    feed = feed_of("pennant")
    morning = {entry.id: entry.title for entry in parsed(feed).entries}
    later = {entry.id: entry.title for entry in parsed(feed, edition=2).entries}
    assert morning.keys() == later.keys()
    (changed,) = (guid for guid in morning if morning[guid] != later[guid])
    assert changed.endswith(DAY.expected.retitled)
    assert document(feed, now=NOW, edition=3) == document(feed, now=NOW, edition=2)


def test_all_other_feeds_are_the_same_in_both_editions() -> None:
    assert [feed.source.id for feed in DAY.feeds if document(feed, now=NOW) != document(feed, now=NOW, edition=2)] == [
        "pennant"
    ]


def test_the_twin_feeds_differ_in_guid_and_tracking_and_agree_on_the_article() -> None:
    newer, older = feed_of("meridian-politics"), feed_of("meridian-latest")
    (one,) = (item for item in newer.items if item.story == DAY.expected.twins)
    (other,) = (item for item in older.items if item.story == DAY.expected.twins)
    assert address(newer, one, now=NOW) == address(older, other, now=NOW)
    assert newer.tracking != older.tracking
    assert {entry.id for entry in parsed(newer).entries}.isdisjoint(entry.id for entry in parsed(older).entries)


def test_articles_keep_their_addresses_through_a_london_day_and_lose_them_at_midnight() -> None:
    feed = feed_of("lantern")
    one_minute_to_midnight = datetime(2026, 5, 15, 22, 59, tzinfo=UTC)
    links = [[entry.link for entry in parsed(feed, now=now).entries] for now in (NOW, one_minute_to_midnight)]
    assert links[0] == links[1]
    after = [entry.link for entry in parsed(feed, now=one_minute_to_midnight + timedelta(minutes=1)).entries]
    assert set(after).isdisjoint(links[0])


def test_the_truncated_feed_is_no_xml_and_still_gives_its_whole_entries() -> None:
    feed = feed_of("marlport")
    body = document(feed, now=NOW)
    with pytest.raises(ET.ParseError):
        ET.fromstring(body)
    found = parsed(feed)
    assert found.bozo
    assert [entry.title for entry in found.entries[:2]] == [item.title for item in feed.items[:2]]
    assert found.entries[1].summary == feed.items[1].summary
    assert not body.decode().endswith(".")
    assert body == document(replace(feed, fault=Fault.NONE), now=NOW)[: len(body)]


def test_the_same_moment_gives_the_same_bytes() -> None:
    again: SampleDay = load()
    assert [document(feed, now=NOW) for feed in again.feeds] == [document(feed, now=NOW) for feed in DAY.feeds]

"""The outlines of a list in, sources out: each feed once, and a word on each that is left out."""

from dataclasses import replace
from time import process_time

import pytest

from digest.collect.listed import listed, web_address
from digest.collect.opml import OpmlOutline, read
from digest.model.news import SourceKind
from tests.collect.feeds import source


def outline(title: str, url: str = "https://feeds.example/x", html_url: str = "", **told: str) -> OpmlOutline:
    return OpmlOutline(title=title, xml_url=url, html_url=html_url, told=told)


def test_ids_are_slugs_unlike_each_other_and_those_taken() -> None:
    outlines = [outline("Café Post!", f"https://feeds.example/{n}") for n in range(3)]
    made = listed(outlines, [source(source_id="cafe-post-2")]).sources
    assert [one.id for one in made] == ["cafe-post", "cafe-post-3", "cafe-post-4"]


def test_ids_of_long_names_stay_as_short_as_ids_may_be() -> None:
    outlines = [outline("Long and " * 20, f"https://feeds.example/{n}") for n in range(1200)]
    ids = {one.id for one in listed(outlines).sources}
    assert len(ids) == 1200
    assert max(map(len, ids)) <= 64
    told = [outline("x", f"https://feeds.example/{n}", id="i" * 64) for n in range(2)]
    assert [len(one.id) for one in listed(told).sources] == [64, 59]


@pytest.mark.alone
def test_ten_thousand_feeds_of_one_name_take_no_more_than_their_share() -> None:
    outlines = [outline("a", f"https://feeds.example/{n}", id="a-2" if n % 2 else "a") for n in range(10_000)]
    began = process_time()
    assert len({one.id for one in listed(outlines).sources}) == 10_000
    assert process_time() - began < 15  # two seconds; half a minute where each number is tried again


def test_a_feed_that_stands_twice_in_a_list_is_taken_once_and_named() -> None:
    twice = [outline("A", "http://www.a.example/feed/"), outline("B", "https://a.example/feed"), outline("C")]
    found = listed(twice)
    assert [one.id for one in found.sources] == ["a", "c"]
    assert found.left_out == ("https://a.example/feed: the list has the same feed before, as a",)


def test_feeds_that_are_read_already_are_counted() -> None:
    there = replace(source(source_id="a"), url="https://www.a.example/feed")
    found = listed([outline("A", "HTTP://A.example/feed/"), outline("C")], [there])
    assert ([one.id for one in found.sources], found.known, found.left_out) == (["c"], 1, ())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://a.example/feed", "'ftp://a.example/feed' is not an http or https address; write one such as"),
        ("file:///etc/passwd", "'file:///etc/passwd' is not an http or https address"),
        ("feed", "'feed' is not an http or https address"),
        ("https://jo:pw@a.example/", "the address at 'a.example' has a user name in it"),
        ("https://a.example/\x1b[2J", "control character"),
    ],
)
def test_what_is_no_address_of_the_web_is_left_out_with_the_reason(url: str, said: str) -> None:
    found = listed([outline("Dale", url), outline("", url), outline("Post")])
    assert [one.name for one in found.sources] == ["Post"]
    named, nameless = found.left_out
    assert named.startswith("Dale: ")
    assert said in named
    assert nameless == named.replace("Dale: ", "")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://Dale.example/Feed?A=b", "https://dale.example/Feed?A=b"),
        (" feed://dale.example/rss ", "http://dale.example/rss"),
        ("feed:https://dale.example/rss", "https://dale.example/rss"),
        ("FEED://https://dale.example/rss", "https://dale.example/rss"),
        ("https://dale.example/\u202egpj", "https://dale.example/%E2%80%AEgpj"),
    ],
)
def test_an_address_is_written_in_one_spelling(written: str, address: str) -> None:
    assert web_address(written) == address
    assert [one.url for one in listed([outline("Dale", written)]).sources] == [address]


@pytest.mark.parametrize(
    "written", ["feed:dale.example", "feed:", "feed:ftp://dale.example/", "feed:feed://d.example/"]
)
def test_what_is_behind_feed_must_be_an_address(written: str) -> None:
    with pytest.raises(ValueError, match="is not an http or https address"):
        web_address(written)


def test_what_a_list_of_ours_says_is_text_in_one_line() -> None:
    text = """<opml xmlns:d="urn:digest:sources"><body><outline text="Dale" xmlUrl="https://dale.example/f"
      d:publisher="&#x9b;31mDale&#10;second &#x202e;line"/><outline text="Vale" xmlUrl="https://vale.example/f"
      d:publisher="&#x202e;"/></body></opml>"""
    assert [one.publisher for one in listed(read(text.encode())).sources] == ["›31mDale second line", "Vale"]


def test_a_name_that_nobody_answers_for_makes_no_publisher() -> None:
    named = [
        outline("The Guardian", "https://stranger.example/feed"),
        outline("The Times", "https://www.thetimes.com/f"),
    ]
    found = listed(named)
    stranger, times = found.sources
    assert (stranger.publisher, stranger.weight, stranger.kind) == ("stranger.example", 1.0, SourceKind.NATIONAL)
    assert (times.publisher, times.paywalled) == ("The Times", True)
    assert list(found.doubts) == ["https://stranger.example/feed"]
    assert "«The Guardian» at stranger.example says that it is The Guardian" in found.doubts[stranger.url]


def test_a_name_counts_where_somebody_answers_for_it() -> None:
    urls = ("https://own.example/feed", "https://stranger.example/feed")
    found = listed([outline("The Guardian", url) for url in urls], is_vouched=lambda url: "own" in url)
    assert [one.publisher for one in found.sources] == ["The Guardian", "stranger.example"]


def test_where_a_list_of_ours_names_the_publisher_its_name_is_no_question() -> None:
    found = listed([outline("The Guardian", "https://stranger.example/feed", publisher="Dale Guardian")])
    assert ([one.publisher for one in found.sources], found.doubts) == (["Dale Guardian"], {})


def test_labour_outlets_and_paywalls_are_marked() -> None:
    urls = ("https://labourlist.org/feed", "https://www.thetimes.com/feed")
    labour, times = listed([outline("Latest", url) for url in urls]).sources
    assert (labour.labour, labour.paywalled) == (True, False)
    assert (times.labour, times.paywalled) == (False, True)


def test_a_feed_without_a_name_is_named_for_its_host() -> None:
    (made,) = listed([outline("", "https://feeds.bbc.co.uk/news/politics/rss.xml")]).sources
    assert (made.publisher, made.name, made.id) == ("BBC", "bbc.co.uk", "source")

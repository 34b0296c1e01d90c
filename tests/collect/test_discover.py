"""A page -> the feeds it names: the declared ones first, comments last, each once, whatever the markup is worth."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.collect.address import canonical
from digest.collect.discover import MOST_FEEDS, FeedKind, FoundFeed, feeds_in, is_page, usual_places

PAGE = "https://www.lantern.example/politics/"


def found(html: str, *, url: str = PAGE, content_type: str = "text/html; charset=utf-8") -> tuple[FoundFeed, ...]:
    return feeds_in(html.encode(), url=url, content_type=content_type)


def urls(html: str, **given: str) -> list[str]:
    return [one.url for one in found(html, **given)]


def declares(kind: str, href: str = "/x", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" title="{title}">'


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/rss+xml", FeedKind.RSS),
        ("application/atom+xml", FeedKind.ATOM),
        ("application/rdf+xml", FeedKind.RDF),
        ("application/feed+json", FeedKind.JSON),
        ("text/xml", FeedKind.XML),
        ("Application/RSS+XML; charset=utf-8", FeedKind.RSS),
    ],
)
def test_a_declared_feed_is_found_with_its_kind_and_title(media_type: str, kind: FeedKind) -> None:
    page = f"<html><head>{declares(media_type, '/rss', 'The Lantern &raquo; Feed')}</head><body>x</body></html>"
    assert found(page) == (FoundFeed(url="https://www.lantern.example/rss", title="The Lantern » Feed", kind=kind),)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" type="text/css" href="/rss.css">',
        '<link rel="alternate stylesheet" type="text/xml" href="/style.xml">',
        '<link rel="alternate" hreflang="cy" href="/cy/">',
        '<link rel="alternate" type="text/html" href="/amp/">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed/1.0/embed?format=json">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json" href="/data.json">',
        '<link rel="EditURI" type="application/rsd+xml" href="/xmlrpc.php?rsd">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml" href="http://[::bad/feed">',
        '<link rel="alternate" type="application/rss+xml" href="https://user:word@lantern.example/feed">',
        '<a href="/feedback/">Write to us</a>',
        '<a href="/sitemap.xml">Sitemap</a>',
        '<a href="https://elsewhere.example/feed/">Another site’s feed</a>',
        '<a name="feed">Feed</a>',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/rss"> -->',
        "<script>\"<a href='/feed/'>x</a>\"</script>",
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(markup: str) -> None:
    assert found(f"<html><head></head><body>{markup}</body></html>") == ()


@pytest.mark.parametrize(
    "href",
    [
        "/feed",
        "/feed/",
        "/politics/feed/",
        "/rss",
        "/rss/politics",
        "/rss.xml",
        "/politics.rss",
        "/index.atom",
        "/feed.json",
        "/feeds/uk.xml",
        "/rss.php",
        "/?feed=rss2",
        "/blog?format=rss",
        "https://feeds.lantern.example/politics",
        "//lantern.example/politics.xml",
    ],
)
def test_a_link_of_the_same_site_that_looks_like_a_feed_is_found(href: str) -> None:
    (one,) = found(f'<a class="rss" href="{href}"><img src="rss.png"> Politics <b>feed</b></a> and more text')
    assert one.kind is FeedKind.LINK
    assert one.title == "Politics feed"


def test_declared_feeds_stand_before_links_and_comments_behind_both() -> None:
    page = (
        f"{declares('application/rss+xml', '/comments/feed/', 'The Lantern » Comments Feed')}"
        f"{declares('application/rss+xml', '/feed/', 'The Lantern » Feed')}"
        f"{declares('application/atom+xml', '/kommentare', 'Feed of our comments')}"
        '<a href="/politics/feed/">Politics</a>'
    )
    assert urls(f"<body><a href='/uk.rss'>UK</a>{page}</body>") == [
        "https://www.lantern.example/feed/",
        "https://www.lantern.example/uk.rss",
        "https://www.lantern.example/politics/feed/",
        "https://www.lantern.example/comments/feed/",
        "https://www.lantern.example/kommentare",
    ]


def test_a_feed_named_twice_is_found_once_as_it_was_declared() -> None:
    page = declares("application/atom+xml", "/feed/", "Declared") + (
        "<a href='/feed/#top'>x</a><a href='https://www.lantern.example:443/feed/?utm_source=page'>y</a>"
    )
    assert [(one.url, one.title) for one in found(page)] == [("https://www.lantern.example/feed/", "Declared")]


def test_relative_addresses_count_from_the_base_the_page_names() -> None:
    assert urls(declares("text/xml", "feed.xml")) == ["https://www.lantern.example/politics/feed.xml"]
    based = "<base href='/blog/'><base href='/ignored/'>" + declares("text/xml", " feed\n.xml ")
    assert urls(based) == ["https://www.lantern.example/blog/feed.xml"]
    assert urls("<base href='//cdn.example/'>" + declares("text/xml", "feed.xml")) == ["https://cdn.example/feed.xml"]


def test_a_declaration_may_do_without_a_type() -> None:
    (one,) = found('<link rel="feed" href="/all">')
    assert (one.url, one.kind) == ("https://www.lantern.example/all", FeedKind.XML)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_titles_are_read_in_the_page_s_encoding(encoding: str) -> None:
    page = f"<html><head><meta charset='{encoding}'>{declares('text/xml', '/x', 'Café – £5')}</head></html>"
    (one,) = feeds_in(page.encode(encoding), url=PAGE, content_type="text/html")
    assert one.title == "Café – £5"


def test_a_title_is_text_and_of_a_reasonable_length() -> None:
    (one,) = found(declares("text/xml", "/x", f"&lt;script&gt;alert(1)&lt;/script&gt;\x1b[31m{'Long ' * 99}"))
    assert "<" not in one.title
    assert "\x1b" not in one.title
    assert len(one.title) <= 200


HOSTILE = {
    "deeply nested": "<div>" * 200_000 + "<a href='/feed/'>x</a>",
    "a million links": "<a href='/feed/1'>x" * 100_000,
    "one endless attribute": f"<a href='/{'x' * 2_000_000}/feed'>",
    "comments that never end": "<!--" * 500_000,
    "nothing but brackets": "<" * 2_000_000,
    "entities": "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a href='/feed/&a;'>x</a>",
    "an endless link": "<a href='/feed/'>" + "word " * 400_000,
}


@pytest.mark.alone
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_costs_little(name: str) -> None:
    started = time.process_time()
    assert len(found(HOSTILE[name])) <= MOST_FEEDS
    assert time.process_time() - started < 5


def test_a_directory_of_feeds_is_cut_short() -> None:
    page = "".join(declares("text/xml", f"/feed/{number}") for number in range(200))
    assert len(found(page)) == MOST_FEEDS


@given(st.binary(max_size=300), st.sampled_from(["", "text/html", "text/html; charset=latin-1", "x/y; charset=q"]))
@example(b"", "text/html")
@example(b"\xff\xfe<\x00a\x00", "text/html")
@example(b"<base href='http://['><a href='/feed/'>x</a>", "text/html")
def test_any_bytes_can_be_searched(page: bytes, content_type: str) -> None:
    for one in feeds_in(page, url=PAGE, content_type=content_type):
        assert canonical(one.url)


ATTRIBUTES = st.text(st.characters(exclude_characters="'", exclude_categories=["Cs"]), max_size=40)


@given(ATTRIBUTES, ATTRIBUTES)
def test_any_attribute_can_stand_in_a_declaration(href: str, title: str) -> None:
    page = f"<base href='{title}'><link rel=alternate type=text/xml href='{href}' title='{title}'>"
    for one in found(page):
        assert one.url.startswith(("http://", "https://"))
        assert not set(one.url) & {" ", "\n", "\x00", "#"}


def test_the_usual_places_are_those_of_the_site() -> None:
    places = usual_places("https://lantern.example/politics/today?x=1")
    assert len(places) == 7
    assert places[0] == FoundFeed(url="https://lantern.example/feed/", title="", kind=FeedKind.USUAL)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"", "text/html", True),
        (b"<p>x", "application/xhtml+xml", True),
        (b"\n<!-- x --><!DOCTYPE HTML>", "text/plain", True),
        (b"<html>", "", True),
        (b"<!---->" * 500 + b"<html>", "", True),
        (b"<!---->" * 500, "", False),
        (b"<?xml version='1.0'?><rss>", "application/rss+xml", False),
        (b'{"version": "x"}', "application/json", False),
    ],
)
def test_a_web_page_is_told_from_other_documents(body: bytes, content_type: str, expected: bool) -> None:
    assert is_page(body, content_type) is expected


def test_what_cannot_be_seen_in_an_address_is_escaped() -> None:
    page = '<link rel="alternate" type="application/rss+xml" href="/f\u202egpj\u009b2J\u200b.rss">'
    assert urls(page) == ["https://www.lantern.example/f%E2%80%AEgpj%C2%9B2J%E2%80%8B.rss"]

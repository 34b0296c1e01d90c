"""parse(): what each format has beyond title and link: dates, authors, pictures, sound and film."""

import json
import re
from datetime import UTC, datetime

import pytest

from digest.model.news import Entry, Kind, Medium
from tests.collect.feeds import parsed, rss

EVENING = datetime(2031, 5, 14, 17, tzinfo=UTC)
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def only(inside: str, *, more: str = "") -> Entry:
    """The entry of an RSS feed whose item holds this beside title and link."""
    body = f"""<rss version="2.0" {SPACES}><channel><title>Post</title>{more}<item><title>Reed quits</title>
    <link>https://post.example/1</link>{inside}</item></channel></rss>"""
    (entry,) = parsed(body).entries
    return entry


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_every_version_of_rss_is_read(version: str) -> None:
    body = rss("<item><title>Reed quits</title><link>https://post.example/1</link></item>").replace("2.0", version)
    assert [entry.url for entry in parsed(body).entries] == ["https://post.example/1"]


def test_the_netscape_rss_of_1999_is_read() -> None:
    body = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
    "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Post</title><item>
    <title>Reed quits</title><link>https://post.example/1</link></item></channel></rss>"""
    assert [entry.title for entry in parsed(body).entries] == ["Reed quits"]


def test_atom_0_3_is_read() -> None:
    body = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Post</title><entry><title>Reed quits</title>
    <link rel="alternate" type="text/html" href="https://post.example/1"/><id>tag:1</id>
    <issued>2031-05-14T17:00:00Z</issued><modified>2031-05-15T04:00:00Z</modified><author><name>Jo Dale</name></author>
    <summary type="text/html" mode="escaped">&lt;p&gt;He left.&lt;/p&gt;</summary></entry></feed>"""
    (entry,) = parsed(body).entries
    assert (entry.published, entry.author, entry.summary) == (EVENING, "Jo Dale", "He left.")


def test_cdf_is_read() -> None:
    body = """<channel href="https://post.example/"><title>Post</title>
    <item href="https://post.example/1" lastmod="2031-05-14T17:00:00Z"><title>Reed quits</title>
    <abstract>He left.</abstract></item></channel>"""
    (entry,) = parsed(body).entries
    assert (entry.url, entry.published, entry.summary) == ("https://post.example/1", EVENING, "He left.")


@pytest.mark.parametrize(
    "element",
    [
        "<pubDate>Wed, 14 May 2031 17:00:00 GMT</pubDate>",
        "<dc:date>2031-05-14T18:00:00+01:00</dc:date>",
        "<dcterms:issued>2031-05-14T17:00:00Z</dcterms:issued>",
        "<dcterms:modified>2031-05-14T17:00:00Z</dcterms:modified>",
        "<dcterms:created>2031-05-14T17:00:00Z</dcterms:created>",
    ],
)
def test_a_date_may_come_from_dublin_core_and_the_feeds_own_word_is_kept(element: str) -> None:
    entry = only(element)
    assert entry.published == EVENING
    assert entry.raw_date == re.sub(r"<.*?>", "", element)


def test_the_word_that_is_kept_is_that_of_the_date_used_else_the_first_that_was_refused() -> None:
    both = only("<pubDate>soon</pubDate><dc:date>2031-05-14T17:00:00Z</dc:date>")
    assert (both.raw_date, both.repairs) == ("2031-05-14T17:00:00Z", ("unreadable date: «soon»",))
    assert only("<pubDate>soon</pubDate><dc:date>sooner</dc:date>").raw_date == "soon"
    assert only("").raw_date == ""


@pytest.mark.parametrize(
    ("element", "author"),
    [
        ("<dc:creator>Jo Dale</dc:creator>", "Jo Dale"),
        ("<itunes:author>Jo Dale</itunes:author>", "Jo Dale"),
        ("<author>jo@post.example (Jo Dale)</author>", "Jo Dale"),
        (
            '<media:credit role="author">Jo Dale</media:credit><media:credit role="photographer">X</media:credit>',
            "Jo Dale",
        ),
        ('<media:credit role="photographer">Ann Lee</media:credit>', ""),
        ("<author>jo@post.example</author>", ""),
    ],
)
def test_an_author_may_come_from_dublin_core_itunes_or_media_rss(element: str, author: str) -> None:
    assert only(element).author == author


@pytest.mark.parametrize(
    ("element", "picture"),
    [
        ('<media:thumbnail url="/t.jpg" width="240"/>', "https://post.example/t.jpg"),
        ('<media:content url="https://cdn.example/p.jpg" medium="image"/>', "https://cdn.example/p.jpg"),
        (
            '<media:content url="/small.jpg" medium="image" width="140"/><media:content url="/large.jpg" width="700"/>',
            "https://post.example/large.jpg",
        ),
        (
            '<media:group><media:content url="/film.mp4"/><media:thumbnail url="/t.png"/></media:group>',
            "https://post.example/t.png",
        ),
        ('<enclosure url="/p.webp" type="image/webp" length="1"/>', "https://post.example/p.webp"),
        ('<itunes:image href="/cover.png"/>', "https://post.example/cover.png"),
        ('<media:content url="data:image/png;base64,x" medium="image"/>', ""),
        ('<media:thumbnail url="https://track.example/p.gif" width="1"/>', ""),
        ('<media:content url="/page.html" medium="document"/>', ""),
        ("<media:thumbnail>https://post.example/inside.jpg</media:thumbnail>", "https://post.example/inside.jpg"),
    ],
)
def test_a_picture_is_an_absolute_address_or_nothing(element: str, picture: str) -> None:
    assert only(element).picture == picture


@pytest.mark.parametrize(
    ("element", "medium"),
    [
        ('<enclosure url="/1.mp3" type="audio/mpeg" length="1"/>', Medium.AUDIO),
        ('<enclosure url="/1.mp4" type="video/mp4" length="1"/>', Medium.VIDEO),
        ('<enclosure url="/1.jpg" type="image/jpeg" length="1"/>', Medium.TEXT),
        ("<itunes:duration>12:30</itunes:duration>", Medium.AUDIO),
        ("<itunes:author>Jo Dale</itunes:author>", Medium.TEXT),
        ('<media:content url="/1.mp4" type="video/mp4"/>', Medium.TEXT),
    ],
)
def test_sound_and_film_are_told_by_enclosures_and_the_marks_of_a_podcast(element: str, medium: Medium) -> None:
    assert only(element).medium is medium


def test_an_episode_is_analysis_at_the_least() -> None:
    sound = '<enclosure url="/1.mp3" type="audio/mpeg" length="1"/>'
    assert only(sound).kind is Kind.ANALYSIS
    assert only(f"{sound}<category>Opinion</category>").kind is Kind.COMMENT
    assert only('<enclosure url="/1.mp4" type="video/mp4" length="1"/>').kind is Kind.NEWS


def test_json_feed_has_pictures_and_attachments() -> None:
    items = [
        {"id": "1", "url": "/1", "title": "One", "image": "/one.jpg", "banner_image": "/wide.jpg"},
        {"id": "2", "url": "/2", "title": "Two", "banner_image": "/wide.jpg", "attachments": [5, {"url": "/2.mp3"}]},
        {"id": "3", "url": "/3", "title": "Three", "attachments": [{"url": "/3", "mime_type": "Video/MP4"}]},
        {"id": True, "url": "/4", "title": "Four", "attachments": "none"},
    ]
    entries = parsed(json.dumps({"version": "1", "items": items})).entries
    assert [entry.picture.rpartition("/")[2] for entry in entries] == ["one.jpg", "wide.jpg", "", ""]
    assert [entry.medium for entry in entries] == [Medium.TEXT, Medium.AUDIO, Medium.VIDEO, Medium.TEXT]
    assert entries[3].guid == ""


def test_json_may_lie_about_its_encoding_or_be_utf_16() -> None:
    items = [{"id": "1", "url": "/1", "title": "Café"}]
    text = json.dumps({"version": "1", "items": items}, ensure_ascii=False)
    assert parsed(text, content_type="application/json; charset=latin-1").entries[0].title == "Café"
    assert parsed(text.encode("utf-16-le"), content_type="application/json").entries[0].title == "Café"
    latin = parsed(text.encode("latin-1"), content_type="application/json; charset=latin-1")
    assert latin.entries[0].title == "Café"
    damaged = parsed(
        text.replace("Café", "Café à la crème X").encode().replace(b"X", b"\xff"), content_type="application/json"
    )
    assert damaged.problems == ("characters that are not valid UTF-8: 1",)


def test_relative_addresses_are_relative_to_the_nearest_base() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:base="/news/">
    <title>Post</title><entry xml:base="may/"><id>tag:1</id><title>One</title><link href="1"/>
    <media:thumbnail url="1.jpg"/></entry>
    <entry xml:base="https://other.example/"><id>2</id><title>Two</title><link xml:base="deep/" href="2"/></entry>
    <entry xml:base="javascript:x"><id>3</id><title>Three</title><link href="3"/></entry></feed>"""
    feed = parsed(body)
    assert [entry.url for entry in feed.entries] == [
        "https://post.example/news/may/1",
        "https://other.example/deep/2",
        "https://post.example/news/3",
    ]
    assert feed.entries[0].picture == "https://post.example/news/may/1.jpg"
    assert [entry.guid for entry in feed.entries] == ["tag:1", "2", "3"]


@pytest.mark.parametrize("text", ["<p>He left.</p>", f"<p>He left.</p>{'<!-- x -->' * 40}"])
def test_a_text_short_or_long_comes_whole_from_description_content_or_xhtml(text: str) -> None:
    escaped = text.replace("<", "&lt;")
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    assert only(f"<description>{escaped}</description>").summary == "He left."
    assert only(f"<content:encoded {content}>{escaped}</content:encoded>").summary == "He left."
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id><title>Reed</title>
    <link href="https://post.example/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{text}</div>
    </content></entry></feed>"""
    assert parsed(atom).entries[0].summary == "He left."


def test_garbled_text_is_mended_and_named_and_what_is_lost_is_named_too() -> None:
    entry = only("<description>Itâ€™s over.</description><author>JosÃ© Lee \ufffd</author>")
    assert (entry.summary, entry.author) == ("It’s over.", "José Lee \ufffd")
    assert entry.repairs[:2] == ("wrong encoding repaired: summary, author", "wrong encoding left as it is: author")


def test_an_odd_feed_gives_lists_where_text_belongs_and_does_no_harm() -> None:
    entry = only("<image><url>x</url></image><media:credit/><source>Post</source><media:thumbnail/>")
    assert (entry.picture, entry.author) == ("", "")

"""parse(): documents of every sort -> entries and problems."""

import base64
import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.entry import LONGEST_TITLE
from digest.collect.parse import MOST_PROBLEMS, ParseTask, parse
from digest.collect.raw import MOST_ENTRIES
from digest.errors import FeedUnreadable
from digest.model.news import Kind, SourceKind
from tests.collect.feeds import NOW, document, item, parsed, rss, source

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/base/"><title>Post</title>
<entry><id>tag:1</id><title type="html">Reed &lt;b&gt;quits&lt;/b&gt;</title>
<link rel="enclosure" href="a.mp3"/><link rel="alternate" href="one?utm_source=x"/>
<published>2031-05-14T17:00:00Z</published><author><name>Jo Dale</name></author><author><name>Ann Lee</name></author>
<content type="html">&lt;p&gt;He left.&lt;/p&gt;&lt;p&gt;She stayed.&lt;/p&gt;</content>
<category term="Comment"/></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Post</title></channel>
<item rdf:about="https://post.example/1"><title>Reed quits</title><link>https://post.example/1</link>
<dc:date>2031-05-14T17:00:00Z</dc:date><dc:creator>Jo Dale</dc:creator></item></rdf:RDF>"""

GOOGLE = "https://news.google.com/rss/articles/CBM1?oc=5"


def test_rss_gives_entries_with_plain_text_and_canonical_addresses() -> None:
    feed = parsed(
        rss(
            item(
                "Reed &amp; Lowe quit - The Wensley Post",
                "https://post.example/1?utm_source=rss#top",
                description=escape("<p>He left.</p><script>x()</script><p>She stayed. DONATE HERE</p>"),
                author="jo@post.example (Jo Dale)",
                guid="g-1",
                pubDate="Wed, 14 May 2031 18:00:00 BST",
            )
        )
    )
    (entry,) = feed.entries
    assert (feed.source_id, feed.title, feed.problems) == ("post", "Post & more", ())
    assert (entry.title, entry.url, entry.guid) == ("Reed & Lowe quit", "https://post.example/1", "g-1")
    assert (entry.summary, entry.author, entry.publisher) == ("He left. She stayed.", "Jo Dale", "The Wensley Post")
    assert (entry.published, entry.position) == (datetime(2031, 5, 14, 17, tzinfo=UTC), 0)
    assert entry.repairs == ("boilerplate removed: 1",)


def test_atom_gives_its_alternate_link_resolved_against_its_base() -> None:
    (entry,) = parsed(ATOM, content_type="application/atom+xml").entries
    assert (entry.title, entry.url) == ("Reed quits", "https://post.example/base/one")
    assert (entry.summary, entry.author, entry.kind) == ("He left. She stayed.", "Jo Dale, Ann Lee", Kind.COMMENT)


def test_rdf_gives_its_dublin_core() -> None:
    (entry,) = parsed(RDF).entries
    assert (entry.title, entry.author, entry.published) == (
        "Reed quits",
        "Jo Dale",
        datetime(2031, 5, 14, 17, tzinfo=UTC),
    )


def test_json_feed_is_known_by_its_type_or_its_first_byte() -> None:
    items = [
        {"id": 7, "url": "/1", "title": "Reed quits", "content_html": "<p>He left.</p>", "tags": ["Opinion", 3]},
        {"id": "https://post.example/2", "title": "Lowe stays", "summary": "S.", "author": {"name": "Jo Dale"}},
        {"id": "3", "external_url": "https://post.example/3", "title": "Third", "authors": [{"name": "Ann Lee"}, 5]},
        {"id": None, "url": 5, "title": "No link at all", "tags": "x"},
        "not an object",
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items})
    for content_type in ("application/feed+json", "text/plain"):
        feed = parsed(body, content_type=content_type)
        assert [entry.url[-2:] for entry in feed.entries] == ["/1", "/2", "/3"]
        assert [entry.author for entry in feed.entries] == ["", "Jo Dale", "Ann Lee"]
        assert (feed.entries[0].guid, feed.entries[0].kind) == ("7", Kind.COMMENT)
        assert feed.entries[0].repairs == ("no date",)
        assert feed.problems == ("items that are not objects left out: 1", "no usable link: entry 4 («No link at all»)")


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        ("", "text/xml", "the answer is empty"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", "text/html", "a web page (HTML) was served"),
        ("  <!-- x --><HTML><p>moved", "application/rss+xml", "a web page (HTML) was served"),
        ("Service unavailable", "text/plain", "neither RSS nor Atom nor JSON Feed"),
        ("<note>hello</note>", "text/xml", "neither RSS nor Atom nor JSON Feed."),
        ('{"version": ', "application/json", "not valid JSON"),
        ("[" * 100_000, "application/json", "not valid JSON"),
        (b'{"items": "\xff"}', "application/json", "not valid JSON"),
        ('{"status": "ok"}', "application/json", "not a JSON Feed"),
        ("[1, 2]", "text/plain", "not a JSON Feed"),
    ],
)
def test_a_document_that_is_no_feed_says_what_it_is_and_how_to_mend_it(
    body: str | bytes, content_type: str, said: str
) -> None:
    with pytest.raises(FeedUnreadable) as caught:
        parsed(body, content_type=content_type)
    assert said in str(caught.value)
    assert "post (https://post.example/feed)" in str(caught.value)
    assert "Mend:" in str(caught.value)


def test_a_malformed_feed_gives_what_can_be_saved_and_says_so() -> None:
    feed = parsed(rss(item(), "<item><title>Lowe & Moss</title><link>https://post.example/2</link>"))
    assert [entry.title for entry in feed.entries] == ["Reed quits the cabinet", "Lowe & Moss"]
    assert feed.problems[0].startswith("malformed, read as far as possible")


def test_an_empty_feed_is_a_feed() -> None:
    assert parsed(rss()).entries == ()
    assert parsed(rss()).problems == ()


def test_an_entry_without_title_or_link_is_dropped_and_named() -> None:
    feed = parsed(
        rss(
            item(),
            item("No link", ""),
            item("", "https://post.example/3"),
            item("Bad link", "javascript:a()"),
            item("", ""),
        )
    )
    assert [entry.title for entry in feed.entries] == ["Reed quits the cabinet"]
    assert feed.problems == (
        "no usable link: entry 2 («No link»)",
        "no usable title: entry 3 («https://post.example/3»)",
        "no usable link: entry 4 («Bad link»)",
        "no usable title: entry 5 (without title, link and guid)",
    )


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link() -> None:
    (entry,) = parsed(rss(item(link="", guid="https://post.example/9"))).entries
    assert entry.url == "https://post.example/9"


def test_a_guid_names_an_entry_that_has_nothing_else() -> None:
    (problem,) = parsed(rss(item("", "", guid="g-9"))).problems
    assert "«g-9»" in problem


def test_a_podcast_without_a_page_links_to_its_sound() -> None:
    sound = '<item><title>Episode</title><enclosure url="https://post.example/1.mp3" type="audio/mpeg"/></item>'
    assert parsed(rss(sound)).entries[0].url == "https://post.example/1.mp3"


def test_utf_8_is_believed_before_any_declaration_and_damage_is_a_problem() -> None:
    lying = rss(item("Café’s £5"), head='<?xml version="1.0" encoding="iso-8859-1"?>').encode()
    assert parsed(lying, content_type="text/xml; charset=latin-1").entries[0].title == "Café’s £5"
    honest = rss(item("Café’s £5"), head='<?xml version="1.0" encoding="windows-1252"?>').encode("windows-1252")
    assert parsed(honest).entries[0].title == "Café’s £5"
    damaged = rss(item("Café’s £5 X")).encode().replace(b"X", b"\xff")
    assert parsed(damaged).problems == ("characters that are not valid UTF-8: 1",)


def test_a_feed_whose_server_names_another_type_is_not_a_problem() -> None:
    assert parsed(rss(item()), content_type="text/plain").problems == ()


def test_what_stops_a_strict_parser_is_cut_and_named() -> None:
    feed = parsed("\n \n" + rss(item("Reed\x0b quits\x08")))
    assert feed.problems == ("blank lines before the feed cut: 3 bytes", "control characters cut: 2")
    assert feed.entries[0].title == "Reed quits"
    assert parsed("\n" + rss(item(), head="")).problems == ()


def test_an_encoding_that_is_neither_utf_8_nor_declared_is_guessed_and_named() -> None:
    text = rss(item("Жители города встретили министра"), head="<?xml version='1.0' encoding='utf-8'?>")
    feed = parsed(text.encode("windows-1251"))
    assert feed.problems[0].startswith("encoding guessed: document declared as utf-8, but parsed as ")


def test_an_element_that_feedparser_fails_on_is_named() -> None:
    odd = "<item><title>Reed</title><g:pos xmlns:g='http://www.opengis.net/gml'>1</g:pos><link>/1</link></item>"
    assert parsed(rss(odd)).problems == ("elements skipped: gml:pos",)


def test_a_web_page_behind_many_comments_is_known_at_once() -> None:
    with pytest.raises(FeedUnreadable, match="neither RSS nor Atom"):
        parsed("<!-- x -->\n" * 60 + "<p>")


def test_entity_bombs_and_file_reads_come_to_nothing() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    feed = parsed(
        rss(item("Safe"), item("A"), "<item><title>&f;&a;</title><link>https://post.example/x</link></item>", head=head)
    )
    assert "entity declarations left out: 2" in feed.problems
    assert not any("root:" in entry.title or "lol" in entry.title for entry in feed.entries)


def test_dates_that_cannot_be_believed_are_named_and_the_next_one_is_tried() -> None:
    (entry,) = parsed(rss(item(pubDate="Fri, 16 May 2031 09:00:00 GMT"))).entries
    assert (entry.published, entry.repairs) == (None, ("date in the future: 2031-05-16 09:00",))
    atom = ATOM.replace("<published>2031-05-14", "<updated>2031-05-14T16:00:00Z</updated><published>2999-05-14")
    (second,) = parsed(atom).entries
    assert second.published == datetime(2031, 5, 14, 16, tzinfo=UTC)
    assert second.repairs == ("date in the future: 2999-05-14 17:00",)


def test_google_news_names_the_publisher_behind_the_last_dash() -> None:
    google = source("Google News", kind=SourceKind.AGGREGATOR)
    titles = [
        "Reed quits - Bloomberg.com",
        "Reed quits - The Dale Gazette",
        "Reed has nowhere to go | Jo Dale - The Guardian",
    ]
    feed = parsed(
        rss(*(item(title, GOOGLE, description=f"&lt;a&gt;{title}&lt;/a&gt; x") for title in titles)), by=google
    )
    assert [entry.publisher for entry in feed.entries] == ["Bloomberg", "The Dale Gazette", "The Guardian"]
    assert [entry.title for entry in feed.entries] == ["Reed quits", "Reed quits", "Reed has nowhere to go"]
    assert [entry.author for entry in feed.entries] == ["", "", "Jo Dale"]
    assert feed.entries[2].kind is Kind.COMMENT
    assert all(entry.summary == "" for entry in feed.entries)
    assert feed.entries[0].url == "https://news.google.com/rss/articles/CBM1"


def test_an_aggregator_s_source_element_names_the_publisher_where_the_title_does_not() -> None:
    google = source("Google News", kind=SourceKind.AGGREGATOR)
    feed = parsed(
        rss(
            item("Reed quits", GOOGLE, source="The Guardian"),
            item("Reed quits - but why", GOOGLE),
            item("R - Post", GOOGLE),
        ),
        by=google,
    )
    assert [entry.publisher for entry in feed.entries] == ["The Guardian", "Google News", "Post"]


def test_the_owner_of_the_address_speaks_where_an_aggregator_names_nobody() -> None:
    alerts = source("Google Alerts", kind=SourceKind.AGGREGATOR)
    link = "https://www.google.com/url?rct=j&url=https://www.theguardian.com/politics/1"
    (entry,) = parsed(rss(item("Reed quits", link)), by=alerts).entries
    assert (entry.publisher, entry.url) == ("The Guardian", "https://www.theguardian.com/politics/1")


def test_an_aggregators_entry_that_names_its_target_leads_there() -> None:
    description = escape('<a href="https://www.theguardian.com/politics/1">Reed quits</a> The Guardian')
    (entry,) = parsed(rss(item("Reed quits - The Guardian", GOOGLE, description=description))).entries
    assert (entry.url, entry.publisher) == ("https://www.theguardian.com/politics/1", "The Wensley Post")
    assert entry.repairs[0].startswith("aggregator’s link replaced: https://news.google.com/")


def test_a_publisher_s_own_search_feed_keeps_the_name_the_config_gives_it() -> None:
    times = source("Times", source_id="times")
    feed = parsed(
        rss(item("Reed quits - The Times", GOOGLE), item("Reed quits", GOOGLE, source="thetimes.com")), by=times
    )
    assert [(entry.title, entry.publisher) for entry in feed.entries] == [
        ("Reed quits", "Times"),
        ("Reed quits", "Times"),
    ]


def test_a_summary_that_only_repeats_the_headline_is_none() -> None:
    assert parsed(rss(item("Reed quits", description="Reed quits."))).entries[0].summary == ""


def test_an_author_that_is_the_publisher_or_an_address_is_none() -> None:
    names = ["The Wensley Post", "desk@post.example", "By Jo Dale"]
    entries = parsed(rss(*(item(author=name) for name in names))).entries
    assert [entry.author for entry in entries] == ["", "", "Jo Dale"]


def test_an_endless_title_is_cut_between_words_and_says_so() -> None:
    (entry,) = parsed(rss(item("word " * 200))).entries
    assert len(entry.title) <= LONGEST_TITLE + 1
    assert entry.title.endswith("word…")
    assert f"title cut: 999 characters to {LONGEST_TITLE}" in entry.repairs


def test_only_the_first_entries_of_an_endless_feed_are_read_and_problems_are_counted() -> None:
    feed = parsed(
        rss(*(item(f"Item {n}", "" if n < 30 else f"https://post.example/{n}") for n in range(MOST_ENTRIES + 1)))
    )
    assert len(feed.entries) == MOST_ENTRIES - 30
    assert len(feed.problems) == MOST_PROBLEMS + 1
    assert feed.problems[-1] == "further problems: 11"


def test_a_task_and_its_result_can_be_pickled() -> None:
    task = ParseTask(document=document(rss(item())), source=source(), now=NOW)
    assert pickle.loads(pickle.dumps(parse(pickle.loads(pickle.dumps(task))))) == parse(task)


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: rss(item(text, text, description=text)).encode())
)
def test_any_bytes_give_a_feed_or_feed_unreadable(body: bytes) -> None:
    try:
        feed = parsed(body)
    except FeedUnreadable:
        return
    assert all(entry.title and entry.url for entry in feed.entries)


@pytest.mark.shared
def test_every_shared_feed_is_read_or_refused_with_a_reason(shared: Path) -> None:
    outcomes = {}
    for path in sorted((shared / "data" / "feeds").iterdir()):
        try:
            outcomes[path.name] = len(parsed(path.read_bytes(), content_type="").entries)
        except FeedUnreadable:
            outcomes[path.name] = -1
    assert len(outcomes) > 60
    assert sum(count > 0 for count in outcomes.values()) >= 46
    assert outcomes["simple-feed-parser__bbc.xml"] == 33


@pytest.mark.shared
@pytest.mark.parametrize(
    "corpus", ["feedparser_wellformed", "feedparser_illformed", "feedparser_encoding", "own_feeds", "patt_xxe"]
)
def test_every_hostile_feed_body_is_read_or_refused(shared: Path, corpus: str) -> None:
    lines = (shared / "data" / "corpora" / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        try:
            feed = parsed(_body(json.loads(line)))
        except FeedUnreadable:
            continue
        assert not any("root:" in entry.title + entry.summary for entry in feed.entries)


def _body(row: dict[str, str]) -> bytes:
    return base64.b64decode(row["b64"]) if "b64" in row else row["text"].encode("utf-8", "surrogatepass")


def test_an_aggregators_title_that_names_its_publisher_twice_loses_both_names() -> None:
    google = source("Google News", kind=SourceKind.AGGREGATOR)
    (entry,) = parsed(rss(item("Storm ahead | ITV News - ITVX", GOOGLE)), by=google).entries
    assert (entry.title, entry.publisher) == ("Storm ahead", "ITV News")


@pytest.mark.parametrize("link", [GOOGLE, "https://feeds.feedburner.com/~r/post/1", "https://flipboard.com/x"])
def test_only_an_aggregator_s_feed_speaks_for_others_whoever_it_links_through(link: str) -> None:
    named = item("Reed to go tonight - The Guardian", link, source="The Guardian")
    (entry,) = parsed(rss(named)).entries
    assert (entry.publisher, entry.title, entry.own) == ("The Wensley Post", "Reed to go tonight - The Guardian", True)
    (entry,) = parsed(rss(item("Who won the debate? - Andy Burnham", link))).entries
    assert (entry.publisher, entry.title) == ("The Wensley Post", "Who won the debate? - Andy Burnham")


def test_a_label_of_kind_makes_the_kind_and_leaves_the_headline() -> None:
    (entry,) = parsed(rss(item("Analysis: What the levy means for the north", "https://post.example/a"))).entries
    assert (entry.title, entry.kind) == ("What the levy means for the north", Kind.ANALYSIS)


def test_a_publishers_own_feed_may_name_it_twice_as_well() -> None:
    (entry,) = parsed(rss(item("Storm ahead? | ITV News - ITVX")), by=source("ITV News")).entries
    assert entry.title == "Storm ahead?"

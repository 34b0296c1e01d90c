"""What must hold of whatever `parse` makes of any bytes at all."""

import html
import pickle
import unicodedata
from datetime import UTC, datetime

import nh3

from digest.collect.address import LONGEST, canonical
from digest.collect.entry import LONGEST_AUTHOR, LONGEST_GUID, LONGEST_RAW_DATE, LONGEST_SUMMARY, LONGEST_TITLE
from digest.collect.excerpt import WORDS
from digest.collect.parse import MOST_PROBLEMS, ParseTask, parse
from digest.collect.raw import MOST_ENTRIES
from digest.errors import FeedUnreadable
from digest.model.feed import Document, ParsedFeed
from digest.model.news import Entry, Source, SourceKind

NOW = datetime(2031, 5, 15, 5, 30, tzinfo=UTC)
URL = "https://post.example/feeds/all.xml"
JOINERS = frozenset("\u200c\u200d")
"""Format characters that stay: Persian and emoji need them."""

LONGEST_REPAIR = 300


def hold(body: bytes, *, content_type: str = "", kind: SourceKind = SourceKind.NATIONAL) -> ParsedFeed | None:
    """Parse the document and check every law; None where it was refused as unreadable, which is an answer too."""
    source = Source(id="post", name="The Wensley Post", url=URL, publisher="The Wensley Post", kind=kind)
    document = Document(
        source_id="post",
        asked=URL,
        url=URL,
        status=200,
        body=body,
        content_type=content_type,
        etag="",
        last_modified="",
        seconds=0.0,
    )
    try:
        feed = parse(ParseTask(document=document, source=source, now=NOW))
    except FeedUnreadable as refusal:
        str(refusal).encode("utf-8", "strict")
        return None
    assert len(feed.entries) <= MOST_ENTRIES
    assert len(feed.problems) <= MOST_PROBLEMS + 1
    for text in (feed.title, *feed.problems):
        _is_plain(text)
    for entry in feed.entries:
        _is_sound(entry)
    assert pickle.loads(pickle.dumps(feed)) == feed
    return feed


def _is_sound(entry: Entry) -> None:
    """One entry."""
    assert entry.title
    for text in (entry.title, entry.summary, entry.author, entry.publisher, entry.guid, entry.raw_date, *entry.repairs):
        _is_plain(text)
    assert len(entry.title) <= LONGEST_TITLE + 1
    assert len(entry.summary) <= LONGEST_SUMMARY + 1
    assert len(entry.summary.split()) <= WORDS
    assert len(entry.author) <= max(LONGEST_AUTHOR, LONGEST_TITLE)
    assert len(entry.guid) <= LONGEST_GUID
    assert len(entry.raw_date) <= LONGEST_RAW_DATE
    assert all(len(repair) <= LONGEST_REPAIR for repair in entry.repairs)
    assert entry.url
    for url in (entry.url, entry.picture):
        assert canonical(url) == url
        assert url.isascii()
        assert url.isprintable()
        assert len(url) <= LONGEST
        assert url == "" or url.startswith(("http://", "https://"))
    assert entry.published is None or (entry.published.tzinfo is UTC and 1990 <= entry.published.year <= NOW.year)
    assert (entry.published is None) <= any("date" in repair for repair in entry.repairs)


def _is_plain(text: str) -> None:
    """One line of text that a reader sees as it is: no tag, no entity, no control, nothing that turns it round."""
    assert text == " ".join(text.split())
    assert html.unescape(nh3.clean(text, tags=set())) == text
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"}]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") - JOINERS
    assert text.encode("utf-8", "strict") or not text

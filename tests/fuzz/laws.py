"""What must hold of whatever `parse` makes of any bytes at all."""

import html
import pickle
import unicodedata
from datetime import UTC, datetime, timedelta

import nh3

from digest.collect.address import LONGEST, canonical
from digest.collect.dates import EARLIEST, FUTURE_ALLOWED
from digest.collect.entry import LONGEST_AUTHOR, LONGEST_GUID, LONGEST_RAW_DATE, LONGEST_SUMMARY, LONGEST_TITLE
from digest.collect.excerpt import WORDS
from digest.collect.identity import merge
from digest.collect.parse import LONGEST_PROBLEM, MOST_PROBLEMS, ParseTask, parse
from digest.collect.raw import MOST_ENTRIES
from digest.errors import FeedUnreadable
from digest.model.feed import Document, ParsedFeed
from digest.model.news import Entry, Kind, Medium, Source, SourceKind
from digest.text.clean import plain

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
    task = ParseTask(document=document, source=source, now=NOW)
    try:
        feed = parse(task)
    except FeedUnreadable as refusal:
        str(refusal).encode("utf-8", "strict")
        return None
    assert len(feed.entries) <= MOST_ENTRIES
    assert len(feed.problems) <= MOST_PROBLEMS + 1
    assert all(len(problem) <= LONGEST_PROBLEM for problem in feed.problems)
    for text in (feed.title, *feed.problems):
        _is_plain(text)
    for entry in feed.entries:
        _is_sound(entry)
    positions = [entry.position for entry in feed.entries]
    assert positions == sorted(set(positions) & set(range(MOST_ENTRIES)))
    assert parse(task) == feed == pickle.loads(pickle.dumps(feed))
    _is_told_once(feed)
    return feed


def _is_told_once(feed: ParsedFeed) -> None:
    """The same document an hour later is nothing new: no item more, none less, none edited, no id changed."""
    items = merge((), (feed,), now=NOW).changed
    again = merge(items, (feed,), now=NOW + timedelta(hours=1))
    assert (again.new_ids, again.changed, again.absorbed, again.edits) == (frozenset(), (), (), ())
    assert [item.id for item in again.seen_again] == [item.id for item in items]
    assert len({item.id for item in items}) == len(items) <= len(feed.entries)


def _is_sound(entry: Entry) -> None:
    """One entry."""
    assert entry.source_id == "post"
    assert entry.title
    assert entry.publisher
    assert isinstance(entry.kind, Kind)
    assert isinstance(entry.medium, Medium)
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
    if entry.published:
        assert entry.published.tzinfo is UTC
        assert EARLIEST <= entry.published <= NOW + FUTURE_ALLOWED
        assert entry.raw_date
    assert (entry.published is None) <= any("date" in repair for repair in entry.repairs)


def _is_plain(text: str) -> None:
    """One line of text that a reader sees as it is: no tag, no entity, no control, nothing that turns it round."""
    assert text == " ".join(text.split()) == plain(text)
    assert html.unescape(nh3.clean(text, tags=set())) == text
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"}]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") - JOINERS
    assert text.encode("utf-8", "strict") or not text

"""Builders: feeds in every format, sources, entries and items."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from digest.collect.address import is_aggregator
from digest.collect.parse import ParseTask, parse
from digest.model.feed import Document, ParsedFeed
from digest.model.news import Entry, Kind, Source, SourceKind

NOW = datetime(2031, 5, 15, 5, 30, tzinfo=UTC)
YESTERDAY = datetime(2031, 5, 14, 17, 0, tzinfo=UTC)


def source(
    name: str = "The Wensley Post", *, kind: SourceKind = SourceKind.NATIONAL, source_id: str = "post"
) -> Source:
    return Source(id=source_id, name=name, url="https://post.example/feed", publisher=name, kind=kind)


def document(body: bytes | str, *, content_type: str = "application/rss+xml") -> Document:
    raw = body if isinstance(body, bytes) else body.encode()
    return Document(
        source_id="post",
        asked="https://post.example/feed",
        url="https://post.example/feed",
        status=200,
        body=raw,
        content_type=content_type,
        etag="",
        last_modified="",
        seconds=0.0,
    )


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Post &amp; more</title>{"".join(items)}</channel></rss>'


def item(title: str = "Reed quits the cabinet", link: str = "https://post.example/1", **more: str) -> str:
    elements = {"title": escape(title), "link": escape(link), **more}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in elements.items() if value) + "</item>"


def parsed(body: bytes | str, *, by: Source | None = None, content_type: str = "application/rss+xml") -> ParsedFeed:
    return parse(ParseTask(document=document(body, content_type=content_type), source=by or source(), now=NOW))


def entry(
    title: str = "Reed quits the cabinet over the tram",
    url: str = "https://post.example/1",
    *,
    source_id: str = "post",
    publisher: str = "The Wensley Post",
    guid: str = "",
    published: datetime | None = YESTERDAY,
    summary: str = "",
    author: str = "",
    kind: Kind = Kind.NEWS,
    position: int = 0,
) -> Entry:
    return Entry(
        source_id=source_id,
        publisher=publisher,
        guid=guid,
        url=url,
        title=title,
        summary=summary,
        author=author,
        published=published,
        kind=kind,
        position=position,
        own=not is_aggregator(url),
    )


def feed(*entries: Entry, source_id: str = "post") -> ParsedFeed:
    return ParsedFeed(source_id=source_id, title="", entries=entries)

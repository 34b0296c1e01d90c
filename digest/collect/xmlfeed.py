"""RSS, RDF or Atom bytes -> a raw feed, by feedparser."""

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from digest.collect.encoding import settle
from digest.collect.raw import RawDate, RawEntry, RawFeed
from digest.errors import FeedUnreadable
from digest.model.feed import Document

ENTITY = re.compile(rb"<!ENTITY[^>]*>", re.IGNORECASE)
"""Declarations of entities: no feed needs one, and bombs and file reads are built of them (XXE, «billion laughs»)."""

WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)
RSS_AUTHOR = re.compile(r"[^\s@]+@[^\s@]+(?:\s+\((.*)\))?")
HARMLESS = (feedparser.NonXMLContentType,)
"""What feedparser calls ill-formed and hardly a feed can help: its server names another content type."""


def read(document: Document) -> RawFeed:
    """Parse a document. A malformed one gives what could be salvaged and a problem.

    Raises:
        FeedUnreadable: when there is nothing in it that is a feed.
    """
    encoded = settle(document.body, document.content_type)
    body, entities = ENTITY.subn(b"", encoded.body)
    content_type = f"application/xml; charset={encoded.encoding}" if encoded.encoding else document.content_type
    result = _parse(body, document, content_type)
    if not result.entries and not result.get("version"):
        raise _unreadable(document, result)
    problems = [encoded.problem] if encoded.problem else []
    if entities:
        problems.append(f"{entities} entity declarations left out")
    if result.bozo and not isinstance(result.bozo_exception, HARMLESS):
        problems.append(f"malformed, read as far as possible: {result.bozo_exception}")
    entries = tuple(_entry(entry, document.url) for entry in result.entries)
    return RawFeed(title=_text(result.feed, "title"), entries=entries, problems=tuple(problems))


def _parse(body: bytes, document: Document, content_type: str) -> Any:
    """Run feedparser on bytes alone: a string or a name would make it open files and addresses."""
    try:
        return feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a parser of broken input may raise; the cause is kept
        raise FeedUnreadable(
            f"{document.source_id} ({document.url}): the parser failed on it, {type(error).__name__}: {error}.",
            mend="Check the feed with a validator such as validator.w3.org/feed, or take the source out.",
        ) from error


def _unreadable(document: Document, result: Any) -> FeedUnreadable:
    """Say what was served instead of a feed."""
    name = f"{document.source_id} ({document.url})"
    if not document.body.strip():
        return FeedUnreadable(f"{name}: the answer is empty.", mend="Open the address in a browser; it may have moved.")
    if WEB_PAGE.match(document.body[:4096]):
        return FeedUnreadable(
            f"{name}: a web page (HTML) was served instead of a feed.",
            mend="Open the address in a browser and look for its RSS link; it may ask for a login or have moved.",
        )
    why = f" ({result.bozo_exception})" if result.bozo else ""
    return FeedUnreadable(
        f"{name}: {len(document.body)} bytes that are neither RSS nor Atom nor JSON Feed{why}.",
        mend="Check that the address is that of a feed.",
    )


def _entry(entry: Mapping[str, Any], url: str) -> RawEntry:
    """Take over one entry; a guid that is an address is the last choice of a link."""
    guid, link = _text(entry, "id"), _text(entry, "link")
    main = link if link != guid else ""  # feedparser makes a link of any guid, RSS 2.0 only of one that is an address
    links = (_text(entry, "feedburner_origlink"), main, *_alternates(entry), _as_link(guid))
    dates = (
        (_text(entry, key), entry.get(f"{key}_parsed"))
        for key in ("published", "updated", "created")
        if key in _keys(entry)
    )
    return RawEntry(
        guid=guid,
        title=_text(entry, "title"),
        links=tuple(link for link in links if link.strip()),
        base=url,
        summary=_text(entry, "summary") or _content(entry),
        author=_author(entry),
        dates=tuple(RawDate(text=text, parsed=tuple(parsed) if parsed else None) for text, parsed in dates),
        categories=tuple(_text(tag, "term") for tag in entry.get("tags") or ()),
        publisher=_text(entry.get("source") or {}, "title"),
    )


def _keys(entry: Mapping[str, Any]) -> set[str]:
    """The keys that are really there: asking feedparser for a missing «updated» gives «published» and a warning."""
    return set(entry.keys())


def _text(mapping: Mapping[str, Any], key: str) -> str:
    """A value as text; feedparser gives None, and now and then a list, where a feed was odd."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _alternates(entry: Mapping[str, Any]) -> list[str]:
    """Links of an entry that has no main one: its other alternates, then a podcast's enclosure."""
    links = entry.get("links") or []
    wanted = [link for rel in ("alternate", "enclosure") for link in links if link.get("rel") == rel]
    return [_text(link, "href") for link in wanted]


def _as_link(guid: str) -> str:
    """The guid itself if it is an address."""
    return guid if guid.startswith(("http://", "https://")) else ""


def _content(entry: Mapping[str, Any]) -> str:
    """The first body text of an entry that has no summary."""
    return next((_text(content, "value") for content in entry.get("content") or ()), "")


def _author(entry: Mapping[str, Any]) -> str:
    """The author's name without the mail address that RSS 2.0 asks for: «jo@post.example (Jo Dale)» is Jo Dale."""
    whole = _text(entry, "author")
    mailed = RSS_AUTHOR.fullmatch(whole.strip())
    if mailed:
        return mailed[1] or ""
    named = [_text(author, "name") for author in entry.get("authors") or ()]
    return ", ".join(name for name in named if name) or whole

"""RSS, RDF, Atom or CDF bytes -> a raw feed, by feedparser."""

import re

from feedparser.encodings import convert_to_utf8

from digest.collect.encoding import in_utf8
from digest.collect.raw import MOST_ENTRIES, RawFeed, more_than_read
from digest.collect.reader import Reading, read_xml
from digest.collect.xmlentry import raw_entry, text_of
from digest.errors import FeedUnreadable
from digest.model.feed import Document

ENTITY = b"<!entity"
"""Begins the declaration of an entity: no feed needs one, and bombs and file reads are built of them (XXE)."""

CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r"))
"""What XML forbids (XML 1.0, section 2.2) and a strict parser gives up at."""

DECLARATION = re.compile(rb"\A<\?xml[^>]*>")
SPEECHLESS = b"<?xml version='1.0'?>\n"
"""A declaration that names no encoding."""

WEB_PAGE = re.compile(rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)
"""A comment ends at its first «-->», or else the ways to read many comments would multiply."""


def read(document: Document) -> RawFeed:
    """Parse a document. A malformed one gives what could be salvaged and a problem.

    Raises:
        FeedUnreadable: when there is nothing in it that is a feed.
    """
    reading, problems = _reading(document)
    if not reading.entries and not reading.version:
        raise _unreadable(document, reading.error)
    if reading.error:
        problems.append(f"malformed, read as far as possible: {reading.error}")
    if reading.skipped:
        problems.append(f"elements skipped: {', '.join(reading.skipped)}")
    entries = tuple(raw_entry(entry, document.url) for entry in reading.entries[:MOST_ENTRIES])
    problems += more_than_read(len(reading.entries))
    return RawFeed(title=text_of(reading.feed, "title"), entries=entries, problems=tuple(problems))


def _reading(document: Document) -> tuple[Reading, list[str]]:
    """Run feedparser; whatever its guesses and parsers raise on broken input makes the feed unreadable."""
    try:
        body, problems = _mended(document)
        return read_xml(body, url=document.url), problems
    except Exception as error:  # the cause is kept
        raise FeedUnreadable(
            f"{document.source_id} ({document.url}): the parser failed on it, {type(error).__name__}: {error}.",
            mend="Check the feed with a validator such as validator.w3.org/feed, or take the source out.",
        ) from error


def _mended(document: Document) -> tuple[bytes, list[str]]:
    """The document in UTF-8 without what would stop a parser or mislead it, and what had to be done for it."""
    body, problems = _as_utf8(document)
    bare = body.lstrip()
    if len(bare) < len(body) and bare.startswith(b"<?xml"):
        problems.append(f"blank lines before the feed cut: {len(body) - len(bare)} bytes")
    legal = bare.translate(None, CONTROLS)
    if len(legal) < len(bare):
        problems.append(f"control characters cut: {len(bare) - len(legal)}")
    kept, entities = _without_entities(legal)
    return kept, [*problems, f"entity declarations left out: {entities}"] if entities else problems


def _without_entities(body: bytes) -> tuple[bytes, int]:
    """Cut out every declaration of an entity: (the rest, how many there were), in one pass over the document."""
    lower, pieces, at = body.lower(), [], 0
    while (start := lower.find(ENTITY, at)) >= 0 and (end := lower.find(b">", start)) >= 0:
        pieces.append(body[at:start])
        at = end + 1
    return b"".join((*pieces, body[at:])) if pieces else body, len(pieces)


def _as_utf8(document: Document) -> tuple[bytes, list[str]]:
    """Turn the document into UTF-8, by its own word where that fits and by feedparser's guess where it does not."""
    encoded = in_utf8(document.body, document.content_type)
    if encoded.encoding:
        return encoded.body, [encoded.problem] if encoded.problem else []
    said: dict[str, object] = {}
    speechless = SPEECHLESS + DECLARATION.sub(b"", encoded.body)  # or it would believe codecs that we do not
    body = convert_to_utf8({"content-type": "application/xml"}, speechless, said)
    return body, [f"encoding guessed: {said['bozo_exception']}"] if "bozo_exception" in said else []


def _unreadable(document: Document, error: str) -> FeedUnreadable:
    """Say what was served instead of a feed."""
    name = f"{document.source_id} ({document.url})"
    if not document.body.strip():
        return FeedUnreadable(f"{name}: the answer is empty.", mend="Open the address in a browser; it may have moved.")
    if WEB_PAGE.match(document.body[:4096]):
        return FeedUnreadable(
            f"{name}: a web page (HTML) was served instead of a feed.",
            mend="Open the address in a browser and look for its RSS link; it may ask for a login or have moved.",
        )
    why = f" ({error})" if error else ""
    return FeedUnreadable(
        f"{name}: {len(document.body)} bytes that are neither RSS nor Atom nor JSON Feed{why}.",
        mend="Check that the address is that of a feed.",
    )

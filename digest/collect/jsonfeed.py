"""JSON Feed 1.0 or 1.1 -> a raw feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from typing import Any

from digest.collect.encoding import in_utf8
from digest.collect.raw import MOST_ENTRIES, RawEntry, RawFeed, RawMedia, more_than_read
from digest.errors import FeedUnreadable
from digest.model.feed import Document

MEND = "Check that the address is that of a feed (JSON Feed has «version» and «items»)."


def is_json(document: Document) -> bool:
    """Whether the document says or looks as if it were JSON."""
    kind = document.content_type.partition(";")[0].strip().casefold()
    start = document.body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in {b"{", b"["} or (kind.endswith("json") and start != b"<")


def read(document: Document) -> RawFeed:
    """Parse a document.

    Raises:
        FeedUnreadable: when it is not JSON, or not a JSON Feed.
    """
    name = f"{document.source_id} ({document.url})"
    encoded = in_utf8(document.body, document.content_type)
    encoding = encoded.encoding or json.detect_encoding(encoded.body)
    try:
        data = json.loads(encoded.body.decode(encoding))
    except (ValueError, LookupError, RecursionError) as error:  # json's errors and UnicodeDecodeError are ValueErrors
        raise FeedUnreadable(f"{name}: not valid JSON: {error}.", mend=MEND) from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise FeedUnreadable(f"{name}: JSON, but not a JSON Feed.", mend=MEND)
    objects = [item for item in data["items"] if isinstance(item, dict)]
    odd = len(data["items"]) - len(objects)
    author = _author(data)
    problems = (encoded.problem, f"items that are not objects left out: {odd}" if odd else "")
    return RawFeed(
        title=_text(data, "title"),
        entries=tuple(_entry(item, document.url, author) for item in objects[:MOST_ENTRIES]),
        problems=(*(problem for problem in problems if problem), *more_than_read(len(objects))),
    )


def _entry(item: Mapping[str, Any], base: str, feed_author: str) -> RawEntry:
    """Take over one item; its text may be HTML or plain, and its id may be a number."""
    guid = item.get("id")
    links = (_text(item, "url"), _text(item, "external_url"), guid if _is_link(guid) else "")
    tags = item.get("tags")
    return RawEntry(
        guid=str(guid) if isinstance(guid, str | int) and not isinstance(guid, bool) else "",
        title=_text(item, "title"),
        links=tuple(link for link in links if link),
        base=base,
        summary=_text(item, "summary") or _text(item, "content_html") or _text(item, "content_text"),
        author=_author(item) or feed_author,
        dates=tuple(_text(item, key) for key in ("date_published", "date_modified") if _text(item, key)),
        categories=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        attached=_attached(item),
        pictured=tuple(
            RawMedia(url=_text(item, key), type="image") for key in ("image", "banner_image") if _text(item, key)
        ),
    )


def _attached(item: Mapping[str, Any]) -> tuple[RawMedia, ...]:
    """Attachments: how JSON Feed makes a podcast."""
    several = item.get("attachments")
    files = [file for file in several if isinstance(file, dict)] if isinstance(several, list) else []
    return tuple(RawMedia(url=_text(file, "url"), type=_text(file, "mime_type").strip().lower()) for file in files)


def _author(holder: Mapping[str, Any]) -> str:
    """Names of the authors: version 1.1 has a list, version 1.0 one object."""
    several = holder.get("authors")
    people = several if isinstance(several, list) else [holder.get("author")]
    return ", ".join(name for person in people if isinstance(person, dict) and (name := _text(person, "name")))


def _text(mapping: Mapping[str, Any], key: str) -> str:
    """A value if it is text, else nothing."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _is_link(value: object) -> bool:
    """Whether an id is an address."""
    return isinstance(value, str) and value.startswith(("http://", "https://"))

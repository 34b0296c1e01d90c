"""One entry in feedparser's words -> a raw entry."""

import re
from collections.abc import Mapping
from typing import Any

from digest.collect.parsers import BASE
from digest.collect.raw import RawEntry, RawMedia

RSS_AUTHOR = re.compile(r"[^\s@]+@[^\s@]+(?:\s+\((.*)\))?")
EPISODE = frozenset({"itunes_duration", "itunes_episode", "itunes_episodetype", "itunes_season"})
"""What only a podcast's entries carry; itunes:author and itunes:summary stand in feeds of text as well."""

DATES = ("published", "updated", "created")
WRITERS = frozenset({"author", "writer", "reporter", "byline"})
"""Roles of media:credit that are about the words; most are about the picture (Media RSS, section on media:credit)."""


def raw_entry(said: Mapping[str, Any], url: str) -> RawEntry:
    """Take over one entry of the document from `url`; a guid that is an address is the last choice of a link."""
    entry = dict(said)  # feedparser's own class looks for a missing key under older names, and slowly
    guid, link, related = text_of(entry, "id"), text_of(entry, "link"), _listed(entry, "links")
    alternates = [link for link in related if link.get("rel") == "alternate"]
    enclosures = [link for link in related if link.get("rel") == "enclosure"]
    main = link if link != guid else ""  # feedparser makes a link of any guid, RSS 2.0 only of one that is an address
    others = (text_of(link, "href") for link in (*alternates, *enclosures))
    links = (text_of(entry, "feedburner_origlink"), main, *others, _as_link(guid))
    source = entry.get("source")
    origin = source if isinstance(source, Mapping) else {}
    return RawEntry(
        guid=guid,
        title=text_of(entry, "title"),
        links=tuple(link for link in links if link.strip()),
        base=text_of(entry, BASE) or url,
        summary=text_of(entry, "summary") or _content(entry),
        author=_author(entry),
        dates=tuple(text_of(entry, key) for key in DATES if key in entry),
        categories=tuple(text_of(tag, "term") for tag in _listed(entry, "tags")),
        publisher=text_of(origin, "title"),
        publisher_url=text_of(origin, "href") or text_of(origin, "link"),
        attached=tuple(_media(link, "href") for link in enclosures),
        pictured=_pictured(entry),
        is_episode=not EPISODE.isdisjoint(entry),
    )


def text_of(mapping: Mapping[str, Any], key: str) -> str:
    """A value as text; feedparser gives None, and now and then a list, where a feed was odd."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _listed(entry: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of elements, of which feedparser makes anything but a list where a feed was odd."""
    found = entry.get(key)
    return [dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _as_link(guid: str) -> str:
    """The guid itself if it is an address."""
    return guid if guid.startswith(("http://", "https://")) else ""


def _content(entry: Mapping[str, Any]) -> str:
    """The first body text of an entry that has no summary."""
    return next((text_of(content, "value") for content in _listed(entry, "content")), "")


def _author(entry: Mapping[str, Any]) -> str:
    """The author's name without the mail address that RSS 2.0 asks for: «jo@post.example (Jo Dale)» is Jo Dale."""
    whole = text_of(entry, "author")
    mailed = RSS_AUTHOR.fullmatch(whole.strip())
    if mailed:
        return mailed[1] or ""
    named = [text_of(author, "name") for author in _listed(entry, "authors")]
    return ", ".join(name for name in named if name) or whole or _credited(entry)


def _credited(entry: Mapping[str, Any]) -> str:
    """The writers whom Media RSS credits."""
    credits_ = [credit for credit in _listed(entry, "media_credit") if text_of(credit, "role").lower() in WRITERS]
    return ", ".join(text_of(credit, "content") for credit in credits_)


def _pictured(entry: Mapping[str, Any]) -> tuple[RawMedia, ...]:
    """Pictures of Media RSS, the larger form first, then that of an episode (itunes:image)."""
    contents = [_media(media, "url") for media in _listed(entry, "media_content")]
    thumbnails = [_media(media, "url", kind="image") for media in _listed(entry, "media_thumbnail")]
    image = entry.get("image")
    episode = [_media(image, "href", kind="image")] if isinstance(image, Mapping) else []
    return (*contents, *thumbnails, *episode)


def _media(element: Mapping[str, Any], key: str, *, kind: str = "") -> RawMedia:
    """One file: its MIME type, or what Media RSS calls its medium."""
    width = text_of(element, "width")
    return RawMedia(
        url=text_of(element, key),
        type=(kind or text_of(element, "type") or text_of(element, "medium")).strip().lower(),
        width=int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0,
    )

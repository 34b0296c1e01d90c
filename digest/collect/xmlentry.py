"""One entry in feedparser's words -> a raw entry."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from digest.collect.parsers import BASE
from digest.collect.raw import RawDate, RawEntry, RawMedia

RSS_AUTHOR = re.compile(r"[^\s@]+@[^\s@]+(?:\s+\((.*)\))?")
EPISODE = frozenset({"itunes_duration", "itunes_episode", "itunes_episodetype", "itunes_season"})
"""What only a podcast's entries carry; itunes:author and itunes:summary stand in feeds of text as well."""

WRITERS = frozenset({"author", "writer", "reporter", "byline"})
"""Roles of media:credit that are about the words; most are about the picture (Media RSS, section on media:credit)."""


def raw_entry(said: Mapping[str, Any], url: str) -> RawEntry:
    """Take over one entry of the document from `url`; a guid that is an address is the last choice of a link."""
    entry = dict(said)  # feedparser's own class looks for a missing key under older names, and slowly
    guid, link = text_of(entry, "id"), text_of(entry, "link")
    main = link if link != guid else ""  # feedparser makes a link of any guid, RSS 2.0 only of one that is an address
    links = (text_of(entry, "feedburner_origlink"), main, *_alternates(entry), _as_link(guid))
    source = entry.get("source")
    origin = source if isinstance(source, Mapping) else {}
    return RawEntry(
        guid=guid,
        title=text_of(entry, "title"),
        links=tuple(link for link in links if link.strip()),
        base=text_of(entry, BASE) or url,
        summary=text_of(entry, "summary") or _content(entry),
        author=_author(entry),
        dates=_dates(entry),
        categories=tuple(text_of(tag, "term") for tag in entry.get("tags") or ()),
        publisher=text_of(origin, "title"),
        publisher_url=text_of(origin, "href") or text_of(origin, "link"),
        attached=tuple(_media(link, "href") for link in _links(entry, "enclosure")),
        pictured=_pictured(entry),
        is_episode=not EPISODE.isdisjoint(entry),
    )


def text_of(mapping: Mapping[str, Any], key: str) -> str:
    """A value as text; feedparser gives None, and now and then a list, where a feed was odd."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _dates(entry: Mapping[str, Any]) -> tuple[RawDate, ...]:
    """The dates that are there, the one of publication first."""
    return tuple(
        RawDate(text=text_of(entry, key), parsed=tuple(parsed) if (parsed := entry.get(f"{key}_parsed")) else None)
        for key in ("published", "updated", "created")
        if key in entry
    )


def _links(entry: Mapping[str, Any], rel: str) -> list[Mapping[str, Any]]:
    """The entry's links of one relation."""
    return [link for link in entry.get("links") or () if link.get("rel") == rel]


def _alternates(entry: Mapping[str, Any]) -> list[str]:
    """Links of an entry that has no main one: its other alternates, then a podcast's enclosure."""
    return [text_of(link, "href") for rel in ("alternate", "enclosure") for link in _links(entry, rel)]


def _as_link(guid: str) -> str:
    """The guid itself if it is an address."""
    return guid if guid.startswith(("http://", "https://")) else ""


def _content(entry: Mapping[str, Any]) -> str:
    """The first body text of an entry that has no summary."""
    return next((text_of(content, "value") for content in entry.get("content") or ()), "")


def _author(entry: Mapping[str, Any]) -> str:
    """The author's name without the mail address that RSS 2.0 asks for: «jo@post.example (Jo Dale)» is Jo Dale."""
    whole = text_of(entry, "author")
    mailed = RSS_AUTHOR.fullmatch(whole.strip())
    if mailed:
        return mailed[1] or ""
    named = [text_of(author, "name") for author in entry.get("authors") or ()]
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


def _listed(entry: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """A list of elements, of which feedparser makes anything but a list where a feed was odd."""
    found = entry.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _media(element: Mapping[str, Any], key: str, *, kind: str = "") -> RawMedia:
    """One file: its MIME type, or what Media RSS calls its medium."""
    width = text_of(element, "width")
    return RawMedia(
        url=text_of(element, key),
        type=(kind or text_of(element, "type") or text_of(element, "medium")).strip().lower(),
        width=int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0,
    )

"""What a feed of any format says, word for word, before anything is believed."""

from dataclasses import dataclass

MOST_ENTRIES = 500
"""Entries read of one document; feeds begin with the newest, and none of a day's news has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMedia:
    """A file that an entry names: its address, MIME type («audio/mpeg», or just «image»), width in pixels if given."""

    url: str
    type: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry: title and summary are markup or text, `links` are in order of preference and relative to `base`.

    `attached` are enclosures and attachments, that is what an episode consists of; `pictured` are
    the files that go with an entry to be looked at. `publisher` and `publisher_url` are what an
    aggregator says of whose entry it is; `is_episode` that the feed speaks of it as of a podcast's.
    `dates` are as written, that of publication first.
    """

    guid: str
    title: str
    links: tuple[str, ...]
    base: str
    summary: str = ""
    author: str = ""
    dates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    publisher: str = ""
    publisher_url: str = ""
    attached: tuple[RawMedia, ...] = ()
    pictured: tuple[RawMedia, ...] = ()
    is_episode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One document: its title, its first `MOST_ENTRIES` in its own order, and what was wrong with it as a whole."""

    title: str
    entries: tuple[RawEntry, ...]
    problems: tuple[str, ...] = ()


def more_than_read(count: int) -> tuple[str, ...]:
    """The problem of a document with so many entries, if it is one."""
    return (f"more entries than are read: {count}, of which the first {MOST_ENTRIES}",) if count > MOST_ENTRIES else ()

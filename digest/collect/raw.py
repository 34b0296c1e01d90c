"""What a feed of any format says, word for word, before anything is believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDate:
    """A date as written, with feedparser's reading of it (year to second, UTC) if it has one."""

    text: str
    parsed: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry: title and summary are markup or text, `links` are in order of preference and may be relative."""

    guid: str
    title: str
    links: tuple[str, ...]
    base: str
    summary: str = ""
    author: str = ""
    dates: tuple[RawDate, ...] = ()
    categories: tuple[str, ...] = ()
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One document: its title, its entries in its own order, and what was wrong with it as a whole."""

    title: str
    entries: tuple[RawEntry, ...]
    problems: tuple[str, ...] = ()

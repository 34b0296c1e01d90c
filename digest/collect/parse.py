"""A fetched document -> the entries in it, cleaned, and what was wrong."""

from dataclasses import dataclass
from datetime import datetime

from digest.collect import jsonfeed, xmlfeed
from digest.collect.entry import clean
from digest.model.feed import Document, ParsedFeed
from digest.model.news import Entry, Source
from digest.text.clean import plain
from digest.text.mojibake import mended

LONGEST_FEED_TITLE = 1_000
"""Characters of its markup."""

LONGEST_PROBLEM = 300
MOST_PROBLEMS = 20
"""Problems named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseTask:
    """One document with the source it came from; `now` (aware UTC) is the measure of its dates."""

    document: Document
    source: Source
    now: datetime


def parse(task: ParseTask) -> ParsedFeed:
    """Read RSS, RDF, Atom, CDF or JSON Feed. Pickles both ways, so that a worker process can run it.

    A malformed feed gives what could be saved, and a problem that says so; an entry without a
    title or a usable link is left out and named in the problems.

    Raises:
        FeedUnreadable: when the document holds no feed at all.
    """
    read = jsonfeed.read if jsonfeed.is_json(task.document) else xmlfeed.read
    raw = read(task.document)
    cleaned = [clean(entry, task.source, position=position, now=task.now) for position, entry in enumerate(raw.entries)]
    problems = [*raw.problems, *(made for made in cleaned if isinstance(made, str))]
    return ParsedFeed(
        source_id=task.source.id,
        title=plain(mended(raw.title[:LONGEST_FEED_TITLE])),
        entries=tuple(made for made in cleaned if isinstance(made, Entry)),
        problems=_counted(problems),
    )


def _counted(problems: list[str]) -> tuple[str, ...]:
    """Name the first problems, as text since they quote the feed, and count the others."""
    named, rest = [plain(problem)[:LONGEST_PROBLEM] for problem in problems[:MOST_PROBLEMS]], problems[MOST_PROBLEMS:]
    return (*named, *((f"further problems: {len(rest)}",) if rest else ()))

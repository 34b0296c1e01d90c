"""What the real feeds hold, file by file: entries, and how many have a date, an author, a picture, sound or film.

`python -m tests.collect.real_feed_counts` prints real_feed_counts.txt anew.
"""

from datetime import UTC, datetime
from pathlib import Path

from digest.collect.parse import ParseTask, parse
from digest.errors import FeedUnreadable
from digest.model.feed import Document
from digest.model.news import Medium, Source
from tests.conftest import SHARED

NOW = datetime(2031, 5, 15, 5, 30, tzinfo=UTC)
URL = "https://post.example/feed"


def counts(file: Path) -> tuple[int, ...]:
    """Entries, dated, signed, pictured, heard or watched, and words of summaries; nothing for what is no feed."""
    document = Document(
        source_id="post",
        asked=URL,
        url=URL,
        status=200,
        body=file.read_bytes(),
        content_type="",
        etag="",
        last_modified="",
        seconds=0.0,
    )
    source = Source(id="post", name="Post", url=URL, publisher="Post")
    try:
        entries = parse(ParseTask(document=document, source=source, now=NOW)).entries
    except FeedUnreadable:
        return ()
    return (
        len(entries),
        sum(entry.published is not None for entry in entries),
        sum(bool(entry.author) for entry in entries),
        sum(bool(entry.picture) for entry in entries),
        sum(entry.medium is not Medium.TEXT for entry in entries),
        sum(len(entry.summary.split()) for entry in entries),
    )


def table(shared: Path) -> str:
    """A line for each file."""
    files = sorted(file for file in (shared / "data" / "feeds").iterdir() if file.suffix != ".tsv")
    return "".join(f"{file.name} {' '.join(map(str, counts(file))) or 'unreadable'}\n" for file in files)


if __name__ == "__main__":
    print(table(SHARED), end="")

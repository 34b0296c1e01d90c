"""Retention: what the newsroom remembers of the news -> without what is too old, or about an old address."""

from datetime import UTC, datetime

from digest.collect.due import is_about
from digest.pipeline.alert import RINGS, forget_rings
from digest.pipeline.line import Line


def forget(now: datetime, line: Line) -> tuple[str, ...]:
    """Delete what is older than the newsroom keeps it; return a line for each kind of which something went.

    Editions, what they told, readers and the ledger are never touched. An item goes by when it was
    last seen, so whatever a feed still carries stays; one that is met again after it went is new.
    """
    keep = line.newsroom.retention
    days = (now - keep.feed_days).astimezone(UTC).date()
    gone = (
        (line.items.forget_items_before(now - keep.items), "item", "items"),
        (
            line.feeds.forget_before(days=days, documents=now - keep.documents),
            "day or document of a feed",
            "days and documents of feeds",
        ),
        (line.pages.forget_before(now - keep.pages), "page or robots file", "pages and robots files"),
    )
    return tuple(f"{count} {one if count == 1 else many}" for count, one, many in gone if count)


def forget_old_addresses(line: Line) -> None:
    """Before a collection, forget all about sources whose configured address is another one, and what rang of them.

    The state goes last, since it tells of the change: should we die on the way, the next collection does the rest.
    """
    states = line.feeds.states()
    for source in line.newsroom.sources:
        state = states.get(source.id)
        if state and not is_about(state, source):
            forget_rings(source.id, RINGS, line=line)
            line.feeds.forget(source.id)

"""Unchanged feeds -> the items they still carry, so that nobody forgets what a feed may bring again.

A feed that answers 304 shows us none of its items, yet it still holds them: when it changes after
weeks, they must be recognised. So its items count as seen while it answers, and memory reaches back
to the last answer of every feed that is back after a silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from digest.model.news import Item

MEMORY = timedelta(days=14)
"""An item last seen so long ago may still be recognised; longer when a feed was away for longer."""

FRESH = timedelta(days=1)
"""Seen so lately that it need not be written down again: an unchanged feed costs one write a day, not one a poll."""


def reach(answered: Iterable[datetime], now: datetime) -> datetime:
    """Return how far back items must be known, from when each feed that answers now had answered before."""
    return min((now - MEMORY, *(moment - 2 * FRESH for moment in answered)))


def overdue(unchanged: Mapping[str, datetime], now: datetime) -> tuple[datetime, datetime]:
    """Return when `still_carried` items were last seen, from the first moment to the last; of one feed at least."""
    return min(unchanged.values()) - 2 * FRESH, now - FRESH


def still_carried(items: Iterable[Item], unchanged: Mapping[str, datetime], now: datetime) -> tuple[Item, ...]:
    """Return, as seen now, the items that unchanged feeds carried when they answered before (`unchanged`: by source).

    What left a feed shortly before it stopped changing is kept with the rest: that costs a row and hurts nobody.
    """
    return tuple(
        replace(item, last_seen=now)
        for item in items
        if now - item.last_seen >= FRESH and any(_is_in(item, source, unchanged) for source in item.sources)
    )


def _is_in(item: Item, source: str, unchanged: Mapping[str, datetime]) -> bool:
    return source in unchanged and item.last_seen >= unchanged[source] - 2 * FRESH

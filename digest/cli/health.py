"""How every feed does -> a table for a person, JSON for a machine."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table

from digest.cli.terminal import shown
from digest.collect.health import Condition, Health

GRAVEST_FIRST = {
    Condition.DEAD: "red",
    Condition.GONE: "red",
    Condition.FAILING: "yellow",
    Condition.SILENT: "yellow",
    Condition.WAITING: "yellow",
    Condition.NEW: "blue",
    Condition.FINE: "green",
}
"""Every condition with its colour, in the order in which somebody should look into it."""

WELL = frozenset({Condition.FINE, Condition.NEW})
"""Conditions in which a feed needs nobody."""

COLUMNS = ("last success", "fails", "today", "yest.", "a day", "secs")
"""Of each feed: failures in a row, new items of today, of yesterday and of an average day (UTC), seconds an answer."""


def in_trouble(feeds: Sequence[Health]) -> list[Health]:
    """Return the feeds that somebody should look into."""
    return [one for one in feeds if one.condition not in WELL]


def show_health(feeds: Sequence[Health], console: Console, *, now: datetime) -> None:
    """Print a line of figures for each feed, the gravest first, then what is to be said of them; fits 80 columns."""
    order = list(GRAVEST_FIRST)
    ordered = sorted(feeds, key=lambda one: order.index(one.condition))
    console.print(_figures(ordered, now))
    noted = [one for one in ordered if one.note and one.condition is not Condition.NEW]
    for number, one in enumerate(noted):
        mark = f"[{GRAVEST_FIRST[one.condition]}]{one.source_id}[/]"
        console.print(f"{'' if number else chr(10)}{mark} {shown(one.note)}", highlight=False)
    console.print(f"\n{len(feeds)} sources, {len(in_trouble(feeds))} in trouble. New items are counted by days in UTC.")


def health_json(feeds: Sequence[Health]) -> str:
    """Return the same as a JSON array, in the order of the configuration; instants in ISO 8601."""
    return json.dumps([asdict(one) for one in feeds], indent=1, default=datetime.isoformat)


def ago(moment: datetime | None, now: datetime) -> str:
    """Return how long ago something was, in the one unit that matters; a replay may lie in what is to come."""
    if moment is None:
        return "never"
    passed = now - moment
    if passed < timedelta(0):
        return f"{moment:%d %b %Y}"
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} min ago"
    if passed < timedelta(hours=48):
        return f"{passed // timedelta(hours=1)} h ago"
    return f"{passed.days} days ago"


def _figures(feeds: Sequence[Health], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("source", overflow="fold")
    table.add_column("condition")
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for one in feeds:
        table.add_row(
            one.source_id,
            f"[{GRAVEST_FIRST[one.condition]}]{one.condition.value}[/]",
            ago(one.last_success, now),
            str(one.failures),
            str(one.today),
            str(one.yesterday),
            f"{one.average:.1f}",
            f"{one.latency:.1f}",
        )
    return table

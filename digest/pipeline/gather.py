"""Gather: one collection and what belongs to it, feeds, articles and forgetting, by hand or when it is due.

Apart from the tick, so that `digest collect` reads neither the letter's templates nor what renders them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from digest.collect.due import known, left_alone
from digest.model.feed import CollectReport
from digest.model.page import ArticlesReport
from digest.pipeline.collect import collect, is_due
from digest.pipeline.line import Line
from digest.pipeline.retention import forget, forget_old_addresses


def collect_now(line: Line, now: datetime) -> CollectReport:
    """Collect by hand: every source that may be asked, those that back off too; one collection at a time."""
    with line.registry.turn("collect"):
        return _collect(line, now, is_manual=True)


def collect_if_due(line: Line, now: datetime) -> CollectReport | None:
    """Collect, unless another of twenty ticks at once has just done so: each publisher is asked once."""
    with line.registry.turn("collect"):
        return _collect(line, now, is_manual=False) if _is_collection_due(line, now) else None


def _collect(line: Line, now: datetime, *, is_manual: bool) -> CollectReport:
    """Collect, then read the articles that sources ask for; once a day (UTC), forget what is too old.

    What is too old is measured at the collection before: a clock or a replay that leaps into the
    future takes nothing with it.
    """
    tried = [state.last_tried for state in line.feeds.states().values() if state.last_tried]
    forget_old_addresses(line)
    report = collect(
        line.newsroom.sources,
        fetcher=line.fetcher,
        workers=line.workers,
        items=line.items,
        feeds=line.feeds,
        now=now,
        progress=line.progress,
        is_manual=is_manual,
    )
    report = replace(report, articles=_articles(line, now))
    if not tried or _utc_day(now) in map(_utc_day, tried):
        return report
    return replace(report, forgotten=forget(min(now, max(tried)), line))


def _articles(line: Line, now: datetime) -> ArticlesReport:
    """Read articles where a source asks for that; no other newsroom pays for what extracts them."""
    if not any(source.full_text for source in line.newsroom.sources):
        return ArticlesReport()
    from digest.pipeline.articles import read_articles

    return read_articles(
        line.newsroom.sources,
        fetcher=line.fetcher,
        workers=line.workers,
        items=line.items,
        pages=line.pages,
        now=now,
        progress=line.progress,
    )


def _utc_day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _is_collection_due(line: Line, now: datetime) -> bool:
    """Say whether there is somebody to ask, and the last collection long enough ago or a source new."""
    sources, states = line.newsroom.sources, line.feeds.states()
    resting = left_alone(known(sources, states), now=now, is_manual=False)
    if len(resting) == len(sources):
        return False
    asked_before = [states[source.id] for source in sources if source.id in states]
    is_new = len(asked_before) < len(sources)
    return is_new or is_due(asked_before, every=line.newsroom.collect_every, now=now)

"""Collect: feeds -> items in the store, with a line in the report for every source."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from digest.collect.carried import overdue, reach, still_carried
from digest.collect.due import Heard, Rest, after, known, left_alone
from digest.collect.identity import Merged, merge
from digest.model.feed import CollectReport, FeedDay, FeedState, SourceReport
from digest.model.news import Source
from digest.pipeline.arrivals import Arrivals, receive
from digest.ports.news import FeedStore, ItemStore
from digest.ports.world import Fetcher, Progress, Workers


def collect(
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    workers: Workers,
    items: ItemStore,
    feeds: FeedStore,
    now: datetime,
    progress: Progress,
    is_manual: bool = False,
) -> CollectReport:
    """Fetch every source that may be asked, parse what changed, merge it into the items and save.

    Whatever fails is a line, and so is a source that is left alone (see `collect.due`; somebody
    collecting by hand, `is_manual`, does not wait for our own back-off).

    What was recognised is saved as a whole, and then, as a whole, what came of every poll: a crash in
    between fetches those feeds once more, counts their polls once, and loses no article and no edit,
    only that these were new at that poll.
    """
    states = known(sources, feeds.states())
    resting = left_alone(states, now=now, is_manual=is_manual)
    asked = [source for source in sources if source.id not in resting]
    arrivals = receive(asked, states, fetcher=fetcher, workers=workers, now=now, progress=progress)
    merged = _merge_into(items, arrivals, states, now)
    heard = _heard(asked, arrivals, merged)
    feeds.save_documents(arrivals.troubled)
    feeds.save_states(
        [after(states[source_id], one, now=now) for source_id, one in heard.items()],
        days=[_counted(source_id, one, now) for source_id, one in heard.items()],
    )
    return CollectReport(
        at=now,
        sources=tuple(
            _left(source, resting[source.id], now)
            if source.id in resting
            else _line(source, heard[source.id], arrivals)
            for source in sources
        ),
        new_items=len(merged.new_ids),
        changed_items=len(merged.changed) - len(merged.new_ids),
    )


def is_due(states: Iterable[FeedState], *, every: timedelta, now: datetime) -> bool:
    """Say whether the last collection is `every` or more away from now (or never was).

    A collection «in the future» was a replay, or a clock that was wrong: it must not keep us waiting until then.
    """
    tried = [state.last_tried for state in states if state.last_tried]
    return not tried or abs(now - max(tried)) >= every


def _merge_into(items: ItemStore, arrivals: Arrivals, states: Mapping[str, FeedState], now: datetime) -> Merged:
    """Recognise what came, and write it down with what unchanged feeds still carry.

    Where nothing came, as at most polls, there is nothing to recognise: then only what was not seen for a
    day is read.
    """
    unchanged = _last_success(arrivals.unchanged, states)
    if not arrivals.feeds:
        if unchanged:
            first, last = overdue(unchanged, now)
            items.save_items(still_carried(items.items_since(first, until=last), unchanged, now))
        return merge((), (), now=now)
    answered = _last_success(arrivals.feeds, states)
    remembered = items.items_since(reach((*answered.values(), *unchanged.values()), now))
    merged = merge(remembered, tuple(arrivals.feeds.values()), now=now, live=states)
    met = {item.id for item in (*merged.changed, *merged.seen_again)} | {gone for gone, _ in merged.absorbed}
    unmet = (item for item in remembered if item.id not in met)
    items.save_items(
        (*merged.changed, *merged.seen_again, *still_carried(unmet, unchanged, now)),
        absorbed=merged.absorbed,
        edits=merged.edits,
    )
    return merged


def _last_success(source_ids: Iterable[str], states: Mapping[str, FeedState]) -> dict[str, datetime]:
    """Return when these sources had answered before, those left out that never had."""
    return {source_id: moment for source_id in source_ids if (moment := states[source_id].last_success) is not None}


def _heard(asked: Sequence[Source], arrivals: Arrivals, merged: Merged) -> dict[str, Heard]:
    """Return what came of each source that was asked."""
    new = {count.source_id: count.new_items for count in merged.by_source}
    return {
        source.id: Heard(
            answer=arrivals.answers[source.id],
            unreadable=arrivals.unreadable.get(source.id, ""),
            new_items=new.get(source.id, 0),
        )
        for source in asked
    }


def _counted(source_id: str, heard: Heard, now: datetime) -> FeedDay:
    """Count one poll under its day in UTC."""
    return FeedDay(
        source_id=source_id,
        day=now.astimezone(UTC).date(),
        polls=1,
        failures=1 if heard.error else 0,
        new_items=heard.new_items,
        seconds=heard.seconds,
    )


def _left(source: Source, resting: Rest, now: datetime) -> SourceReport:
    return SourceReport(source_id=source.id, outcome=resting.outcome, problems=(resting.told(now),))


def _line(source: Source, heard: Heard, arrivals: Arrivals) -> SourceReport:
    feed = arrivals.feeds.get(source.id)
    if heard.error:
        return SourceReport(source_id=source.id, outcome="failed", seconds=heard.seconds, problems=(heard.error,))
    if feed is None:
        return SourceReport(source_id=source.id, outcome="unchanged", seconds=heard.seconds)
    return SourceReport(
        source_id=source.id,
        outcome="read",
        entries=len(feed.entries),
        new_items=heard.new_items,
        seconds=heard.seconds,
        problems=feed.problems,
    )

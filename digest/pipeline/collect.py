"""Collect: feeds -> items in the store, with a line in the report for every source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect.identity import Merged, merge
from digest.collect.parse import ParseTask, parse
from digest.model.feed import (
    CollectReport,
    Document,
    FeedState,
    FetchAnswer,
    FetchFailure,
    FetchRequest,
    ParsedFeed,
    SourceReport,
)
from digest.model.news import Source
from digest.ports.news import FeedStore, ItemStore
from digest.ports.world import Fetcher, Progress, Workers

MEMORY = timedelta(days=14)
"""An item last seen so long ago may still be recognised; one that stays in a feed is seen at every poll."""


@dataclass(slots=True)
class _Collection:
    """What has arrived so far, by source id."""

    answers: dict[str, FetchAnswer]
    feeds: dict[str, ParsedFeed]
    errors: dict[str, str]


def collect(
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    workers: Workers,
    items: ItemStore,
    feeds: FeedStore,
    now: datetime,
    progress: Progress,
) -> CollectReport:
    """Fetch every source, parse what changed, merge it into the items and save; whatever fails is a line.

    Items are saved before the validators: a crash in between fetches a feed once more and loses nothing.
    """
    states = feeds.states()
    got = _Collection(answers={}, feeds={}, errors={})
    by_id = {source.id: source for source in sources}
    answers = _watch(fetcher.fetch([_request(source, states) for source in sources]), got, len(sources), progress)
    tasks = (ParseTask(document=document, source=by_id[document.source_id], now=now) for document in answers)
    for task, made in workers.map(parse, tasks):
        if isinstance(made, Exception):
            got.errors[task.source.id] = str(made)
        else:
            got.feeds[task.source.id] = made
    merged = merge(items.items_since(now - MEMORY), tuple(got.feeds.values()), now=now)
    items.save_items((*merged.changed, *merged.seen_again))
    items.absorb_items(merged.absorbed)
    feeds.save_states([_state(source, states, got, now) for source in sources])
    return _report(sources, got, merged, now)


def is_due(states: Iterable[FeedState], *, every: timedelta, now: datetime) -> bool:
    """Say whether the last collection is `every` or more away from now (or never was).

    A collection «in the future» was a replay, or a clock that was wrong: it must not keep us waiting until then.
    """
    tried = [state.last_tried for state in states if state.last_tried]
    return not tried or abs(now - max(tried)) >= every


def _watch(answers: Iterable[FetchAnswer], got: _Collection, total: int, progress: Progress) -> Iterator[Document]:
    """Note every answer as it arrives and pass on the documents that have to be parsed."""
    progress("collect", 0, total)
    for number, answer in enumerate(answers, start=1):
        got.answers[answer.source_id] = answer
        progress("collect", number, total)
        if isinstance(answer, Document) and not answer.is_unchanged:
            yield answer


def _request(source: Source, states: dict[str, FeedState]) -> FetchRequest:
    state = states.get(source.id)
    if state is None or state.url != source.url:
        return FetchRequest(source_id=source.id, url=source.url)
    return FetchRequest(source_id=source.id, url=source.url, etag=state.etag, last_modified=state.last_modified)


def _state(source: Source, states: dict[str, FeedState], got: _Collection, now: datetime) -> FeedState:
    """Return what to remember of a source: validators only of a document that was read to the end."""
    old = states.get(source.id) or FeedState(source_id=source.id, url=source.url)
    old = replace(old, url=source.url, last_tried=now)
    answer = got.answers.get(source.id)
    error = _error(source, got)
    if error or not isinstance(answer, Document):
        since = old.failing_since or now
        return replace(old, failures=old.failures + 1, failing_since=since, last_error=error)
    fresh = replace(old, failures=0, failing_since=None, last_error="", last_success=now)
    if answer.is_unchanged:
        return fresh
    return replace(fresh, etag=answer.etag, last_modified=answer.last_modified)


def _error(source: Source, got: _Collection) -> str:
    answer = got.answers.get(source.id)
    if answer is None:
        return "no answer within the time allowed"
    if isinstance(answer, FetchFailure):
        return answer.error
    return got.errors.get(source.id, "")


def _report(sources: Sequence[Source], got: _Collection, merged: Merged, now: datetime) -> CollectReport:
    return CollectReport(
        at=now,
        sources=tuple(_line(source, got, merged) for source in sources),
        new_items=len(merged.new_ids),
        changed_items=len(merged.changed) - len(merged.new_ids),
    )


def _line(source: Source, got: _Collection, merged: Merged) -> SourceReport:
    answer, feed, error = got.answers.get(source.id), got.feeds.get(source.id), _error(source, got)
    seconds = answer.seconds if answer else 0.0
    if error:
        return SourceReport(source_id=source.id, outcome="failed", seconds=seconds, problems=(error,))
    if feed is None:
        return SourceReport(source_id=source.id, outcome="unchanged", seconds=seconds)
    new = sum(1 for item in merged.changed if item.id in merged.new_ids and source.id in item.sources)
    return SourceReport(
        source_id=source.id,
        outcome="read",
        entries=len(feed.entries),
        new_items=new,
        seconds=seconds,
        problems=feed.problems,
    )

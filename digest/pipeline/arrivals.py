"""Sources and their states -> what their servers gave: answers, parsed feeds, and documents worth keeping."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from digest.collect.due import request
from digest.model.feed import Document, FeedState, FetchAnswer, FetchFailure, ParsedFeed, SavedDocument
from digest.model.news import Source
from digest.ports.world import Fetcher, Progress, Workers

if TYPE_CHECKING:
    from digest.collect.parse import ParseTask


@dataclass(slots=True)
class Arrivals:
    """What has arrived, by source id; `unreadable` says why a document held no feed.

    The answers are without their bodies: those are let go of once they are read, but for the
    documents in which something was wrong (`troubled`).
    """

    answers: dict[str, FetchAnswer] = field(default_factory=dict)
    feeds: dict[str, ParsedFeed] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    troubled: list[SavedDocument] = field(default_factory=list)

    @property
    def unchanged(self) -> frozenset[str]:
        """The sources whose last entries still stand."""
        documents = (answer for answer in self.answers.values() if isinstance(answer, Document))
        return frozenset(document.source_id for document in documents if document.is_unchanged)


def receive(
    sources: Sequence[Source],
    states: Mapping[str, FeedState],
    *,
    fetcher: Fetcher,
    workers: Workers,
    now: datetime,
    progress: Progress,
) -> Arrivals:
    """Ask every source, and parse what changed while others are still answering.

    Where nothing changed, as at most polls, what parses is not even loaded.
    """
    arrivals = Arrivals()
    by_id = {source.id: source for source in sources}
    answers = fetcher.fetch([request(states[source.id]) for source in sources])
    documents = _watch(answers, arrivals, len(sources), progress)
    first = next(documents, None)
    if first is None:
        return arrivals
    from digest.collect.parse import ParseTask, parse

    changed = chain((first,), documents)
    tasks = (ParseTask(document=document, source=by_id[document.source_id], now=now) for document in changed)
    for task, made in workers.map(parse, tasks):
        _note(task, made, arrivals)
    return arrivals


def _watch(answers: Iterable[FetchAnswer], arrivals: Arrivals, total: int, progress: Progress) -> Iterator[Document]:
    """Note every answer as it arrives and pass on the documents that have to be parsed."""
    progress("collect", 0, total)
    for number, answer in enumerate(answers, start=1):
        bodiless = answer if isinstance(answer, FetchFailure) else replace(answer, body=b"")
        arrivals.answers[answer.source_id] = bodiless
        progress("collect", number, total)
        if isinstance(answer, Document) and not answer.is_unchanged:
            yield answer


def _note(task: "ParseTask", made: ParsedFeed | Exception, arrivals: Arrivals) -> None:
    """Note what a document came to, and keep the document itself if something was wrong."""
    if isinstance(made, Exception):
        arrivals.unreadable[task.source.id] = str(made)
        problems: tuple[str, ...] = (str(made),)
    else:
        arrivals.feeds[task.source.id] = made
        problems = made.problems
    if problems:
        arrivals.troubled.append(_saved(task, problems))


def _saved(task: "ParseTask", problems: tuple[str, ...]) -> SavedDocument:
    return SavedDocument(
        source_id=task.source.id,
        url=task.document.url,
        at=task.now,
        content_type=task.document.content_type,
        body=task.document.body,
        problems=problems,
    )

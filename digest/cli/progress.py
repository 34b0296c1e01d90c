"""(stage, done, total) -> a bar per stage in a terminal, nothing elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from digest.ports.world import Progress as Told

WORDS = {
    "collect": "Collecting feeds",
    "articles": "Reading articles",
    "group": "Grouping into stories",
    "rank": "Ranking",
    "render": "Rendering the letter",
    "send": "Sending",
}


WITH_RATE = "send"
"""The stage that is long enough for somebody to ask how fast they go and when they end."""


def _words(stage: str) -> str:
    """What is done, and of which newsletter where that is said behind the stage."""
    verb, _, what = stage.partition(" ")
    return f"{WORDS.get(verb, verb)} {what}".rstrip()


class _Rate(ProgressColumn):
    """How much is done in a second, over the last seconds."""

    def render(self, task: Task) -> Text:
        speed = task.speed if task.fields.get("has_rate") else None
        return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")


class _Left(TimeRemainingColumn):
    """The time that is left, where a rate is told."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.fields.get("has_rate") else Text("")


@contextmanager
def bars(console: Console) -> Iterator[Told]:
    """Draw a bar for each stage as it is told of, until the context ends; a pipe or a log gets no bars."""
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        _Rate(),
        _Left(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as drawn:
        tasks: dict[str, TaskID] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = drawn.add_task(_words(stage), total=total, has_rate=stage.startswith(WITH_RATE))
            drawn.update(tasks[stage], completed=done, total=total)

        yield told

"""(stage, done, total) -> a bar per stage in a terminal, nothing elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from digest.ports.world import Progress as Told

WORDS = {
    "collect": "Collecting feeds",
    "articles": "Reading articles",
    "group": "Grouping into stories",
    "rank": "Ranking",
    "render": "Rendering the letter",
    "send": "Sending",
}


@contextmanager
def bars(console: Console) -> Iterator[Told]:
    """Draw a bar for each stage as it is told of, until the context ends; a pipe or a log gets no bars."""
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as drawn:
        tasks: dict[str, TaskID] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = drawn.add_task(WORDS.get(stage, stage), total=total)
            drawn.update(tasks[stage], completed=done, total=total)

        yield told

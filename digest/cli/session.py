"""The options every command shares -> the program, opened for one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.config.load import Settings
    from digest.ports.world import Progress


@dataclass(slots=True)
class Choices:
    """What was said before the command's name."""

    config: Path = Path("config.toml")


CHOICES = Choices()
YEARS = range(1990, 2100)
"""What may be replayed: feeds are younger, and further on dates run out of their range."""

Now = Annotated[
    str, typer.Option("--now", metavar="INSTANT", help="Replay a moment, such as 2026-05-15T05:30:00Z (outbox only).")
]
Newsletter = Annotated[
    str, typer.Option("--newsletter", "-n", help="Which newsletter; needed where there are several and none is daily.")
]
Day = Annotated[str, typer.Option("--day", help="The edition's date, such as 2026-05-15; the latest without it.")]
By = Annotated[str, typer.Option("--by", help="Your name, for the edition's history.")]


def settings() -> "Settings":
    """Read the configuration; ConfigError lists every mistake at once."""
    from digest.config.load import load

    return load(CHOICES.config)


@contextmanager
def program(
    *, now: str = "", create: bool = False, progress: "Progress | None" = None, chosen: "Settings | None" = None
) -> Iterator["App"]:
    """Open the program for one command; `now` replays an instant and is refused with a real provider."""
    from digest.app.app import opened
    from digest.app.clock import clock

    found = chosen or settings()
    fixed = instant(now) if now else None
    if fixed and found.file.provider.name != "outbox":
        raise UsageError(f"--now with provider {found.file.provider.name!r}", mend="replays may only go to the outbox.")
    with opened(found, clock=clock(fixed), progress=progress or _silent, create=create) as app:
        yield app


def instant(text: str) -> datetime:
    """Return an ISO 8601 instant with its offset; UsageError for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no instant", mend="write one such as 2026-05-15T05:30:00Z.") from error
    if found.tzinfo is None:
        raise UsageError(f"{text!r} has no offset", mend=f"write {text}Z for UTC.")
    if found.year not in YEARS:
        raise UsageError(f"{text!r} is no moment of this program's", mend="write one such as 2026-05-15T05:30:00Z.")
    return found


def _silent(stage: str, done: int, total: int) -> None:
    """Draw nothing."""

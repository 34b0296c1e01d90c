"""`digest replay`: days that are past -> the editions they would have had, and a report an editor can criticise."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.session import Newsletter
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.pipeline.replay import Morning

commands = typer.Typer()

EVERY = timedelta(hours=2)
"""How often a replay looks into the feeds; nothing leaves a feed in less."""

LONGEST = 366
"""Days of one replay."""


@commands.command()
def replay(
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first edition’s day, such as 2026-05-14.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last edition’s day.")],
    folder: Annotated[Path, typer.Option("--folder", metavar="DIR", help="Where everything goes.")],
    stream: Annotated[
        str,
        typer.Option("--stream", metavar="URL", help="A recorded stream with a clock; else the newsroom’s own past."),
    ] = "",
    sources: Annotated[
        str, typer.Option("--sources", metavar="FILE|URL", help="An OPML list instead of the stream’s own.")
    ] = "",
    newsletter: Newsletter = "",
) -> None:
    """Walk the line through days that are past, edition by edition, and write them down with a report; no mail."""
    from rich.console import Console

    from digest.cli.replayed import own_past, recorded, written
    from digest.cli.terminal import shown

    if sources and not stream:
        raise UsageError("--sources without --stream", mend="name the address of the recorded stream too.")
    days = _days(first, last)
    console = Console(emoji=False)
    opened = recorded(folder, stream, sources) if stream else own_past(folder, days[0])
    with opened as newsroom:
        mornings = []
        for morning in newsroom.mornings(days, newsletter, every=EVERY):
            mornings.append(morning)
            console.print(shown(_line(morning)))
        report = written(mornings, folder, newsroom.app)
    if report is None:
        raise UsageError(f"no edition is due from {first} to {last}", mend="`digest status` shows the schedules’ days.")
    console.print(f"Report: {report}", markup=False, highlight=False, soft_wrap=True)


def _days(first: str, last: str) -> list[date]:
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise UsageError(f"{first!r} to {last!r}: not two dates", mend="write each as 2026-05-14.") from error
    count = (end - begin).days + 1
    if not 1 <= count <= LONGEST:
        raise UsageError(f"{first} to {last} is {count} days", mend=f"from 1 to {LONGEST} can be replayed at a time.")
    return [begin + timedelta(days=number) for number in range(count)]


def _line(morning: "Morning") -> str:
    record, edition = morning.record, morning.judgement.edition
    said = f"{edition.subject} ({len(edition.pieces)} stories)" if edition.lead else edition.empty_because
    return f"{record.newsletter} {record.day}: {record.state.value}: {said}"

"""Commands about what became of the copies: balance, resolve, feedback pull."""

import csv
import sys
from collections.abc import Iterable
from dataclasses import astuple
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find
from digest.cli.exits import Exit
from digest.cli.session import By, Day, Newsletter, program
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.model.books import Copy
    from digest.model.feedback import Heard

commands = typer.Typer()
feedback = typer.Typer(help="What providers tell of copies after they accepted them.", no_args_is_help=True)

ALL = "all"
COLUMNS = ("delivery", "address", "state", "reason", "batch", "reference", "feedback")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell for a formula (OWASP, «CSV Injection»)."""


@commands.command()
def balance(
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="A line for every candidate, to be added up again.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the balance sheet as a page into this file.")
    ] = None,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Print the balance sheet of an edition: who was to get it, and what became of every copy."""
    from rich.console import Console

    from digest.cli.report import show_sheet
    from digest.pipeline.books import sheet

    with program() as app:
        record = find(app, newsletter, day)
        if as_csv:
            _write_csv(app.line.ledger.deliveries(record.id))
            return
        found = sheet(record, line=app.line)
        if html:
            from digest.web.books import books_page

            html.write_text(books_page(found, newsroom=app.line.newsroom.brand.name), encoding="utf-8")
            typer.echo(f"wrote {html}")
        else:
            show_sheet(found, Console(emoji=False))
    closed = found.balance.is_exact or not found.balance.candidates
    raise typer.Exit(Exit.DONE if closed else Exit.PARTIAL)


def _write_csv(copies: "Iterable[Copy]") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for copy in copies:
        writer.writerow([_cell(value) for value in astuple(copy)])


def _cell(value: object) -> object:
    """Return what a spreadsheet will show and not carry out."""
    text = value.value if isinstance(value, StrEnum) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


@commands.command()
def resolve(
    batch: Annotated[str, typer.Argument(help="The batch's id, as `digest status` prints it; or: all.")],
    *,
    by: By,
    accepted: Annotated[bool, typer.Option("--accepted/--absent", help="What the provider's own log says.")],
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Settle a batch whose answer was lost, or all of an edition's: accepted, or never arrived and to be sent again."""
    from digest.cli.choice import signature
    from digest.model.mail import BatchState

    with program() as app:
        ledger, doubtful = app.line.ledger, (BatchState.UNCERTAIN, BatchState.ABSENT)
        chosen = [batch]
        if batch == ALL:
            listed = ledger.open_batches(find(app, newsletter, day).id)
            chosen = [name for name, state, _ in listed if state in doubtful]
        settled = [
            name for name in chosen if ledger.resolve(name, accepted=accepted, by=signature(by), at=app.line.clock())
        ]
    if not settled:
        what = "no batch is" if batch == ALL else f"batch {batch} is not"
        raise UsageError(f"{what} uncertain", mend="`digest status` lists the uncertain ones.")
    for name in settled:
        typer.echo(f"{name}: {'accepted' if accepted else 'absent, to be sent again by the next tick'}")


@feedback.command()
def pull() -> None:
    """Ask the provider what became of the copies it accepted: bounces, complaints; for who runs no web server."""
    from digest.cli.terminal import in_line
    from digest.pipeline.feedback import pull as ask

    with program() as app:
        pulled = ask(app.line)
        name = app.line.provider.name
    typer.echo(f"{name}, since {pulled.since:%d %b %H:%M} UTC: {_in_words(pulled.heard)}.")
    for trouble in pulled.troubles:
        typer.secho(in_line(trouble), fg="yellow", err=True)


def _in_words(heard: "Heard") -> str:
    counts = {
        "new events": heard.new,
        "known already": heard.known,
        "of nobody here": heard.unmatched,
        "addresses suppressed": heard.suppressed,
        "subscriptions ended": heard.left,
        "refusals of us": heard.ours,
        "lost answers found": heard.settled,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing new"

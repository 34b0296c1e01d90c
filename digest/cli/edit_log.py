"""Commands about decisions themselves: undo, history, export."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find, pick
from digest.cli.deciding import Editor, carry_out
from digest.cli.session import Day, Newsletter, program

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.model.decision import Decided
    from digest.model.mail import EditionRecord

commands = typer.Typer()


@commands.command(short_help="Take a decision back.")
def undo(
    number: Annotated[
        int | None, typer.Argument(help="The decision's number in `digest edit history`; your own last without it.")
    ] = None,
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Take a decision back, your own last or any by its number; undoing the undo brings it back."""
    from digest.edit import proposal

    carry_out(
        lambda app, record, _, name: proposal.undo(app.line.editions.decisions(record.id), by=name, number=number),
        by=by,
        newsletter=newsletter,
        day=day,
    )


@commands.command(short_help="List who decided what, and when.")
def history(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """List who decided what and when, with the numbers that undo takes."""
    with program() as app:
        record = find(app, newsletter, day)
        log = app.line.editions.decisions(record.id)
    typer.echo(_as_json(log) if as_json else _as_lines(record, log))


@commands.command(short_help="Write decisions as regression cases.")
def export(
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a file; else print.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Those of all the newsletter's editions.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Write splits, merges, spikes and leads as regression cases, which the program's own tests replay."""
    from digest.edit.codec import dump_case
    from digest.pipeline.cases import cases

    with program() as app:
        found = [case for record in _records(app, newsletter, day, every=every) for case in cases(record, app.line)]
    lines = "".join(f"{dump_case(case)}\n" for case in found)
    if not found:
        typer.echo("No split, merge, spike or lead stands: there is nothing to export.", err=True)
    if out is None:
        typer.echo(lines, nl=False)
        return
    out.write_text(lines, encoding="utf-8")
    unaided = sum(case.unaided for case in found)
    counted = "1 case" if len(found) == 1 else f"{len(found)} cases"
    typer.echo(f"wrote {counted} to {out}; {unaided} of them hold without being told.")


def _records(app: "App", newsletter: str, day: str, *, every: bool) -> list["EditionRecord"]:
    if not every:
        return [find(app, newsletter, day)]
    name = pick(app.settings, newsletter)
    found = (app.line.editions.find(name, known) for known, _ in reversed(app.line.editions.days(name)))
    return [record for record in found if record]


def _as_lines(record: "EditionRecord", log: list["Decided"]) -> str:
    from digest.cli.terminal import in_line
    from digest.edit.saying import told
    from digest.edit.standing import standing

    if not log:
        return f"{record.newsletter} {record.day}: no editor has decided anything."
    kept = {one.number for one in standing(log)}
    return "\n".join(in_line(told(one) + _mark(one, kept)) for one in log)


def _mark(one: "Decided", kept: set[int]) -> str:
    return "" if one.number in kept or one.decision.undoes else " – undone"


def _as_json(log: list["Decided"]) -> str:
    from digest.edit.codec import dump_decision
    from digest.edit.standing import standing

    kept = {one.number for one in standing(log)}
    listed = [
        {
            "number": one.number,
            "at": one.at.isoformat(),
            "by": one.by,
            "stands": one.number in kept,
            **json.loads(dump_decision(one.decision)),
        }
        for one in log
    ]
    return json.dumps(listed, indent=1, ensure_ascii=False)

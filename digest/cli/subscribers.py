"""Commands for the readers we write to: subscribers import."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.session import program
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.pipeline.subscribe import ImportPlan

commands = typer.Typer(help="The readers we write to.", no_args_is_help=True)

MOST_BAD_ROWS = 50


@commands.command("import")
def import_subscribers(
    path: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Columns: email, name, frequency, consent_source.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the good rows without asking.")] = False,
) -> None:
    """Add readers from a CSV; wrong rows are listed with line and reason, the good ones are taken after a yes."""
    from digest.pipeline.subscribe import carry_out_import, plan_import

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror})", mend="name a CSV file.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 at byte {error.start}", mend="save it as «CSV UTF-8».") from error
    with program(create=True) as app:
        plan = plan_import(text, app.line)
        _show_plan(plan)
        if not plan.good:
            raise UsageError(f"{path} holds no row that can be taken", mend="correct the rows listed above.")
        if not yes and not typer.confirm(f"Take the {len(plan.good)} good rows?"):
            typer.echo("Nothing was changed.")
            return
        done = carry_out_import(plan, app.line)
    typer.echo("Done: " + ", ".join(f"{count} {what}" for what, count in done.items()) + ".")


def _show_plan(plan: "ImportPlan") -> None:
    from digest.cli.terminal import in_line

    for bad in plan.bad[:MOST_BAD_ROWS]:
        typer.secho(in_line(f"line {bad.line}: {bad.why}: {bad.row}"), fg="yellow", err=True)
    if len(plan.bad) > MOST_BAD_ROWS:
        typer.secho(f"… and {len(plan.bad) - MOST_BAD_ROWS} more wrong rows", fg="yellow", err=True)
    listed = ", ".join(f"{count} {what}" for what, count in plan.changes.items())
    typer.echo(f"{len(plan.good)} good rows ({listed}), {len(plan.bad)} wrong ones.")

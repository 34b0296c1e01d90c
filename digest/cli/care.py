"""Commands that look after the installation: doctor, db upgrade, db backup."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.exits import Exit
from digest.cli.session import program, settings
from digest.errors import UsageError

commands = typer.Typer()
database = typer.Typer(help="Look after the database.", no_args_is_help=True)

MARKS = {None: ("ok", "green"), "error": ("WRONG", "red"), "warning": ("look", "yellow"), "advice": ("hint", "blue")}


@commands.command()
def doctor() -> None:
    """Look at everything that has to be right before an edition can go out, and say what to mend."""
    from digest.app.doctor import examine, worst
    from digest.cli.terminal import in_line

    with program() as app:
        diagnoses = examine(app)
    for one in diagnoses:
        mark, colour = MARKS[one.severity.value if one.severity else None]
        typer.echo(typer.style(f"{mark:<6}", fg=colour) + in_line(f" {one.what}: {one.found}"))
        if one.mend:
            typer.echo(in_line(f"       mend: {one.mend}"))
    raise typer.Exit(Exit.FAILED if list(worst(diagnoses)) else Exit.DONE)


@database.command()
def upgrade() -> None:
    """Bring the database to the schema of this version; safe to run twice, and at once."""
    from digest.app.database import upgrade_database

    typer.echo(f"{upgrade_database(settings())} has this version's schema.")


@database.command()
def backup(
    path: Annotated[Path, typer.Argument(help="Where the copy goes; the key behind the links goes beside it.")],
) -> None:
    """Copy the database and the secret key while everything goes on."""
    from digest.app.database import backup_database

    chosen = settings()
    if path.is_dir():
        raise UsageError(f"{path} is a folder", mend="name a file, such as backups/monday.db.")
    if path.suffix == ".key":
        raise UsageError(f"{path} is where the key would go", mend="name a file such as backups/monday.db.")
    backup_database(chosen, path)
    key = chosen.at(chosen.file.store.path).parent / "secret.key"
    if key.exists():
        shutil.copy2(key, path.with_suffix(".key"))
    typer.echo(f"wrote {path}" + (f" and {path.with_suffix('.key')}" if key.exists() else ""))

"""The `digest` command: its groups, its shared options, and errors turned into one line and an exit code."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from digest import __version__
from digest.cli import (
    books,
    care,
    checking,
    desk,
    edit,
    editions,
    explaining,
    lexicon,
    preview,
    replay,
    running,
    simulating,
    sources,
    status,
    stories,
    subscribers,
    templates,
)
from digest.cli.exits import Exit
from digest.cli.session import CHOICES
from digest.errors import DigestError

digest = typer.Typer(
    name="digest",
    help="A daily round-up of Labour news: collected, grouped, ranked, rendered, sent, and accounted for.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for group in (
    running.commands,
    editions.commands,
    status.commands,
    books.commands,
    checking.commands,
    desk.commands,
    preview.commands,
    care.commands,
):
    digest.add_typer(group)
digest.add_typer(explaining.commands)
digest.add_typer(stories.commands)
digest.add_typer(replay.commands)
digest.add_typer(simulating.commands)
digest.add_typer(lexicon.commands)
digest.add_typer(edit.commands, name="edit")
digest.add_typer(sources.commands, name="sources")
digest.add_typer(subscribers.commands, name="subscribers")
digest.add_typer(templates.commands, name="templates")
digest.add_typer(books.feedback, name="feedback")
digest.add_typer(care.database, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@digest.callback()
def shared(
    config: Annotated[
        Path, typer.Option("--config", "-c", envvar="DIGEST_CONFIG", help="The configuration file.")
    ] = Path("config.toml"),
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command's name."""
    del version  # eager: `_version` has ended the program
    CHOICES.config = config


def run() -> int:
    """Run the command line; every expected error ends as one message and its exit code."""
    try:
        digest()
    except SystemExit as end:  # how Typer ends: usage errors are 2, `typer.Exit` its own code
        return _code(end)
    except DigestError as error:
        _complain("\n".join((str(error), *getattr(error, "__notes__", ()))))
        return error.exit_code
    except OSError as error:
        if error.filename is None:  # no file of the operator's: a mistake of ours, to be seen as it is
            raise
        _complain(f"{error.filename}: {error.strerror}. Check the path and its rights.")
        return Exit.FAILED
    return Exit.DONE


def _complain(message: str) -> None:
    """Print an error; it may repeat what a server, a list or a file says."""
    from digest.cli.terminal import harmless

    typer.secho(harmless(message), fg="red", err=True)


def _code(end: SystemExit) -> int:
    """Return our own code where Typer and Rich say 1, which stands for nothing in the README's table."""
    match end.__context__:
        case BrokenPipeError():  # the reader of our output went away; see the Python documentation of SIGPIPE
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.DONE
        case typer.Abort():  # a question that nobody answered
            return Exit.USAGE
        case _:
            return end.code if isinstance(end.code, int) else Exit.DONE

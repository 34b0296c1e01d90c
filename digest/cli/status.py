"""The command that says where everything stands: status, once or as it goes on."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find_if_any, pick
from digest.cli.session import Day, Newsletter, program
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.cli.standing import Standing

commands = typer.Typer()

SECONDS = 1.0
"""Between two looks; on a list so large that a look takes long, five times as long as it takes."""


@commands.command()
def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Follow what is being sent until it ends.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Say where each newsletter stands: its latest edition, its books, its history."""
    from digest.cli.standing import show_standing, standing_json

    if as_json and watch:
        raise UsageError("--json with --watch", mend="a machine asks again by itself.")
    with program() as app:
        if watch:
            _follow(app, newsletter, day)
        pairs = _pairs(app, newsletter, day)
        typer.echo(standing_json(app, pairs)) if as_json else show_standing(app, pairs)


def _pairs(app: "App", newsletter: str, day: str) -> "Standing":
    known = [schedule.newsletter for schedule in app.line.newsroom.schedules]
    names = [pick(app.settings, newsletter)] if newsletter else known
    return [(name, find_if_any(app, name, day)) for name in names]


def _follow(app: "App", newsletter: str, day: str) -> None:
    """Draw a bar for every edition that is being sent, from another terminal as well as any; end with the last."""
    from rich.console import Console

    from digest.cli.progress import bars
    from digest.model.mail import EditionState

    with bars(Console(emoji=False)) as told:
        while True:
            began = time.monotonic()
            sending = [one for _, one in _pairs(app, newsletter, day) if one and one.state is EditionState.SENDING]
            for record in sending:
                books = app.line.ledger.balance(record.id)
                told(f"send {record.newsletter}", books.candidates - books.pending, books.candidates)
            if not sending:
                return
            time.sleep(max(SECONDS, 5 * (time.monotonic() - began)))

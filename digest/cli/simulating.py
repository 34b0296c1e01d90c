"""The command that plays a provider: simulate-provider."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from digest.errors import UsageError

commands = typer.Typer()


@commands.command(name="simulate-provider")
def simulate_provider(
    name: Annotated[str, typer.Argument(metavar="NAME", help="mailgun, postmark …: see docs/simulator.md.")],
    *,
    port: Annotated[int, typer.Option(help="Listen on this port; 0 is any free one.", min=0, max=65535)] = 8091,
    host: Annotated[str, typer.Option(help="Listen on this address of this machine's own.")] = "127.0.0.1",
    script: Annotated[
        Path | None, typer.Option(help="What goes wrong, as JSON or TOML.", exists=True, dir_okay=False)
    ] = None,
    delay: Annotated[str, typer.Option(metavar="MS", help="How long a call takes: 100, or 50-150.")] = "0",
    log: Annotated[Path | None, typer.Option(help="Keep what was accepted in this file (JSON Lines).")] = None,
    webhook: Annotated[str, typer.Option(metavar="URL", help="Post what becomes of each copy there.")] = "",
    secret: Annotated[
        str, typer.Option(envvar="DIGEST_SIMULATOR_SECRET", help="What its webhooks are proved with; else one is made.")
    ] = "",
    letters: Annotated[Path | None, typer.Option(help="Keep what each reader would see in this folder.")] = None,
    specs: Annotated[
        Path | None, typer.Option(help="A folder of the providers' OpenAPI files, to check every request against.")
    ] = None,
    validate: Annotated[
        bool, typer.Option("--validate/--no-validate", help="Check and render every copy; without, only count it.")
    ] = True,
) -> None:
    """Speak a provider's API on this machine: nothing is mailed, everything accepted is written down."""
    from digest.simulator.script import Script
    from digest.simulator.script import script as read_script
    from digest.simulator.server import Habits, simulator

    habits = Habits(
        host=host,
        port=port,
        delay=_seconds(delay),
        thorough=validate,
        webhook=webhook,
        secret=secret,
        letters=letters,
    )
    played = read_script(script.read_text(encoding="utf-8"), name=str(script)) if script else Script()
    with _kept_from_threads() as ends, simulator(name, habits=habits, script=played, log=log, specs=specs) as running:
        typer.echo(f"{name} is simulated at {running.url} – stop with Ctrl-C.")
        typer.echo(f"What it accepted: {running.url}/_simulator/log")
        if webhook:
            typer.echo(f"Webhooks go to {webhook}; whoever receives them has to know: {running.secret}")
        signal.sigwait(ends)


@contextmanager
def _kept_from_threads() -> Iterator[set[signal.Signals]]:
    """What ends the command is waited for by the main thread alone: threads that begin in here inherit the mask."""
    ends = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        yield ends
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _seconds(delay: str) -> tuple[float, float]:
    """«50-150» milliseconds -> seconds, shortest and longest."""
    shortest, _, longest = delay.partition("-")
    try:
        found = (float(shortest) / 1000, float(longest or shortest) / 1000)
    except ValueError as error:
        raise UsageError(f"--delay {delay}", mend="write milliseconds, such as 100, or 50-150.") from error
    if not 0 <= found[0] <= found[1]:
        raise UsageError(f"--delay {delay}", mend="write the shorter time first.")
    return found

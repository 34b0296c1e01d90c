"""Commands that make the line run: run, collect, demo, schedule, serve."""

import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import pick
from digest.cli.exits import Exit
from digest.cli.session import Newsletter, Now, program, settings
from digest.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from digest.app.app import App
    from digest.pipeline.report import TickReport

commands = typer.Typer()


@commands.command()
def run(
    *,
    at_once: Annotated[bool, typer.Option("--at-once", help="Do the whole line now, whatever the hour.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done; touch nothing.")] = False,
    newsletter: Newsletter = "",
    now: Now = "",
) -> None:
    """One tick for cron: collect, draft, apply the policy, send, resume; whatever is due, and nothing twice."""
    from rich.console import Console

    from digest.app.clock import clock
    from digest.app.failure import ringing
    from digest.app.rehearsal import rehearsal
    from digest.cli.exits import exit_code
    from digest.cli.log import log_tick
    from digest.cli.progress import bars

    if newsletter and not at_once:
        raise UsageError("--newsletter without --at-once", mend="a tick does what is due for every newsletter.")
    console, chosen = Console(emoji=False), settings()
    is_read = console.is_terminal or at_once or dry_run
    with (
        rehearsal(chosen) if dry_run else nullcontext(chosen) as used,
        ringing(used, clock=clock()),
        bars(console) as progress,
        program(now=now, create=True, progress=progress, chosen=used) as app,
    ):
        report = _tick(app, at_once=at_once, newsletter=newsletter)
    if is_read:  # after the bars: what is printed beside them stands above them
        _show(report, console)
    if dry_run:
        console.print("[bold]A dry run:[/bold] nothing was kept and nothing was sent.")
    if not console.is_terminal:
        log_tick(report)
    raise typer.Exit(exit_code(report))


def _tick(app: "App", *, at_once: bool, newsletter: str) -> "TickReport":
    from digest.app.answering import refuse_unready
    from digest.pipeline.tick import at_once as walk_at_once
    from digest.pipeline.tick import tick

    refuse_unready(app)
    if not at_once:
        return tick(app.line)
    return walk_at_once(app.line, [pick(app.settings, newsletter)])


def _show(report: "TickReport", console: "Console") -> None:
    """Print what was done for a person; under cron `log_tick` writes the same as JSON."""
    from digest.cli.report import show_balance, show_collection, show_edition
    from digest.cli.terminal import shown
    from digest.edit.codec import load

    if report.collected:
        show_collection(report.collected, console)
    for outcome in report.outcomes:
        if outcome.edition and outcome.balance:
            show_edition(load(outcome.edition.edition_json).edition, console)
            show_balance(outcome.edition, outcome.balance, console)
        console.print(f"[bold]{outcome.newsletter}[/bold] {outcome.day}: {shown('; '.join(outcome.done))}")
        for trouble in outcome.troubles:
            console.print(shown(trouble), style="yellow")
    for trouble in report.troubles:
        console.print(shown(trouble), style="yellow")


@commands.command()
def collect(*, now: Now = "") -> None:
    """Fetch every source now and report what each gave."""
    from rich.console import Console

    from digest.cli.progress import bars
    from digest.cli.report import show_collection
    from digest.pipeline.gather import collect_now

    console = Console(emoji=False)
    with bars(console) as progress, program(now=now, create=True, progress=progress) as app:
        report = collect_now(app.line, app.line.clock())
    show_collection(report, console)
    raise typer.Exit(Exit.PARTIAL if report.failed else Exit.DONE)


@commands.command()
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where the sample day's own files go.")] = Path("var/demo"),
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget earlier runs of the sample day first.")] = False,
) -> None:
    """Walk the whole line on a fictional day, served over loopback, to 25 sample readers in an outbox."""
    from rich.console import Console

    from digest.cli.demo import walk

    raise typer.Exit(walk(folder, Console(emoji=False), fresh=fresh))


@commands.command()
def schedule() -> None:
    """Run the ticks under a scheduler of our own, for those without cron; stop with Ctrl-C."""
    from digest.cli.log import log_failure, log_tick
    from digest.scheduler import run_forever

    run_forever(settings(), told=log_tick, failed=log_failure)


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Listen here instead of [serve] host.")] = "",
    port: Annotated[int, typer.Option(help="Listen here instead of [serve] port.", min=0, max=65535)] = 0,
) -> None:
    """Answer the unsubscribe links of sent mails."""
    from digest.web.serve import serve as listen

    chosen = settings()
    where = chosen.file.serve
    with program(chosen=chosen) as app:
        listen(app, host=host or where.host, port=port or where.port, told=_listening)


def _listening(address: str) -> None:
    typer.echo(f"Listening on {address} – stop with Ctrl-C.")


@commands.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where the newsroom's files go.")] = Path(),
) -> None:
    """Write a config.toml, schedules and an empty database to begin with; nothing that is there is overwritten."""
    from digest.app.shipped import shipped
    from digest.cli.session import CHOICES

    written = []
    plan = [(shipped("config.example.toml"), folder / "config.toml")]
    if not (folder / "schedules").exists():  # a newsletter that somebody took out does not come back
        plan += [(path, folder / "schedules" / path.name) for path in sorted(shipped("schedules").glob("*.toml"))]
    for source, target in plan:
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            written.append(target)
    CHOICES.config = folder / "config.toml"
    with program(create=True) as app:
        database = app.settings.at(app.settings.file.store.path)
    typer.echo("\n".join([*(f"wrote {path}" for path in written), f"database ready at {database}"]))
    typer.echo("Next: put your feeds in with `digest sources import FILE.opml`, then `digest run --at-once`.")

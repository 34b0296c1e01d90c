"""Commands about the feeds we read: sources, with test, find, add, import, export, revive, saved."""

import sys
from typing import Annotated

import typer

from digest.cli.exits import Exit
from digest.cli.session import Now, program, settings
from digest.errors import Unreachable, UsageError

commands = typer.Typer(
    help="The feeds we read: how each does; test, find, add them. To take one out, delete its table in sources.toml."
)

Json = Annotated[bool, typer.Option("--json", help="For machines.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Take the defaults without asking.")]
Known = Annotated[str, typer.Argument(metavar="ID", help="A source's id, as `digest sources` lists them.")]
Address = Annotated[str, typer.Argument(metavar="URL", help="The address of a feed, or of a page that has feeds.")]


@commands.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    *,
    failing: Annotated[bool, typer.Option("--failing", help="Only those that somebody should look into.")] = False,
    as_json: Json = False,
    now: Now = "",
) -> None:
    """How each feed does: last success, failures in a row, new items against its habit, seconds, what is to be said."""
    if context.invoked_subcommand:
        if failing or as_json or now:
            raise UsageError("an option stands before the command's name", mend="write it behind.")
        return
    from rich.console import Console

    from digest.cli.health import health_json, in_trouble, show_health
    from digest.pipeline.alert import look_after

    with program(now=now) as app:
        moment = app.line.clock()
        feeds = look_after(now=moment, line=app.line)
    wanted = in_trouble(feeds) if failing else feeds
    if as_json:
        typer.echo(health_json(wanted))
    elif wanted:
        show_health(wanted, Console(emoji=False), now=moment)
    else:
        typer.echo(
            "No source is in trouble." if feeds else "There are none yet; `digest sources add URL` takes one in."
        )


@commands.command("test")
def try_out(
    place: Annotated[str, typer.Argument(metavar="URL|ID", help="An address, or the id of a source.")],
    *,
    as_json: Json = False,
    now: Now = "",
) -> None:
    """Show what we would make of a feed, every repair by its name; nothing is kept."""
    from rich.console import Console

    from digest.cli.address import is_address, known, looked_into, typed
    from digest.cli.inspection import inspection_json, show_inspection

    chosen = settings()
    source = typed(place, chosen) if is_address(place) else known(place, chosen)
    inspection = looked_into(source, chosen, now=now)
    if as_json:
        typer.echo(inspection_json(inspection))
    else:
        show_inspection(inspection, Console(emoji=False))
    tested = inspection.tested
    raise typer.Exit(Exit.DONE if tested and tested.is_usable else Exit.PARTIAL)


@commands.command()
def find(page: Address) -> None:
    """List the feeds of a web page, those it declares first."""
    from rich.console import Console

    from digest.cli.address import looked_into, typed
    from digest.cli.inspection import show_found
    from digest.cli.terminal import in_line

    chosen = settings()
    inspection = looked_into(typed(page, chosen), chosen)
    if not inspection.found:
        typer.secho(in_line(f"No feed was found: {inspection.why_none}"), fg="yellow", err=True)
        raise typer.Exit(Exit.FAILED)
    show_found(inspection.found, Console(emoji=False))


@commands.command()
def add(place: Address, *, yes: Yes = False) -> None:
    """Find the feed at an address, test it, ask for what it does not say, and write it into sources.toml."""
    from rich.console import Console

    from digest.cli.adding import write_down
    from digest.cli.address import looked_into, to_add, typed
    from digest.cli.asking import is_person, is_wanted
    from digest.cli.inspection import show_inspection
    from digest.guard import typed_host

    chosen, is_asked = settings(), not yes and is_person()
    source = typed(place, chosen)
    inspection = looked_into(source, chosen)
    show_inspection(inspection, Console(emoji=False))
    found = to_add(inspection, chosen, is_asked=is_asked)
    urls = [one.url for one in found.sources]
    if not urls:
        raise Unreachable(f"{place} leads to no usable entry", mend="`digest sources find` lists a page's feeds.")
    if yes or is_wanted(f"Add {urls[0]}?"):  # it was fetched: the guard let that page lead there
        write_down(found, chosen, vouched=typed_host(source.url).union(*map(typed_host, urls)), is_asked=is_asked)
    else:
        typer.echo("Nothing was changed.")


@commands.command("import")
def import_sources(
    place: Annotated[str, typer.Argument(metavar="FILE|URL", help="An OPML list of feeds.")],
    *,
    yes: Yes = False,
) -> None:
    """Add the feeds of an OPML list to sources.toml; what OPML cannot say is asked for, or takes a default."""
    from digest.cli.adding import write_down
    from digest.cli.asking import is_person
    from digest.cli.fetchlist import believed, fetch_list
    from digest.collect.listed import listed
    from digest.collect.opml import read

    chosen, is_asked = settings(), not yes and is_person()
    found = fetch_list(place, chosen)
    is_vouched = believed(found, chosen, is_asked=is_asked)
    write_down(
        listed(read(found.text), chosen.sources, is_vouched=is_vouched), chosen, vouched=found.hosts, is_asked=is_asked
    )


@commands.command("export")
def export_sources() -> None:
    """Print the sources as an OPML list; `digest sources import` gives the same sources back."""
    from digest.collect.opml import write

    typer.echo(write(settings().sources), nl=False)


@commands.command()
def revive(source: Known) -> None:
    """Ask a source again at the next collection: one that is gone, backs off or asked to be left alone."""
    from digest.pipeline.revive import revive as ask_again

    with program() as app:
        was_asked = ask_again(source, app.line)
    typer.echo(f"{source} is asked at the next collection." if was_asked else f"{source} has never been asked yet.")


@commands.command()
def saved(source: Known) -> None:
    """Write out the last document of a source in which something was wrong; into a file, byte for byte."""
    from digest.cli.address import known
    from digest.cli.terminal import harmless, in_line

    with program() as app:
        known(source, app.settings)
        kept = app.line.feeds.document(source)
    if kept is None:
        raise UsageError(f"nothing is kept of {source}", mend="only documents with problems are, for a few days.")
    heading = f"{kept.url} at {kept.at:%d %B %Y %H:%M} UTC, {kept.content_type or 'of no type'}"
    for said in (heading, *(f"problem: {problem}" for problem in kept.problems)):
        typer.secho(in_line(said), fg="yellow", err=True)
    is_read = sys.stdout.isatty()
    typer.echo(harmless(kept.body.decode("utf-8", "replace")) if is_read else kept.body, nl=is_read)

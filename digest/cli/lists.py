"""Commands for the two lists: sources and subscribers."""

import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.session import CHOICES, program, settings
from digest.errors import ConfigError, SourceListError, UsageError

if TYPE_CHECKING:
    from digest.model.news import Source
    from digest.pipeline.subscribe import ImportPlan

sources = typer.Typer(help="The feeds we read.", no_args_is_help=True)
subscribers = typer.Typer(help="The readers we write to.", no_args_is_help=True)

MOST_BAD_ROWS = 50


@sources.command("import")
def import_sources(
    place: Annotated[str, typer.Argument(metavar="FILE|URL", help="An OPML list of feeds.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the defaults without asking.")] = False,
) -> None:
    """Add the feeds of an OPML list to sources.toml; what OPML cannot say is asked for, or takes a default."""
    from digest.collect.opml import read, to_sources
    from digest.config.sources import as_toml

    chosen = settings()
    known = {source.url for source in chosen.sources}
    outlines = [outline for outline in read(_bytes(place)) if outline.xml_url not in known]
    found = _usable(to_sources(outlines, {source.id for source in chosen.sources}))
    if not found:
        typer.echo("Nothing new in this list.")
        return
    asked = found if yes or not _is_person() else tuple(_ask(source) for source in found)
    path = chosen.root / chosen.file.sources_file
    before = path.read_text(encoding="utf-8").rstrip() + "\n\n" if path.exists() else ""
    _write_checked(path, before + as_toml(asked))
    for source in asked:
        labour = ", a Labour outlet" if source.labour else ""
        typer.echo(f"{source.id:<32} {source.publisher} ({source.kind.value}, weight {source.weight:g}{labour})")
    typer.echo(f"{len(asked)} sources added to {path}; change weights and kinds there.")


@sources.command("export")
def export_sources() -> None:
    """Print the sources as an OPML list."""
    from digest.collect.opml import write

    typer.echo(write(settings().sources), nl=False)


@subscribers.command("import")
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
    for bad in plan.bad[:MOST_BAD_ROWS]:
        typer.secho(f"line {bad.line}: {bad.why}: {bad.row}", fg="yellow", err=True)
    if len(plan.bad) > MOST_BAD_ROWS:
        typer.secho(f"… and {len(plan.bad) - MOST_BAD_ROWS} more wrong rows", fg="yellow", err=True)
    listed = ", ".join(f"{count} {what}" for what, count in plan.changes.items())
    typer.echo(f"{len(plan.good)} good rows ({listed}), {len(plan.bad)} wrong ones.")


def _bytes(place: str) -> bytes:
    if urllib.parse.urlsplit(place).scheme in {"http", "https"}:
        from digest.app.download import download

        return download(place)
    try:
        return Path(place).read_bytes()
    except OSError as error:
        raise SourceListError(f"{place} ({error.strerror})", mend="name an OPML file or its address.") from error


def _is_person() -> bool:
    import sys

    return sys.stdin.isatty()


def _ask(source: "Source") -> "Source":
    """Ask for what OPML cannot say; Enter takes the default."""
    from dataclasses import replace

    from digest.model.news import SourceKind

    typer.echo(f"\n{source.name}  {source.url}")
    publisher = typer.prompt("  publisher (who speaks)", default=source.publisher)
    kind = typer.prompt("  kind", default=source.kind.value, type=SourceKind)
    weight = typer.prompt("  weight (0 to 2; 1 is ordinary)", default=source.weight, value_proc=_weight)
    labour = typer.confirm("  a Labour outlet?", default=source.labour)
    return replace(source, publisher=publisher, kind=SourceKind(kind), weight=weight, labour=labour)


def _weight(text: str) -> float:
    """Return the number that was typed; a BadParameter makes the prompt ask again."""
    try:
        weight = float(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no number") from error
    if not 0 <= weight <= 2:
        raise typer.BadParameter(f"{text} does not lie between 0 and 2")
    return weight


def _usable(found: "tuple[Source, ...]") -> "tuple[Source, ...]":
    """Return the feeds that the configuration takes; say of each other one why not."""
    from digest.config.sources import refused

    troubles = {source.id: refused(source) for source in found}
    for trouble in filter(None, troubles.values()):
        typer.secho(f"left out: {trouble}", fg="yellow", err=True)
    return tuple(source for source in found if not troubles[source.id])


def _write_checked(path: Path, text: str) -> None:
    """Put the list in its place as a whole (a tick may be reading it) and read the configuration again.

    What was there comes back if it cannot be used.
    """
    from digest.config.load import load

    before = path.read_bytes() if path.exists() else None
    _put(path, text.encode())
    try:
        load(CHOICES.config)
    except ConfigError:
        path.unlink() if before is None else _put(path, before)
        raise


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)

"""Sources that shall be read -> asked about, checked, and written down in sources.toml."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from digest.cli.session import CHOICES
from digest.config.load import Settings, load
from digest.config.sources import as_toml, refused
from digest.errors import ConfigError
from digest.guard import refusal, typed_host
from digest.model.news import Source, SourceKind


def write_down(found: Sequence[Source], chosen: Settings, *, place: str, yes: bool) -> None:
    """Ask for what the web cannot say (unless `yes`, or nobody is there), write the sources down, say what was written.

    `place` is where they were found. If somebody typed an address, its own host may lie on a
    private network, and sources of that host are marked as the newsroom's own; what else the
    configuration would not take is left out, with the reason.

    Raises:
        ConfigError: when the configuration could not be used with them; it is then as it was.

    """
    taken = _taken([_as_own(source, place, chosen) for source in found], chosen)
    if not taken:
        typer.echo("Nothing new in this list." if not found else "Nothing was added.")
        return
    asked = tuple(taken if yes or not _is_person() else (_ask(source) for source in taken))
    path = chosen.root / chosen.file.sources_file
    before = path.read_text(encoding="utf-8").rstrip() + "\n\n" if path.exists() else ""
    _write_checked(path, before + as_toml(asked))
    for source in asked:
        marks = (", a Labour outlet" if source.labour else "") + (", own host" if source.own_host else "")
        typer.echo(f"{source.id:<32} {source.publisher} ({source.kind.value}, weight {source.weight:g}{marks})")
    counted = "1 source" if len(asked) == 1 else f"{len(asked)} sources"
    typer.echo(f"{counted} added to {path}; change weights and kinds there.")


def is_wanted(question: str) -> bool:
    """Ask, if somebody is there to answer; Enter says yes."""
    return not _is_person() or typer.confirm(question, default=True)


def _as_own(source: Source, place: str, chosen: Settings) -> Source:
    """Mark a source on a private network as the newsroom's own if it lies where the typed address does."""
    is_private = bool(refusal(source.url, chosen.own_hosts))
    return replace(source, own_host=is_private and not refusal(source.url, typed_host(place)))


def _taken(found: Sequence[Source], chosen: Settings) -> list[Source]:
    """Return the sources that the configuration takes; say of each other one why not."""
    troubles = {source.id: refused(source, chosen.own_hosts) for source in found}
    for trouble in filter(None, troubles.values()):
        typer.secho(f"left out: {trouble}", fg="yellow", err=True)
    return [source for source in found if not troubles[source.id]]


def _is_person() -> bool:
    return sys.stdin.isatty()


def _ask(source: Source) -> Source:
    """Ask for what no feed says of itself; Enter takes the default."""
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


def _write_checked(path: Path, text: str) -> None:
    """Put the list in its place as a whole (a tick may be reading it) and read the configuration again.

    What was there comes back if it cannot be used.
    """
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

"""A source as it was found -> the same with what no feed says of itself, asked of a person."""

import sys
from dataclasses import replace

import typer

from digest.cli.terminal import in_line
from digest.model.news import Source, SourceKind


def is_person() -> bool:
    """Say whether somebody is there to answer."""
    return sys.stdin.isatty()


def is_wanted(question: str) -> bool:
    """Ask, if somebody is there to answer; Enter says yes."""
    return not is_person() or typer.confirm(in_line(question), default=True)


def is_let_in(source: Source) -> bool:
    """Ask about a source that a list names on one of the newsroom's own hosts; Enter says no."""
    return typer.confirm(in_line(f"{source.name}  {source.url}  lies on a host of your own. Read it?"), default=False)


def ask(source: Source) -> Source:
    """Ask for what no feed says of itself; Enter takes the default."""
    typer.echo("\n" + in_line(f"{source.name}  {source.url}"))
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

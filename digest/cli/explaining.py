"""`digest explain`: why a story stands where it stands, or why others do not stand at all."""

from typing import Annotated

import typer

from digest.cli.choice import find
from digest.cli.session import Day, Newsletter, program

commands = typer.Typer()


@commands.command()
def explain(
    story: Annotated[
        str | None,
        typer.Argument(
            help="A story: its place («lead», «3»), its id, or the beginning of one, as `digest show` prints them."
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines; with the articles' whole texts.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Say why a story stands where it stands: points, evidence, who was refused, dates, edits and articles.

    Without a story: why each one that is not printed was left out, and which stand lower than their points.
    """
    from rich.console import Console

    from digest.cli.absences import absences_json, show_absences
    from digest.cli.explanation import explanation_json, show_explanation
    from digest.edit.codec import load
    from digest.edit.naming import story_named

    with program() as app:
        record = find(app, newsletter, day)
        judgement = load(record.edition_json)
        meant = None if story is None else story_named(story, judgement).ranked
        edits = app.line.items.edits([item.id for item in meant.story.items]) if meant else ()
    if meant is None:
        typer.echo(absences_json(judgement)) if as_json else show_absences(judgement, Console(emoji=False))
    elif as_json:
        typer.echo(explanation_json(judgement, meant, edits))
    else:
        show_explanation(judgement, meant, edits, Console(emoji=False))

"""Decisions about what stands around the stories: the note, the diary, corrections."""

from typing import Annotated

import typer

from digest.cli.choice import date_of
from digest.cli.deciding import Editor, carry_out
from digest.cli.session import Day, Newsletter

commands = typer.Typer()


@commands.command(short_help="Write the «Good morning».")
def note(
    text: Annotated[str, typer.Argument(help="40 to 90 words; an empty line between paragraphs.")],
    *,
    signed: Annotated[str, typer.Option("--signed", help="The name under it; yours if it is not said.")] = "",
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Write the «Good morning», signed by a named editor."""
    from digest.edit import proposal

    carry_out(
        lambda _, __, ___, name: proposal.note(text, signed=signed or name), by=by, newsletter=newsletter, day=day
    )


@commands.command(short_help="Write the lines of «Today».")
def diary(
    lines: Annotated[list[str] | None, typer.Argument(help="A line each; none empties the diary.")] = None,
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Write the lines of «Today»: PMQs, votes, by-elections; five at most, in place of those before."""
    from digest.edit import proposal

    carry_out(lambda *_: proposal.diary(lines or ()), by=by, newsletter=newsletter, day=day)


@commands.command(short_help="Correct an earlier edition in this one.")
def correction(
    text: Annotated[str, typer.Argument(help="What was wrong, and what is right.")],
    *,
    of: Annotated[str, typer.Option("--of", metavar="DAY", help="The day of the edition that was wrong.")],
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Correct an earlier edition in this one, under its date."""
    from digest.edit import proposal

    carry_out(
        lambda _, record, __, ___: proposal.correction(text, of=date_of(of), today=record.day),
        by=by,
        newsletter=newsletter,
        day=day,
    )

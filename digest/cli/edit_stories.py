"""Decisions about one story: whether it is printed, where, of which items, and in which words."""

from typing import Annotated

import typer

from digest.cli.deciding import Editor, Story, carry_out
from digest.cli.session import Day, Newsletter
from digest.model.decision import Act

commands = typer.Typer()

Reason = Annotated[str, typer.Option("--reason", help="Why, for the history and for whoever asks later.")]


@commands.command(short_help="Take a story out.")
def spike(story: Story, *, reason: Reason, by: Editor, newsletter: Newsletter = "", day: Day = "") -> None:
    """Take a story out, with a reason; the next ones move up, and no other comes in for it."""
    _of_story(Act.SPIKE, story, reason, by, newsletter, day)


@commands.command(short_help="Keep a story in, or bring one in.")
def pin(story: Story, *, reason: Reason = "", by: Editor, newsletter: Newsletter = "", day: Day = "") -> None:
    """Keep a story in, or bring in one that was left out: it enters the wire where its points put it."""
    _of_story(Act.PIN, story, reason, by, newsletter, day)


@commands.command(short_help="Put a story first.")
def lead(story: Story, *, reason: Reason = "", by: Editor, newsletter: Newsletter = "", day: Day = "") -> None:
    """Put a story first."""
    _of_story(Act.LEAD, story, reason, by, newsletter, day)


@commands.command(short_help="Move a story to a place or a section.")
def move(
    story: Story,
    *,
    to: Annotated[str, typer.Option("--to", metavar="PLACE|SECTION", help="A place, such as 4, or a section.")],
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Move a story to a place of the news, or under a section of «On the wire»."""
    from digest.edit import proposal

    carry_out(lambda _, __, judgement, ___: proposal.move(story, to, judgement), by=by, newsletter=newsletter, day=day)


@commands.command(short_help="Make two stories of one.")
def split(
    story: Story,
    items: Annotated[list[str], typer.Argument(help="Items that leave, by the beginnings of their ids.")],
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Make a story of its own of some items of a story (`digest explain` lists them); holds for all later editions."""
    from digest.edit import proposal

    carry_out(
        lambda _, __, judgement, ___: proposal.split(story, items, judgement), by=by, newsletter=newsletter, day=day
    )


@commands.command(short_help="Make one story of several.")
def merge(
    stories: Annotated[list[str], typer.Argument(help="Two or more, by place or id.")],
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Make one story of several, under the name of the first; holds for all later editions."""
    from digest.edit import proposal

    carry_out(lambda _, __, judgement, ___: proposal.merge(stories, judgement), by=by, newsletter=newsletter, day=day)


@commands.command(short_help="Give a story another headline.")
def retitle(
    story: Story,
    headline: Annotated[str, typer.Argument(help="The headline; 45 to 75 characters make a good subject too.")],
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Give a story another headline; the publisher's stays visible to editors."""
    _of_story(Act.RETITLE, story, headline, by, newsletter, day)


@commands.command(short_help="Write a story’s summary yourself.")
def summary(
    story: Story,
    text: Annotated[str, typer.Argument(help="One to three sentences; nothing checks them against the sources.")],
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Write a story's summary yourself; it is marked as yours."""
    _of_story(Act.SUMMARY, story, text, by, newsletter, day)


@commands.command(short_help="Write the words above a headline.")
def kicker(
    story: Story,
    text: Annotated[str, typer.Argument(help="A word or two; 22 characters at most.")],
    *,
    by: Editor,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Write the word or two above a story's headline."""
    _of_story(Act.KICKER, story, text, by, newsletter, day)


def _of_story(act: Act, story: str, text: str, by: str, newsletter: str, day: str) -> None:
    from digest.edit import proposal

    carry_out(
        lambda _, __, judgement, ___: proposal.of_story(act, story, judgement, text=text),
        by=by,
        newsletter=newsletter,
        day=day,
    )

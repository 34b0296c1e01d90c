"""Commands about one edition: draft, show, send."""

import json
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find, pick
from digest.cli.exits import Exit, of_books
from digest.cli.findings import show_findings
from digest.cli.picture import Picture, save_picture
from digest.cli.session import Day, Newsletter, Now, program, settings
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.model.mail import EditionRecord, Email

commands = typer.Typer()


UNSENT = {
    "draft": "`digest approve --by NAME` signs it.",
    "held": "`digest approve --by NAME` signs it.",
    "paused": "`digest resume` lets it go on.",
}
"""What to do about an edition that cannot be sent as it stands, by its state."""


class Format(StrEnum):
    """What `digest show` can print."""

    TABLE = "table"
    HTML = "html"
    TEXT = "text"
    EML = "eml"
    JSON = "json"


@commands.command()
def draft(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the draft; keep nothing.")] = False,
    weights: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="rank.NAME=VALUE", help="With --dry-run: try another weight, and see who moves."),
    ] = None,
    newsletter: Newsletter = "",
    now: Now = "",
) -> None:
    """Draft today's edition from what has been collected, or draft it anew while nobody has signed it.

    With `--dry-run --set rank.publishers=60` (and more of them) it says which stories would stand elsewhere, and why.
    """
    from rich.console import Console

    from digest.app.rehearsal import rehearsal
    from digest.cli.progress import bars
    from digest.cli.report import show_edition
    from digest.cli.trial import show_trial, tried_weights
    from digest.edit.codec import load
    from digest.pipeline.checking import findings
    from digest.pipeline.draft import draft as write
    from digest.schedule import local_day

    console, chosen = Console(emoji=False), settings()
    tried = tried_weights(weights or (), chosen.file.rank, dry_run=dry_run)
    with (
        rehearsal(chosen) if dry_run else nullcontext(chosen) as used,
        bars(console) as progress,
        program(now=now, create=True, progress=progress, chosen=used) as app,
    ):
        name, moment = pick(chosen, newsletter), app.line.clock()
        schedule = next(one for one in app.line.newsroom.schedules if one.newsletter == name)
        if tried:
            show_trial(app, schedule, tried, console)
            return
        record = write(schedule, day=local_day(schedule, moment), now=moment, line=app.line, may_replace=True)
        show_findings(findings(record, line=app.line))
    show_edition(load(record.edition_json).edition, console)
    console.print(f"{name} {record.day}: {record.state.value}" + (" (a dry run: not kept)" if dry_run else ""))


@commands.command()
def show(
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.TABLE,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Write a picture; needs Chromium.")] = None,
    view: Annotated[Picture, typer.Option("--view", help="Of what --png is a picture.")] = Picture.DESKTOP,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Print an edition: as a table with its reasons, or the very bytes that go out; or take a picture of it."""
    from digest.edit.codec import load

    with program() as app:
        record = find(app, newsletter, day)
        if png:
            save_picture(record, png, view)
            return
        judgement = load(record.edition_json)
        if form is Format.TABLE:
            from rich.console import Console

            from digest.cli.report import show_edition

            show_edition(judgement.edition, Console(emoji=False))
        else:
            typer.echo(_bytes(app, record, form))


def _bytes(app: "App", record: "EditionRecord", form: Format) -> bytes:
    if form is Format.JSON:
        return json.dumps(json.loads(record.edition_json)["edition"], indent=1, ensure_ascii=False).encode()
    if record.email is None:
        raise UsageError(f"the edition of {record.day} is empty ({record.reason})", mend="there is no mail to show.")
    if form is Format.EML:
        return _sample_message(app, record, record.email)
    return (record.email.html if form is Format.HTML else record.email.text).encode()


def _sample_message(app: "App", record: "EditionRecord", email: "Email") -> bytes:
    """Return the message as a reader would get it, addressed to nobody real."""
    from digest.model.mail import Recipient
    from digest.pipeline.envelope import envelope
    from digest.render.mime import message

    moment = record.approved_at or record.drafted_at or app.line.clock()
    head = envelope(app.line, newsletter=record.newsletter, day=record.day, sent_at=moment)
    link = app.line.newsroom.link(0)
    reader = Recipient(delivery_id=0, address="reader@example.org", name="A Reader", unsubscribe_url=link)
    return message(email, envelope=head, recipient=reader, tag="show")


@commands.command()
def send(
    *,
    test: Annotated[list[str] | None, typer.Option("--test", help="Send a marked proof to an editor.")] = None,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Send an approved edition now, or go on with one that was begun; with --test send a proof and nothing else."""
    from rich.console import Console

    from digest.app.answering import refuse_unready
    from digest.cli.progress import bars
    from digest.cli.report import show_balance
    from digest.model.mail import EditionState
    from digest.pipeline.send import send as hand_over

    console = Console(emoji=False)
    with bars(console) as progress, program(progress=progress) as app:
        refuse_unready(app)
        record = find(app, newsletter, day)
        if test:
            raise typer.Exit(_proof(app, record, tuple(test)))
        if record.state not in {EditionState.APPROVED, EditionState.SENDING}:
            raise UsageError(
                f"the edition of {record.day} is {record.state.value}; only an approved one can be sent",
                mend=UNSENT.get(record.state.value, "`digest status` shows where it stands."),
            )
        balance = hand_over(record, line=app.line)
        record = app.line.editions.get(record.id)
    show_balance(record, balance, console)
    raise typer.Exit(of_books(record, balance))


def _proof(app: "App", record: "EditionRecord", addresses: tuple[str, ...]) -> Exit:
    from digest.cli.terminal import in_line
    from digest.pipeline.proof import proof

    schedule = next(one for one in app.line.newsroom.schedules if one.newsletter == record.newsletter)
    refused = proof(schedule, record, addresses, now=app.line.clock(), line=app.line)
    for line in refused:
        typer.secho(in_line(line), fg="red", err=True)
    typer.echo(f"{len(addresses) - len(refused)} proofs of {record.newsletter} {record.day} sent.")
    return Exit.FAILED if refused else Exit.DONE

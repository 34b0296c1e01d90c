"""What people decide about an edition: approve, hold, resume, cancel."""

from typing import Annotated

import typer

from digest.cli.choice import find, signature
from digest.cli.findings import show_findings
from digest.cli.session import By, Day, Newsletter, program

commands = typer.Typer()


@commands.command()
def approve(*, by: By, newsletter: Newsletter = "", day: Day = "") -> None:
    """Sign an edition: its bytes are frozen, and go out at the deadline (or with `digest send`)."""
    from digest.pipeline.approve import approve as sign
    from digest.pipeline.checking import findings

    with program() as app:
        record = find(app, newsletter, day)
        show_findings(findings(record, line=app.line))
        record = sign(record, by=signature(by), now=app.line.clock(), line=app.line)
    typer.echo(f"{record.newsletter} {record.day}: approved by {record.approved_by}, SHA-256 {record.sha256[:16]}…")


@commands.command()
def hold(
    *,
    by: By = "an operator",
    reason: Annotated[str, typer.Option("--reason", help="Why, for the history.")] = "held by hand",
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Keep an edition from going out; one that is being sent pauses after the batch in hand."""
    from digest.pipeline.withhold import hold as keep

    with program() as app:
        record = find(app, newsletter, day)
        record = keep(record, by=signature(by), reason=reason, now=app.line.clock(), line=app.line)
    typer.echo(f"{record.newsletter} {record.day}: {record.state.value}")


@commands.command()
def resume(*, by: By = "an operator", newsletter: Newsletter = "", day: Day = "") -> None:
    """Let a paused edition go on; the next tick (or `digest send`) hands over what is left."""
    from digest.pipeline.withhold import resume as go_on

    with program() as app:
        record = go_on(find(app, newsletter, day), by=signature(by), now=app.line.clock(), line=app.line)
    typer.echo(f"{record.newsletter} {record.day}: {record.state.value}")


@commands.command()
def cancel(
    *,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the history.")] = "cancelled by hand",
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Drop an edition; where it is being sent, what has not gone out yet stays here, and is counted as given up."""
    from digest.pipeline.withhold import cancel as drop

    with program() as app:
        record = find(app, newsletter, day)
        record = drop(record, by=signature(by), reason=reason, now=app.line.clock(), line=app.line)
    typer.echo(f"{record.newsletter} {record.day}: {record.state.value}")

"""What the checks find in a rendered edition -> lines on standard error."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from digest.model.mail import EditionRecord


def show_findings(record: "EditionRecord") -> None:
    """Print every finding with its mend; an empty edition has none."""
    from digest.cli.terminal import in_line
    from digest.edit.codec import load
    from digest.render.checks import check

    if record.email is None:
        return
    for finding in check(record.email, load(record.edition_json).edition):
        said = f"{finding.severity.value}: {finding.what} ({finding.where}). {finding.mend}"
        typer.secho(in_line(said), fg="yellow", err=True)

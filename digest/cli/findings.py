"""What the checks find -> a table for a person, JSON for a machine, lines on standard error."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from digest.model.mail import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


def show_findings(found: Sequence[Finding]) -> None:
    """Print a line for every finding, with its mend, on standard error."""
    from digest.cli.terminal import in_line

    for finding in found:
        said = f"{finding.severity.value}: {finding.what} ({place(finding)}). {finding.mend}"
        typer.secho(in_line(said), fg="yellow", err=True)


def findings_table(found: Sequence[Finding], console: "Console") -> None:
    """Print the findings as a table, errors first, each with its mend below what is wrong; then how many there are."""
    from rich.table import Table

    from digest.cli.terminal import shown

    table = Table(expand=False, show_lines=True)
    table.add_column("grade", no_wrap=True)
    table.add_column("check", no_wrap=True)
    table.add_column("where", overflow="fold", max_width=16)
    table.add_column("what is wrong, and how to mend it", overflow="fold")
    for finding in found:
        colour = COLOURS[finding.severity]
        table.add_row(
            f"[{colour}]{finding.severity.value}[/{colour}]",
            finding.check,
            shown(place(finding)),
            f"{shown(finding.what)}\n[dim]→ {shown(finding.mend)}[/dim]",
        )
    if found:
        console.print(table)
    console.print(counted(found))


def findings_json(found: Sequence[Finding], **about: str) -> str:
    """Return the same as JSON: `about`, how many of each grade, and every finding with its line."""
    return json.dumps(
        {**about, "counts": _counts(found), "findings": [asdict(finding) for finding in found]},
        indent=1,
        ensure_ascii=False,
    )


def place(finding: Finding) -> str:
    """Return where a finding stands: «html 123», «subject»."""
    return f"{finding.where} {finding.line}" if finding.line else finding.where


def counted(found: Sequence[Finding]) -> str:
    """Return how many there are of each grade, as a sentence."""
    counts = {grade: number for grade, number in _counts(found).items() if number}
    listed = (f"{number} {_plural(grade, number)}" for grade, number in counts.items())
    return f"Found: {', '.join(listed)}." if counts else "Nothing found: the letter is as it should be."


def _counts(found: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in found)
    return {severity.value: counts[severity] for severity in Severity}


def _plural(grade: str, number: int) -> str:
    return f"{grade}s" if number > 1 and grade != "advice" else grade

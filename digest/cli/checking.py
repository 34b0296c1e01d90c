"""The command that checks: an edition of ours, or the two parts of any mail."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find
from digest.cli.exits import Exit
from digest.cli.findings import findings_json, findings_table
from digest.cli.session import Day, Newsletter, program
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model.mail import Finding

commands = typer.Typer()


@commands.command()
def check(
    *,
    html: Annotated[Path | None, typer.Option("--html", help="Check this file instead, with --text.")] = None,
    text: Annotated[Path | None, typer.Option("--text", help="The text part that belongs to --html.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Say what is wrong with an edition, where, and how to mend it; exit code 3 where an error would block it."""
    if html or text:
        if not (html and text) or newsletter or day:
            raise UsageError("--html and --text name one mail", mend="give both, without --newsletter and --day.")
        found, about = _files(html, text), {"html": str(html), "text": str(text)}
    else:
        found, about = _edition(newsletter, day)
    _say(found, about, as_json=as_json)
    raise typer.Exit(_exit(found))


def _edition(newsletter: str, day: str) -> "tuple[Sequence[Finding], dict[str, str]]":
    from digest.pipeline.checking import findings

    with program() as app:
        record = find(app, newsletter, day)
        if record.email is None:
            raise UsageError(
                f"the edition of {record.day} is empty ({record.reason})", mend="there is no mail to check."
            )
        about = {"newsletter": record.newsletter, "day": record.day.isoformat(), "state": record.state.value}
        return findings(record, line=app.line), about


def _files(html: Path, text: Path) -> "Sequence[Finding]":
    from digest.model.mail import Email
    from digest.render.checks import check_mail

    return check_mail(Email(subject="", preheader="", html=_read(html), text=_read(text)))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8", mend="save it as UTF-8.") from error


def _say(found: "Sequence[Finding]", about: dict[str, str], *, as_json: bool) -> None:
    from rich.console import Console

    if as_json:
        typer.echo(findings_json(found, **about))
    else:
        console = Console(emoji=False)
        console.print(" ".join(about.values()), markup=False, highlight=False)
        findings_table(found, console)


def _exit(found: "Sequence[Finding]") -> Exit:
    from digest.model.mail import Severity

    return Exit.HELD if any(finding.severity is Severity.ERROR for finding in found) else Exit.DONE

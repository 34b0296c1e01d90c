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
    from collections.abc import Mapping, Sequence

    from digest.model.mail import Finding

commands = typer.Typer()


@commands.command()
def check(
    *,
    html: Annotated[Path | None, typer.Option("--html", help="Check this file instead.")] = None,
    text: Annotated[Path | None, typer.Option("--text", help="The text part that belongs to --html.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    newsletter: Newsletter = "",
    day: Day = "",
) -> None:
    """Say what is wrong with an edition, where, and how to mend it; exit code 3 where an error would block it."""
    unmade: Mapping[str, str] = {}
    if html or text:
        if not html or newsletter or day:
            raise UsageError(
                "--html and --text name one mail", mend="give --html FILE, without --newsletter and --day."
            )
        found, unmade = _files(html, text)
        about = {"html": str(html)} | ({"text": str(text)} if text else {})
    else:
        found, about = _edition(newsletter, day)
    _say(found, about, unmade, as_json=as_json)
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


def _files(html: Path, text: Path | None) -> "tuple[Sequence[Finding], Mapping[str, str]]":
    from digest.render.checks import check_parts

    return check_parts(_read(html), _read(text) if text else None)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8", mend="save it as UTF-8.") from error


def _say(found: "Sequence[Finding]", about: dict[str, str], unmade: "Mapping[str, str]", *, as_json: bool) -> None:
    from rich.console import Console

    if as_json:
        typer.echo(findings_json(found, **about, **({"not_made": _unmade(unmade)} if unmade else {})))
    else:
        console = Console(emoji=False)
        console.print(" ".join(about.values()), markup=False, highlight=False)
        findings_table(found, console)
        if unmade:
            console.print(f"Checks not made: {_unmade(unmade)}.", markup=False, highlight=False)


def _unmade(unmade: "Mapping[str, str]") -> str:
    """The checks that were not made, those with the same reason together: «subject, preheader (files have none)»."""
    whys = {why: [name for name, given in unmade.items() if given == why] for why in unmade.values()}
    return "; ".join(f"{', '.join(names)} ({why})" for why, names in whys.items())


def _exit(found: "Sequence[Finding]") -> Exit:
    from digest.model.mail import Severity

    return Exit.HELD if any(finding.severity is Severity.ERROR for finding in found) else Exit.DONE

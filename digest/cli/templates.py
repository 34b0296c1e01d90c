"""Commands about the newsroom's own templates: list, copy, diff."""

from typing import Annotated

import typer

from digest.cli.session import settings

commands = typer.Typer(help="Look at the letter's templates, and make them your own.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A template's name, such as partials/footer.html.j2.")]


@commands.command(name="list")
def list_templates() -> None:
    """Name every template of ours, and say which of them you have replaced."""
    from digest.app.own_templates import SUFFIX, own_templates
    from digest.app.templates import copied_from, our_templates, own_folder, version
    from digest.cli.terminal import in_line

    ours, own = our_templates(), own_templates(own_folder(settings()))
    for name in sorted({*ours, *own.texts, *(name for name in own.faults if name.endswith(SUFFIX))}):
        if name in own.faults:
            mark = "yours cannot be read; `digest doctor` says why"
        elif name not in own.texts:
            mark = ""
        elif name not in ours:
            mark = "only yours"
        elif copied_from(own.texts[name]) not in {"", version(ours[name])}:
            mark = "yours; ours has changed since you copied it"
        else:
            mark = "yours"
        typer.echo(f"{in_line(name):<36} {mark}".rstrip())


@commands.command()
def copy(name: Name) -> None:
    """Put a copy of one of our templates into your folder, to be changed there."""
    from digest.app.templates import copy as write
    from digest.app.templates import own_folder
    from digest.cli.terminal import in_line

    path = write(name, own_folder(settings()))
    typer.echo(f"wrote {in_line(str(path))}: change it, then look with `digest doctor`.")


@commands.command()
def diff(name: Name) -> None:
    """Print what your template changes in ours."""
    from digest.app.templates import diff as differences
    from digest.app.templates import own_folder
    from digest.cli.terminal import harmless

    found = differences(name, own_folder(settings()))
    typer.echo(harmless(found).rstrip("\n") or "yours and ours are alike.")

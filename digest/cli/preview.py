"""The command for looking at a letter before it goes: preview."""

from typing import Annotated

import typer

from digest.cli.choice import pick
from digest.cli.session import Newsletter, instant, settings

commands = typer.Typer()


@commands.command()
def preview(
    *,
    newsletter: Newsletter = "",
    port: Annotated[int, typer.Option(help="Listen on this port; 0 is any free one.", min=0, max=65535)] = 8090,
    host: Annotated[str, typer.Option(help="Listen on this address of this machine's own.")] = "127.0.0.1",
    now: Annotated[
        str, typer.Option("--now", metavar="INSTANT", help="See it as at a moment, such as 2026-05-15T05:30:00Z.")
    ] = "",
) -> None:
    """Look at the edition in a browser, in every view, with what the checks find and why each story is there."""
    from digest.app.clock import clock
    from digest.app.watch import WatchedApp
    from digest.web.loopback import refuse_public
    from digest.web.preview import preview_pages
    from digest.web.serve import bound, listening

    refuse_public(host)
    chosen = settings()
    name = pick(chosen, newsletter)
    with WatchedApp(chosen, clock=clock(instant(now) if now else None)) as watched:
        watched.app()  # what is broken before we begin is told here, not on a page
        pages = preview_pages(watched, newsletter=name)
        server = listening(pages, host=host, port=port, mend="choose another with --port.")
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"The preview is at http://{shown}:{bound(server)}/ – stop with Ctrl-C.")
        server.run()

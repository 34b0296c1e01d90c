"""Sources that shall be read -> judged, asked about, and written down in sources.toml."""

from collections.abc import Collection
from dataclasses import replace

import typer

from digest.cli.asking import ask, is_let_in
from digest.cli.session import CHOICES
from digest.cli.terminal import in_line
from digest.collect.listed import Listed
from digest.config.load import Settings, load
from digest.config.rewrite import append
from digest.config.sources import as_toml, refused
from digest.guard import private_host, refusal, typed_host
from digest.model.destination import read
from digest.model.news import Source


def write_down(found: Listed, chosen: Settings, *, vouched: Collection[str], is_asked: bool) -> None:
    """Write the sources down, after asking for what the web cannot say, and say what was written and what was not.

    `vouched` are the hosts (with ports) that the person himself chose. Only there may sources lie
    on the newsroom's own hosts or on a private network, and are then marked as its own.

    Raises:
        ConfigError: when the configuration could not be used with them; it is then as it was.

    """
    for why in found.left_out:
        _warn(f"left out: {why}")
    judged = [_judged(source, chosen, vouched, is_asked=is_asked) for source in found.sources]
    taken = [ask(source) if is_asked else source for source in judged if source]
    if not taken:
        is_known = found.known and not found.left_out and not found.sources
        typer.echo("Nothing new in this list." if is_known else "Nothing was added.")
        return
    path = chosen.root / chosen.file.sources_file
    append(path, as_toml(taken), check=lambda: load(CHOICES.config))
    for source in taken:
        typer.echo(in_line(_line(source)))
        if source.url in found.doubts:
            _warn(found.doubts[source.url])
    counted = "1 source" if len(taken) == 1 else f"{len(taken)} sources"
    known = f" ({found.known} are read already)" if found.known else ""
    typer.echo(f"{counted} added to {path}{known}; change weights and kinds there.")


def _judged(source: Source, chosen: Settings, vouched: Collection[str], *, is_asked: bool) -> Source | None:
    """Return the source as it may be written down; say why not where it may not be.

    It is judged as `load` will judge it: by the own hosts of [collect] and by its own word alone.
    """
    is_own = read(source.url).is_among(chosen.own_hosts)
    is_chosen = typed_host(source.url) <= frozenset(vouched) or (is_own and is_asked and is_let_in(source))
    own_hosts = chosen.file.collect.own_hosts
    is_private = bool(private_host(source.url) and refusal(source.url, own_hosts))
    marked = replace(source, own_host=is_chosen and is_private)
    why = _foreign(source) if is_own and not is_chosen else refused(marked, own_hosts)
    if why:
        _warn(f"left out: {why}")
    return None if why else marked


def _foreign(source: Source) -> str:
    (host,) = typed_host(source.url)
    mend = f"if you want it: `digest sources add {source.url}`"
    return f"{source.id}: {source.url} lies on your own host {host}, and the list does not come from there; {mend}"


def _line(source: Source) -> str:
    marks = (", a Labour outlet" if source.labour else "") + (", own host" if source.own_host else "")
    speaks = f"{source.publisher} ({source.kind.value}, weight {source.weight:g}{marks})"
    return f"{source.id:<32} {speaks}  {source.url}"


def _warn(said: str) -> None:
    typer.secho(in_line(said), fg="yellow", err=True)

"""A file's name or an address -> the list of feeds that lies there, and whom we may believe because of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typer

from digest.app.download import download
from digest.cli.address import is_address, typed
from digest.cli.terminal import in_line
from digest.config.load import Settings
from digest.errors import SourceListError
from digest.guard import private_host, typed_host
from digest.model.destination import read


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedList:
    """A list as it came; `hosts` is the host (with its port) that was typed, if it was that host which answered."""

    text: bytes
    hosts: frozenset[str] = frozenset()


def fetch_list(place: str, chosen: Settings) -> FetchedList:
    """Read a file, or fetch an address that may lie on a private network because somebody typed it.

    Raises:
        SourceListError: when the file cannot be read.
        Unreachable: when the address does not answer with a document.

    """
    if is_address(place):
        url = typed(place, chosen).url
        document = download(url, chosen, own_hosts=private_host(url))
        return FetchedList(text=document.body, hosts=typed_host(url) & typed_host(document.url))
    try:
        return FetchedList(text=Path(place).read_bytes())
    except OSError as error:
        raise SourceListError(f"{place} ({error.strerror})", mend="name an OPML file or its address.") from error


def believed(found: FetchedList, chosen: Settings, *, is_asked: bool) -> Callable[[str], bool]:
    """Return whether the name that the list gives the feed at an address counts without further proof.

    It does where somebody is asked about each, and at the newsroom's own host if the list itself
    comes from there: who typed its address answers for it. That is said.
    """
    own = frozenset(host for host in found.hosts if _is_own(host, chosen))
    if is_asked:
        return lambda _: True
    for host in own:
        said = f"The list comes from your own host {host}: the publishers that it names for feeds there are believed."
        typer.secho(in_line(said), fg="yellow", err=True)
    return lambda url: bool(typed_host(url) & own)


def _is_own(host: str, chosen: Settings) -> bool:
    url = f"http://{host}/"
    return bool(private_host(url)) or read(url).is_among(chosen.own_hosts)

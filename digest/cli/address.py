"""What a person wrote, an id or an address -> the source that is meant, and what came of looking into it."""

import urllib.parse

import typer

from digest.app.clock import clock
from digest.app.trial import look_into
from digest.cli.session import instant
from digest.collect.address import canonical, same_page_key
from digest.collect.opml import OpmlOutline, to_sources
from digest.config.load import Settings
from digest.errors import UsageError
from digest.guard import refusal
from digest.model.destination import read
from digest.model.feed import Document
from digest.model.news import Source
from digest.pipeline.inspect import Inspection


def is_address(place: str) -> bool:
    """Say whether somebody wrote an address, not an id or the name of a file."""
    return urllib.parse.urlsplit(place).scheme in {"http", "https"}


def known(source_id: str, chosen: Settings) -> Source:
    """Return the source of this id; UsageError when there is none."""
    found = next((source for source in chosen.sources if source.id == source_id), None)
    if found is None:
        mend = "`digest sources` lists them; an address begins with https:// (or http://)."
        raise UsageError(f"there is no source {source_id!r}", mend=mend)
    return found


def typed(address: str, chosen: Settings) -> Source:
    """Return a source for an address that somebody typed.

    He may look into his own network, and is told so; what the address redirects to, or names, may not lie there.

    Raises:
        UsageError: when it is no address of the web.

    """
    try:
        host = read(address).host_port
    except ValueError as error:
        raise UsageError(f"{address}: {error}", mend="write an address such as https://example.org/feed.") from error
    private = refusal(address, chosen.own_hosts)
    if private:
        typer.secho(f"{private}. It is asked now because you typed it.", fg="yellow", err=True)
    name = host.removesuffix(":443").removesuffix(":80")
    return Source(id=name, name=name, url=address, publisher=name, own_host=bool(private))


def looked_into(source: Source, chosen: Settings, *, now: str = "") -> Inspection:
    """Fetch and read the source's address, as at `now` if that is given."""
    return look_into(source, chosen, now=clock(instant(now) if now else None)())


def to_add(inspection: Inspection, chosen: Settings) -> Source | None:
    """Return the feed that was tested as a source to write down, None when nothing usable was found.

    Raises:
        UsageError: when it is read already.

    """
    tested = inspection.tested
    if not tested or not tested.feed or not tested.is_usable or not isinstance(tested.answer, Document):
        return None
    url = tested.answer.moved_to or tested.url
    for source in chosen.sources:
        if same_page_key(canonical(source.url)) == same_page_key(canonical(url)):
            raise UsageError(f"{url} is read already, as {source.id}", mend="change its table in sources.toml.")
    outline = OpmlOutline(title=tested.feed.title[:120], xml_url=url, html_url=inspection.asked.url)
    return to_sources([outline], {source.id for source in chosen.sources})[0]

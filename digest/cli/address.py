"""What a person wrote, an id or an address -> the source that is meant, and what came of looking into it."""

import typer

from digest.app.clock import clock
from digest.app.trial import look_into
from digest.cli.session import instant
from digest.collect.listed import Listed, listed, page_of, web_address
from digest.collect.opml import OpmlOutline
from digest.config.load import Settings
from digest.errors import UsageError
from digest.guard import private_host, refusal
from digest.model.destination import read
from digest.model.feed import Document
from digest.model.news import Source
from digest.pipeline.inspect import Inspection
from digest.text.clean import plain


def is_address(place: str) -> bool:
    """Say whether somebody wrote an address, not an id or the name of a file."""
    return place.partition(":")[0].strip().lower() in {"http", "https", "feed"}


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
        url = web_address(address)
    except ValueError as error:
        raise UsageError(f"{address}: {error}", mend="write an address such as https://example.org/feed.") from error
    private = refusal(url, chosen.own_hosts) if private_host(url) else ""
    if private:
        typer.secho(f"{private}. It is asked now because you typed it.", fg="yellow", err=True)
    name = read(url).host_port.removesuffix(":443").removesuffix(":80")
    return Source(id=name, name=name, url=url, publisher=name, own_host=bool(private))


def looked_into(source: Source, chosen: Settings, *, now: str = "") -> Inspection:
    """Fetch and read the source's address, as at `now` if that is given."""
    return look_into(source, chosen, now=clock(instant(now) if now else None)())


def to_add(inspection: Inspection, chosen: Settings, *, is_asked: bool) -> Listed:
    """Return the feed that was tested as a source to write down; none when nothing usable was found.

    A feed's title is its own word: it makes a publisher only where somebody is asked about it.

    Raises:
        UsageError: when it is read already.

    """
    tested = inspection.tested
    if not tested or not tested.feed or not tested.is_usable or not isinstance(tested.answer, Document):
        return Listed()
    url = tested.answer.moved_to or tested.url
    for source in chosen.sources:
        if page_of(source.url) == page_of(url):
            raise UsageError(f"{url} is read already, as {source.id}", mend="change its table in sources.toml.")
    outline = OpmlOutline(title=plain(tested.feed.title)[:120], xml_url=url, html_url=inspection.asked.url)
    return listed([outline], chosen.sources, is_vouched=lambda _: is_asked)

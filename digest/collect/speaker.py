"""A feed's name and address -> the publisher who speaks in it, as far as that can be believed."""

import re
from dataclasses import dataclass

from digest.collect.address import authority_of, canonical, is_aggregator
from digest.collect.hosts import LENT
from digest.lexicon.publishers import Publisher, publisher_at, publisher_named
from digest.model.news import SourceKind

FEED_WORDS = re.compile(
    r"\((?:open platform|rss|atom|google news|uk|feed)\)"
    r"|\b(?:rss|atom|feeds?|xml|uk politics|politics|uk news|top stories|headlines)\b",
    re.IGNORECASE,
)
"""What a feed or a list calls a feed beyond its publisher's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks; `note` says why it is not whom the name says, and what to do about it."""

    publisher: Publisher
    note: str = ""


def speaker(name: str, url: str, *, page: str = "", is_vouched: bool) -> Speaker:
    """Decide who speaks in the feed `name` at `url`: by its host where our table knows it, else by its name.

    Anybody can call a feed «The Guardian», and name its home page. So a name or page of our table
    counts at a host that is not in it only where `is_vouched`: somebody answers for the name. An
    aggregator's host, such as Google News, says nothing of who speaks and is treated likewise.
    """
    host, between = publisher_at(canonical(url)), is_aggregator(canonical(url))
    if host and not between:
        return Speaker(publisher=host)
    bare = _without_feed_words(name)
    claimed = publisher_named(name) or publisher_named(bare) or publisher_at(canonical(page))
    if claimed and claimed is not host and is_vouched:
        return Speaker(publisher=claimed)
    kind = SourceKind.AGGREGATOR if between and authority_of(canonical(url)) not in LENT else SourceKind.NATIONAL
    if claimed and claimed is not host:
        stands = host or Publisher(name=host_of(url), kind=kind)
        return Speaker(publisher=stands, note=_doubt(name, claimed, stands, url))
    return Speaker(publisher=host or Publisher(name=bare or name, kind=kind))


def host_of(url: str) -> str:
    """The host of an address, without «www.», «feeds.» and «rss.» before it."""
    found = re.match(r"https?://(?:www\.|feeds?\.|rss\.)?(\[[^\]]*\]|[^/:?]+)", url)
    return found[1] if found else ""


def _without_feed_words(name: str) -> str:
    """«BBC Politics RSS» -> «BBC»."""
    return " ".join(FEED_WORDS.sub(" ", name).split()).strip(" -–—|:·")


def _doubt(name: str, claimed: Publisher, stands: Publisher, url: str) -> str:
    return (
        f"«{name}» at {host_of(url)} says that it is {claimed.name}, whose hosts we know otherwise: it stands as "
        f"«{stands.name}» (weight {stands.weight:g}); if it is theirs, write publisher, kind and weight in sources.toml"
    )

"""A web page -> the feeds it names: those it declares, then links that look like one.

How pages declare them: HTML Living Standard, «Link type "alternate"»; https://www.rssboard.org/rss-autodiscovery.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from digest.collect.address import absolute, canonical, same_page_key, same_site
from digest.collect.encoding import settle
from digest.text.clean import plain

MOST_BYTES = 2 * 1024 * 1024
"""Of a page; what a site says of its feeds stands in its head, or in its footer."""

MOST_FEEDS = 50
"""A page with more is a directory of feeds, which nobody reads to the end."""

MOST_LINKS = 5_000
"""Links and anchors of a page that are looked at."""

LONGEST_TITLE = 200
"""Characters; it becomes a source's name."""


class FeedKind(StrEnum):
    """What a feed was found as: what its page declares it to be, or how it was come upon."""

    RSS = "RSS"
    ATOM = "Atom"
    RDF = "RDF"
    JSON = "JSON Feed"
    XML = "XML"
    LINK = "a link that looks like a feed"
    USUAL = "a usual address"
    ITSELF = "the address itself"


TYPES: Mapping[str, FeedKind] = {
    "application/rss+xml": FeedKind.RSS,
    "application/atom+xml": FeedKind.ATOM,
    "application/rdf+xml": FeedKind.RDF,
    "application/feed+json": FeedKind.JSON,
    "application/json": FeedKind.JSON,
    "application/xml": FeedKind.XML,
    "text/xml": FeedKind.XML,
}
"""Media types by which pages declare feeds; JSON Feed 1.0 had none of its own."""

NO_FEED = re.compile(r"/wp-json/|oembed|sitemap|opensearch|/manifest\.json|/(?:rsd|wlwmanifest)\.xml", re.IGNORECASE)
"""What pages declare or link under the same types and is no feed."""

FEED_PATH = re.compile(
    r"/(?:feeds?|rss|atom)(?:/|\.php|\.json)?(?:$|/[\w-]+/?$)|\.(?:rss|atom|rdf|xml)$|\bfeed\.json$", re.IGNORECASE
)
FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format|output|alt)=(?:feed|rss2?|atom|rdf)\b", re.IGNORECASE)
COMMENTS = re.compile(r"\bcomments?\b.{0,40}\bfeed\b|\bfeed\b.{0,40}\bcomments?\b", re.IGNORECASE)
COMMENTS_PATH = re.compile(r"/comments?/(?:feed|default|rss)", re.IGNORECASE)

USUAL_PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where WordPress, Ghost, Jekyll, Hugo and their kin put the feed of a site."""

UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What may stand in no address as it is, or cannot be seen where one is printed and copied."""

PAGE_START = re.compile(rb"\s*(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page names: its absolute address, the page's title for it (or ""), and how it was found."""

    url: str
    title: str
    kind: FeedKind


def feeds_in(page: bytes, *, url: str, content_type: str) -> tuple[FoundFeed, ...]:
    """Every feed that the page at `url` declares, then the links in it that look like feeds of its own site.

    Each once (by canonical URL), feeds of comments last, in the page's order otherwise. Hostile
    markup costs a pass over at most 2 MiB and builds no tree.
    """
    tags = _tags(page[:MOST_BYTES], content_type)
    base = next((joined for tag in tags if tag.name == "base" and (joined := _joined(url, tag.href))), url)
    declared = (found for tag in tags if tag.name == "link" and (found := _declared(tag, base)))
    linked = (found for tag in tags if tag.name == "a" and (found := _linked(tag, base, url)))
    once: dict[str, FoundFeed] = {}
    for found in (*declared, *linked):
        once.setdefault(same_page_key(canonical(found.url)), found)
    return tuple(sorted(once.values(), key=_is_of_comments)[:MOST_FEEDS])


def usual_places(url: str) -> tuple[FoundFeed, ...]:
    """Where the feed of a site mostly is, for a page that names none."""
    return tuple(FoundFeed(url=urljoin(url, path), title="", kind=FeedKind.USUAL) for path in USUAL_PATHS)


def is_page(body: bytes, content_type: str) -> bool:
    """Say whether the document is a web page, or says that it is one."""
    return "html" in content_type.partition(";")[0].casefold() or bool(PAGE_START.match(body[:4096]))


@dataclass(slots=True)
class _Tag:
    """A start tag that may lead to a feed, with the text that follows it up to its end."""

    name: str
    href: str
    rel: str = ""
    type: str = ""
    title: str = ""


class _Listener:
    """Hears a page's tags one by one (lxml's «parser target»)."""

    def __init__(self) -> None:
        self.tags: list[_Tag] = []
        self._is_in_link = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"base", "link", "a"} and "href" in attributes and len(self.tags) < MOST_LINKS:
            said = {key: attributes.get(key, "") for key in ("href", "rel", "type", "title")}
            self.tags.append(_Tag(name=name, **said))
            self._is_in_link = name == "a" and not said["title"]

    def end(self, name: str) -> None:
        if name == "a":
            self._is_in_link = False

    def data(self, text: str) -> None:
        if self._is_in_link and len(self.tags[-1].title) < LONGEST_TITLE:
            self.tags[-1].title += text[:LONGEST_TITLE]

    def close(self) -> list[_Tag]:
        return self.tags


def _tags(page: bytes, content_type: str) -> list[_Tag]:
    from lxml import etree

    settled = settle(page, content_type)
    parser = etree.HTMLParser(target=_Listener(), encoding=settled.encoding or None, huge_tree=False, recover=True)
    parser.feed(settled.body)
    tags: list[_Tag] = parser.close()
    return tags


def _declared(tag: _Tag, base: str) -> FoundFeed | None:
    """What a <link> declares; a JSON document is a feed only if its address says so."""
    kind = TYPES.get(tag.type.partition(";")[0].strip().casefold())
    relations = tag.rel.casefold().split()
    if (
        not {"alternate", "feed"} & set(relations)
        or "stylesheet" in relations
        or (kind is None and "feed" not in relations)
    ):
        return None
    if tag.type.strip().casefold() == "application/json" and "feed" not in tag.href.casefold():
        return None
    return _found(tag, base, kind or FeedKind.XML)


def _linked(tag: _Tag, base: str, page: str) -> FoundFeed | None:
    """What an <a> leads to, if it looks like a feed and belongs to the page's own site."""
    found = _found(tag, base, FeedKind.LINK)
    is_own = found and same_site(canonical(found.url), canonical(page))
    return found if found and is_own and _looks_like_feed(found.url) else None


def _found(tag: _Tag, base: str, kind: FeedKind) -> FoundFeed | None:
    url = _joined(base, tag.href)
    if not canonical(url) or NO_FEED.search(url):
        return None
    return FoundFeed(url=url, title=plain(tag.title)[:LONGEST_TITLE], kind=kind)


def _joined(base: str, href: str) -> str:
    """Return the absolute address without a fragment, what may not stand in one escaped; "" for what can be none."""
    whole = urldefrag(absolute(href, base=base)).url
    return UNSEEN.sub(lambda found: quote(found[0], safe="", errors="replace"), whole)


def _looks_like_feed(url: str) -> bool:
    split = urlsplit(url)
    return bool(
        FEED_PATH.search(split.path)
        or FEED_QUERY.search(split.query)
        or split.netloc.startswith(("feeds.", "feed.", "rss."))
    )


def _is_of_comments(found: FoundFeed) -> bool:
    return bool(COMMENTS.search(found.title) or COMMENTS_PATH.search(found.url))

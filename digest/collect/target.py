"""Where an entry leads -> the publisher's own page, also where an aggregator stands in between and the entry knows it.

An aggregator's redirect cannot be followed (it wants a browser and tells who reads what), so the
target is taken from what the feed itself says, or not at all.
"""

import html
import re
from itertools import islice

from digest.collect.address import canonical, is_aggregator, same_site
from digest.collect.raw import RawEntry
from digest.text.clean import plain
from digest.text.headline import same_headline_key

ANCHOR = re.compile(
    r"""<a\b[^<>]{0,500}?\bhref\s*=\s*["']?\s*(https?://[^"'\s<>]{1,4000})[^<>]{0,500}>([^<]{1,400})</a\s*>""",
    re.IGNORECASE,
)
MOST_LINKS = 20
"""Links of a summary that are looked at."""

SLUG = re.compile(r"(?:[a-z0-9]+-){3,}[a-z0-9]+|\d{5,}", re.IGNORECASE)
FEED = re.compile(r"/(?:feeds?|rss|atom)(?:/|$)|\.(?:xml|rss|atom|json)$", re.IGNORECASE)
"""What the last part of an article's address looks like, and what only a feed's looks like."""


def target(raw: RawEntry, *, title: str, markup: str) -> tuple[str, str]:
    """The entry's address: (canonical URL or "", a repair where an aggregator's link gave way to the publisher's).

    `title` and `markup` (the summary) are as the feed gives them. Of the summary's links the one
    that is put on the headline is believed, or one to the site that the entry names as its source.
    """
    links = [url for link in raw.links if (url := canonical(link, base=raw.base))]
    first = links[0] if links else ""
    if not first or not is_aggregator(first):
        return first, ""
    own = next((url for url in links if not is_aggregator(url)), "")
    found = own or _in_summary(raw, title, markup) or _in_source(raw)
    return (found, f"aggregator’s link replaced: {first[:200]}") if found else (first, "")


def _in_summary(raw: RawEntry, title: str, markup: str) -> str:
    """The publisher's own page among the links of the summary, which may be escaped once more than it should."""
    home, told = canonical(raw.publisher_url), same_headline_key(plain(title))
    text = markup if "<" in markup else html.unescape(markup)
    for found in islice(ANCHOR.finditer(text), MOST_LINKS):
        page, said = canonical(html.unescape(found[1])), same_headline_key(plain(found[2]))
        is_headline = bool(said) and told.startswith(said)
        if page and not is_aggregator(page) and (is_headline or (home and same_site(page, home))):
            return page
    return ""


def _in_source(raw: RawEntry) -> str:
    """The address of RSS's <source>, where it is an article's: it should be a feed's, and mostly is a home page's."""
    url = canonical(raw.publisher_url)
    last = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return url if SLUG.search(last) and not FEED.search(url) and not is_aggregator(url) else ""

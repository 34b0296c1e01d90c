"""A sample feed and a moment -> the bytes its server would send at that moment: RSS 2.0, Atom or JSON Feed."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.sample.day import Dating, Fault, Format, Markup, SampleFeed, SampleItem

LONDON = ZoneInfo("Europe/London")

CONTENT_TYPES = {
    Format.RSS: "application/rss+xml; charset=utf-8",
    Format.ATOM: "application/atom+xml; charset=utf-8",
    Format.JSON: "application/feed+json; charset=utf-8",
}


def document(feed: SampleFeed, *, now: datetime, edition: int = 1) -> bytes:
    """Write the feed as its publisher would at `now` (aware); `edition` counts its updates from 1.

    Addresses and guids hold the London day of `now`, so that the same day gives the same
    articles and another day gives new ones. A truncated feed breaks off in its last entry.
    """
    entries = [_entry(feed, item, now=now, edition=edition) for item in feed.items]
    text = WRITERS[feed.format](feed, entries)
    if feed.fault is Fault.TRUNCATED:
        text = _cut(text)
    return text.encode()


def address(feed: SampleFeed, item: SampleItem, *, now: datetime) -> str:
    """The article's canonical URL, without tracking: site, category, London day, slug."""
    section = item.category.lower().replace(" ", "-")
    return f"{feed.site}/{section}/{now.astimezone(LONDON):%Y/%m/%d}/{item.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An item as it stands in its feed, with everything the publisher's system adds to it."""

    guid: str
    link: str
    title: str
    html: str
    author: str
    category: str
    published: datetime
    dating: Dating


def _entry(feed: SampleFeed, item: SampleItem, *, now: datetime, edition: int) -> _Entry:
    wording = item.wording(edition)
    url = address(feed, item, now=now)
    footer = feed.footer.format(url=url, site=feed.site, title=escape(wording.title, quote=False))
    day = now.astimezone(LONDON).date()
    return _Entry(
        guid=f"tag:{urlsplit(feed.site).hostname},{day}:{item.key}",
        link=url.removeprefix(feed.site) if feed.relative else "?".join(filter(None, (url, feed.tracking))),
        title=wording.title + feed.suffix,
        html=wording.summary + footer,
        author=item.author,
        category=item.category,
        published=(now - wording.ago).replace(microsecond=0),
        dating=item.dating,
    )


def _rss(feed: SampleFeed, entries: list[_Entry]) -> str:
    """RSS 2.0 with dc:creator (rssboard.org/rss-specification)."""
    items = "\n".join(_rss_item(feed, entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{escape(feed.source.name)}</title>
<link>{feed.site}/</link>
<description>The latest from {escape(feed.source.publisher)}</description>
<language>en-gb</language>
{items}
</channel>
</rss>
"""


def _rss_item(feed: SampleFeed, entry: _Entry) -> str:
    body = f"<![CDATA[{entry.html}]]>" if feed.markup is Markup.CDATA else escape(entry.html)
    return f"""<item>
<title>{escape(entry.title)}</title>
<link>{escape(entry.link)}</link>
<guid isPermaLink="false">{escape(entry.guid)}</guid>
<dc:creator>{escape(entry.author)}</dc:creator>
<category>{escape(entry.category)}</category>{_rss_date(entry)}
<description>{body}</description>
</item>"""


def _rss_date(entry: _Entry) -> str:
    """The pubDate of RFC 822, or what some publishers send in its place."""
    if entry.dating is Dating.MISSING:
        return ""
    published = entry.published + timedelta(days=1 if entry.dating is Dating.TOMORROW else 0)
    written = format_datetime(published.astimezone(UTC), usegmt=True)
    if entry.dating is Dating.COLON_ZONE:
        # RFC 822 knows "+0100" alone; the colon is ISO 8601's.
        local = format_datetime(published.astimezone(LONDON))
        written = f"{local[:-2]}:{local[-2:]}"
    return f"\n<pubDate>{written}</pubDate>"


def _atom(feed: SampleFeed, entries: list[_Entry]) -> str:
    """Atom, RFC 4287; relative links are resolved against xml:base, which section 2 allows on any element."""
    updated = max(entry.published for entry in entries)
    written = "\n".join(_atom_entry(entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" xml:base="{feed.site}/">
<id>{feed.site}/</id>
<title>{escape(feed.source.name)}</title>
<link rel="alternate" href="{feed.site}/"/>
<link rel="self" href="{feed.source.url}"/>
<updated>{updated.isoformat()}</updated>
{written}
</feed>
"""


def _atom_entry(entry: _Entry) -> str:
    return f"""<entry>
<id>{escape(entry.guid)}</id>
<title>{escape(entry.title)}</title>
<link rel="alternate" href="{escape(entry.link)}"/>
<author><name>{escape(entry.author)}</name></author>
<category term="{escape(entry.category)}"/>
<published>{entry.published.isoformat()}</published>
<updated>{entry.published.isoformat()}</updated>
<summary type="html">{escape(entry.html)}</summary>
</entry>"""


def _json(feed: SampleFeed, entries: list[_Entry]) -> str:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.source.name,
        "home_page_url": f"{feed.site}/",
        "feed_url": feed.source.url,
        "language": "en-GB",
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def _json_item(entry: _Entry) -> dict[str, object]:
    return {
        "id": entry.guid,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": [entry.category],
    }


def _cut(text: str) -> str:
    """Break off half-way through the last description, as a server does that dies while it writes."""
    start, end = text.rindex("<description>"), text.rindex("</description>")
    return text[: (start + end) // 2]


WRITERS = {Format.RSS: _rss, Format.ATOM: _atom, Format.JSON: _json}

"""Documents to begin with: one of each format of our own, and the shared corpora where they are."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd">
<channel><title>Post &amp; more</title><link>https://post.example/</link>
<item><title>Reed quits &#8211; &lt;b&gt;live&lt;/b&gt; - The Wensley Post</title><link>/1?utm_source=rss</link>
<guid isPermaLink="false">g-1</guid><pubDate>Wed, 14 May 2031 18:00:00 BST</pubDate><dc:creator>Jo Dale</dc:creator>
<category>Live blog</category><source url="https://www.theguardian.com">The Guardian</source>
<media:group><media:content url="/p.jpg" medium="image" width="460"/><media:credit role="author">Ann</media:credit>
</media:group><media:thumbnail url="t.jpg"/><itunes:duration>12:00</itunes:duration>
<enclosure url="https://post.example/1.mp3" type="audio/mpeg" length="1"/>
<description><![CDATA[<p>He left. Itâ€™s over &amp;amp; done.</p><p>She stayed. DONATE HERE</p>
The post <a href="https://post.example/1">Reed quits</a> appeared first on Post.]]></description>
<content:encoded>&lt;p&gt;Whole text.&lt;/p&gt;</content:encoded></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/base/"><title>Post</title>
<entry xml:base="more/"><id>tag:1</id><title type="html">Reed &lt;b&gt;quits&lt;/b&gt; | Jo Dale</title>
<link rel="alternate" href="one"/><link rel="enclosure" type="video/mp4" href="a.mp4"/>
<published>2031-05-14T17:00:00Z</published><updated>14/05/2031 18:00</updated><author><name>Jo Dale</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>He left.</p></div></content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Post</title></channel>
<item rdf:about="https://post.example/1"><title>Reed quits</title><link>https://post.example/1</link>
<dc:date>2031-05-14T17:00:00+01:00</dc:date><dc:subject>Comment</dc:subject></item></rdf:RDF>"""

CDF = """<?xml version="1.0"?><channel href="https://post.example/"><title>Post</title>
<item href="https://post.example/1" lastmod="2031-05-14T17:00"><title>Reed quits</title><abstract>He left.</abstract>
</item></channel>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [
            {
                "id": "1",
                "url": "/1",
                "title": "Reed quits",
                "content_html": "<p>He left.</p>",
                "date_published": "2031-05-14T17:00:00Z",
                "image": "/p.png",
                "authors": [{"name": "Jo Dale"}],
                "attachments": [{"url": "/1.mp3", "mime_type": "audio/mpeg"}],
                "tags": ["Comment"],
            }
        ],
    }
)

OWN = tuple(text.encode() for text in (RSS, ATOM, RDF, CDF, JSON))

CORPORA = (
    "feedparser_wellformed",
    "feedparser_illformed",
    "feedparser_encoding",
    "feedparser_entities",
    "feedparser_sanitize",
    "feedvalidator_testcases",
    "miniflux_encodings",
    "own_feeds",
    "patt_xxe",
)
PAYLOADS = ("patt_xss", "dompurify_expect", "owasp_xss_evasion", "blns", "html5lib_tokenizer", "patt_crlf", "wpt_urls")


def bodies(shared: Path) -> Iterator[bytes]:
    """Every feed body of the shared corpora that is small enough to be changed usefully."""
    for corpus in CORPORA:
        yield from (body for body in _records(shared, corpus) if len(body) <= 8_000)


def payloads(shared: Path) -> list[str]:
    """Everything of the shared corpora that somebody may put into a feed."""
    return [body.decode("utf-8", "replace") for corpus in PAYLOADS for body in _records(shared, corpus)]


def _records(shared: Path, corpus: str) -> Iterator[bytes]:
    file = shared / "data" / "corpora" / f"{corpus}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        row = json.loads(line)
        yield base64.b64decode(row["b64"]) if "b64" in row else str(row["text"]).encode("utf-8", "surrogatepass")

"""Payloads -> feeds of our own making that carry each in every field a feed has, in four ways of writing."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product
from urllib.parse import quote

from digest.model.news import SourceKind

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, however it is written (https://www.w3.org/TR/xml/#charsets)."""

DATE = "Fri, 15 May 2026 03:30:00 GMT"
ISO_DATE = "2026-05-15T03:30:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A way of writing a feed; an aggregator's entries name their publisher, which the letter prints."""

    write: Callable[[Sequence[str]], str]
    content_type: str
    kind: SourceKind


def _name(number: int) -> str:
    """Three words that no other number has: they keep stories apart, and are left when a payload is cleaned away."""
    words = ["".join(syllables) for syllables in product(("bal", "cor", "dun", "fen", "gar", "hol", "jor"), repeat=3)]
    return f"{words[number]} {words[-number - 1]} {words[number * 5 % len(words)]}".title()


def _rss_escaped(payloads: Sequence[str]) -> str:
    return _rss(payloads, lambda text: escape(without_what_no_xml_holds(text)), "{name} {payload}")


def _rss_cdata(payloads: Sequence[str]) -> str:
    def written(text: str) -> str:
        return "<![CDATA[" + without_what_no_xml_holds(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"

    return _rss(payloads, written, "{payload} {name}")


def _rss(payloads: Sequence[str], write: Callable[[str], str], title: str) -> str:
    entries = "".join(
        f"<item><title>{write(title.format(name=_name(number), payload=payload))}</title>"
        f"<description>{said}</description><content:encoded>{said}</content:encoded>"
        f"<author>{said}</author><dc:creator>{said}</dc:creator><category>{said}</category><link>{said}</link>"
        f'<atom:link rel="alternate" href="{_address(number, payload)}"/><guid>{said}</guid>'
        f'<media:thumbnail url="{escape(without_what_no_xml_holds(payload))}"/><pubDate>{DATE}</pubDate>'
        f'<source url="{escape(without_what_no_xml_holds(payload))}">{said}</source></item>'
        for number, payload in enumerate(payloads)
        for said in [write(payload)]
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{write(payloads[0])}</title><link>https://paper.example/</link>{entries}</channel></rss>"
    )


def _atom(payloads: Sequence[str]) -> str:
    entries = "".join(
        f'<entry><title type="html">{_name(number)} {said}</title><summary type="html">{said}</summary>'
        f'<content type="html">{said}</content><author><name>{said}</name></author><category term="{said}"/>'
        f'<link href="{_address(number, payload)}"/><link href="{said}"/><id>{said}</id><updated>{ISO_DATE}</updated>'
        f'<source><title type="html">{said}</title></source></entry>'
        for number, payload in enumerate(payloads)
        for said in [escape(without_what_no_xml_holds(payload))]
    )
    title = escape(without_what_no_xml_holds(payloads[0]))
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{title}</title>{entries}</feed>'


def _json(payloads: Sequence[str]) -> str:
    items = [
        {
            "id": payload,
            "url": payload,
            "external_url": f"https://paper.example/{number}/{quote(payload, errors='replace')}",
            "title": f"{payload} {_name(number)}",
            "summary": payload,
            "content_html": payload,
            "image": payload,
            "date_published": ISO_DATE,
            "authors": [{"name": payload, "url": payload}],
            "tags": [payload],
        }
        for number, payload in enumerate(payloads)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": payloads[0], "items": items})


def _address(number: int, payload: str) -> str:
    """A link that is one, for when the payload is none; it carries the payload too, as it is."""
    return escape(without_what_no_xml_holds(f"https://paper.example/{number}/{payload}?q={payload}"))


def without_what_no_xml_holds(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


CARRIERS: Mapping[str, Carrier] = {
    "RSS, escaped": Carrier(write=_rss_escaped, content_type="application/rss+xml", kind=SourceKind.AGGREGATOR),
    "RSS, CDATA": Carrier(write=_rss_cdata, content_type="application/rss+xml", kind=SourceKind.LABOUR),
    "Atom": Carrier(write=_atom, content_type="application/atom+xml", kind=SourceKind.AGGREGATOR),
    "JSON Feed": Carrier(write=_json, content_type="application/feed+json", kind=SourceKind.NATIONAL),
}

"""The bytes of an XML feed -> feedparser's dictionaries, made by its own two parsers and by no other means.

`feedparser.parse()` can also open addresses and files, sanitise and resolve; none of that is
wanted here (fetching, cleaning and addresses are ours), and it costs twice what reading does. So
its parsers are driven directly: the strict one, and where the XML is broken the loose one.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import InputSource

from feedparser.sanitizer import replace_doctype

from digest.collect.parsers import FALLS, Expat, Loose, Strict, TooMuch

FIRST_ELEMENT = re.compile(rb"<\w")
LONGEST_HEAD = 16_384
"""Bytes of declarations and comments; a longer head says nothing that we need, and feedparser's rules for finding the
document type in it take time that grows with the square of its length."""

STATED_BASE = re.compile(rb"base\s*=")

ENCODING = "UTF-8"
"""As feedparser does not spell it: for «utf-8» it mends text that was encoded twice, silently; we do so and say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a document says, in feedparser's words; `version` is "" for what is no feed.

    `error` is what was wrong with the XML, "" where the strict parser read it to its end;
    `skipped` names elements that were left out because feedparser itself failed on them.
    """

    feed: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    version: str
    error: str = ""
    skipped: tuple[str, ...] = ()


def read_xml(body: bytes, *, url: str) -> Reading:
    """Read a document that is UTF-8 whatever it declares; `url` is where it came from, the base of all others.

    Document types and their entities are cut out, external ones never loaded. Whatever
    feedparser raises on broken input goes through.
    """
    first = FIRST_ELEMENT.search(body)
    version, data, entities = replace_doctype(body[first.start() :] if first and first.start() > LONGEST_HEAD else body)
    base = url if STATED_BASE.search(data) else ""  # else nothing is resolved here, but by whoever reads the entry
    parser = Strict(base, None, ENCODING)
    error = ""
    try:
        error = _drive(parser, data)
        if error:
            parser = Loose(base, None, ENCODING, entities)
            parser.feed(data.decode("utf-8", "replace"))
    except TooMuch as limit:
        error = f"more {limit} than any feed has"
    parser.put_back()
    version = version or parser.version or ""
    skipped = tuple(sorted(parser.skipped))
    return Reading(feed=parser.feeddata, entries=tuple(parser.entries), version=version, error=error, skipped=skipped)


def _drive(parser: Any, data: bytes) -> str:
    """Run the strict parser; what it stumbled over, or ""."""
    source = InputSource()
    source.setByteStream(io.BytesIO(data))
    source.setEncoding(ENCODING)  # it outranks the declaration in the document
    driver = Expat()
    driver.setFeature(feature_namespaces, True)
    driver.setFeature(feature_external_ges, False)
    driver.setContentHandler(parser)
    driver.setErrorHandler(parser)
    try:
        driver.parse(source)
    except SAXParseException as error:
        return f"{error.getMessage()}, line {error.getLineNumber()}"
    except FALLS as error:  # names that expat takes and feedparser does not, such as a namespace with U+0085 in it
        return str(error)
    return ""

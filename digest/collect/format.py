"""A document -> the name of its format and of its encoding, for whoever looks into a feed."""

import re

from digest.collect.encoding import declared, settle
from digest.model.feed import Document

HEAD = 4096
"""Bytes in which a document's first element stands, behind its declarations and comments."""

FORMATS = (
    (re.compile(rb"""<rss\b[^>]*?\bversion\s*=\s*["']\s*([\d.]{1,5})""", re.IGNORECASE), "RSS {}"),
    (re.compile(rb"<rss\b", re.IGNORECASE), "RSS"),
    (
        re.compile(rb"<(?:\w+:)?rdf\b[^>]*http://(?:my\.netscape\.com|channel\.netscape\.com)", re.IGNORECASE),
        "RSS 0.90 (RDF)",
    ),
    (re.compile(rb"<(?:\w+:)?rdf\b", re.IGNORECASE), "RSS 1.0 (RDF)"),
    (re.compile(rb"<(?:\w+:)?feed\b[^>]*http://purl\.org/atom/ns#", re.IGNORECASE), "Atom 0.3"),
    (re.compile(rb"<(?:\w+:)?feed\b", re.IGNORECASE), "Atom 1.0"),
    (re.compile(rb"<channel\b", re.IGNORECASE), "CDF"),
    (re.compile(rb"jsonfeed\.org/version/([\d.]{1,5})"), "JSON Feed {}"),
    (re.compile(rb"\A\s*\{"), "JSON"),
)
"""Signs of each format, the first that is found."""


def format_of(document: Document) -> str:
    """Return the format as its first element (or its JSON version) names it; "" if it is none that we know."""
    head = document.body[:HEAD].replace(b"\0", b"").replace(b"\\/", b"/")  # UTF-16 read as ASCII; JSON's spare escape
    for sign, name in FORMATS:
        if found := sign.search(head):
            return name.format(*(group.decode("ascii") for group in found.groups()))
    return ""


def encoding_of(document: Document) -> str:
    """Return the encoding it is read in, beside the one it declares where that is another one."""
    said = declared(document.body, document.content_type)
    used = settle(document.body, document.content_type).encoding or said
    if not used:
        return "not declared; left to the parser"
    return used if said in {"", used} else f"{used} (it declares {said})"

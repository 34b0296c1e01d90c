"""The bytes of a web page -> markup that may be given to an extractor: decoded, without scripts, within bounds."""

import codecs
import re

from digest.collect.encoding import UTF16_OR_32, codec, declared, settle
from digest.text.clean import plain

LONGEST = 2_000_000
"""Characters of markup without scripts and styles; the heaviest articles of newspapers have a tenth of it."""

MOST_TAGS = 20_000
"""Tags likewise. Extraction takes up to 50 microseconds a tag, so that no page takes more than a second or two."""

PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/xml"})
"""Media types under which articles are served; "" is a server that says nothing."""

READ_AS_WINDOWS = frozenset({"", "ascii", "iso8859-1"})
"""What is read as windows-1252 as browsers do (WHATWG Encoding): its subsets, and what names nothing we believe."""

META_CHARSET = re.compile(rb"<meta\b[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
META_WITHIN = 4096
"""Bytes in which a page names its encoding; HTML says 1,024, which pages with many scripts overrun."""

MOST_INLINE = 400
"""Tags within one paragraph. Extraction takes the square of their number; a paragraph with more keeps its text only."""

FORMATTING = re.compile(
    r"</?(?:abbr|acronym|b|bdi|bdo|big|cite|code|dfn|em|font|i|ins|kbd|mark|nobr|q|s|samp|small|strike|strong|sub|sup"
    r"|tt|u|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags that change how a word looks and never what is told; they are most of a paragraph's tags."""

BLOCKS = re.compile(
    r"(?=</?(?:address|article|aside|blockquote|br|d[dlt]|div|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav"
    r"|ol|p|pre|section|t(?:able|body|d|foot|h|head|r)|ul)\b)",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")

HIDDEN = re.compile(
    r"<(script|style|template|iframe|noembed|noframes)\b[^<>]*>.*?(?:</\1\b[^<>]*>?|\Z)", re.IGNORECASE | re.DOTALL
)
"""Elements whose content no reader is meant to read."""

DOCTYPE = re.compile(r"<!doctype[^<>]*>?", re.IGNORECASE)
"""A damaged one costs the extractor's own repair quadratic time, and no article depends on it."""


class NoPage(Exception):
    """A document that is no page to be read; the message says what it is, after «the page»."""


def decoded(body: bytes, content_type: str) -> str:
    """Read the bytes of a page: strict UTF-8 first, else what header or <meta> name, else windows-1252.

    Raises:
        NoPage: when the document is of another media type.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if body.startswith(b"%PDF-"):
        raise NoPage("is no web page but a PDF")
    if media_type not in PAGE_TYPES:
        raise NoPage(f"is no web page but «{plain(media_type[:80])}»")
    return body.decode(_encoding(body, content_type), "replace")


def bounded(page: str) -> str:
    """Take scripts, styles and formatting out of a page, and refuse what would take an extractor long.

    Raises:
        NoPage: when what is left is longer, or has more tags, than any article.
    """
    markup = FORMATTING.sub("", DOCTYPE.sub(" ", HIDDEN.sub(" ", page)))
    tags = markup.count("<")
    if len(markup) > LONGEST or tags > MOST_TAGS:
        raise NoPage(f"has more markup than any article: {len(markup):,} characters, {tags:,} tags")
    return "<!doctype html>\n" + "".join(_paragraph(run) for run in BLOCKS.split(markup))


def _paragraph(run: str) -> str:
    """What stands between two blocks: as it is, or as text where it is nothing but tags."""
    return run if run.count("<") <= MOST_INLINE else TAG.sub(" ", run)


def _encoding(body: bytes, content_type: str) -> str:
    """The name of a codec of ours that reads these bytes."""
    if body.startswith(UTF16_OR_32):
        return "utf-32" if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else "utf-16"
    if _is_utf8(body) or settle(body, content_type).encoding:
        return "utf-8-sig"
    named = codec(declared(body, content_type) or _in_meta(body))
    return "windows-1252" if named in READ_AS_WINDOWS else named


def _is_utf8(body: bytes) -> bool:
    """Whether every byte is; unlike a feed's, a page's control characters say nothing of its encoding."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_meta(body: bytes) -> str:
    """The encoding that a page names in its own head."""
    found = META_CHARSET.search(body[:META_WITHIN])
    return found[1].decode("ascii", "replace").lower() if found else ""

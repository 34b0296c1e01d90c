"""A Google News article's path -> the publisher's address that is written into it, where it still is.

The older identifiers are a little protocol buffer in base64: a field 4 (0x22) with its length and
the address. Those of today («AU_yq…») hold nothing but a key, and only Google can resolve them.
"""

import base64
import binascii
import re

ARTICLE = re.compile(r"/(?:__i/)?(?:rss/)?(?:rd/)?articles/([A-Za-z0-9_-]{20,})")
ADDRESS = b'\x08\x13"'
"""Field 1 with the value 19, which says that an address follows; then the tag of field 4."""


def written_into(path: str) -> str | None:
    """The address in the path of an article on news.google.com, None if there is none."""
    found = ARTICLE.fullmatch(path)
    data = _decoded(found[1]) if found else b""
    if not data.startswith(ADDRESS):
        return None
    start, length = _length(data, len(ADDRESS))
    address = data[start : start + length]
    return address.decode("ascii", "replace") if address.startswith((b"https://", b"http://")) else None


def _decoded(identifier: str) -> bytes:
    """Base64 for URLs, without its padding (RFC 4648, section 5)."""
    try:
        return base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4))
    except binascii.Error:  # one letter too many or too few
        return b""


def _length(data: bytes, at: int) -> tuple[int, int]:
    """A length of one or two bytes as protocol buffers write it (base 128 varint): (where its object begins, it)."""
    low = data[at] if at < len(data) else 0
    if low < 0x80 or at + 1 >= len(data):
        return at + 1, low & 0x7F
    return at + 2, (low & 0x7F) | data[at + 1] << 7

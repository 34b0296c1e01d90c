"""What somebody else said -> the same without what must not be repeated: secrets, readers' addresses and names.

Providers and mail servers like to repeat in an error what they were given. What they say ends in the ledger, in alerts,
in logs and on terminals.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, quote_plus

HUSHED = "[…]"
SHORTEST_NAME = 2
"""Letters of a name that is looked for: one alone would be found in every sentence."""

_CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_IN_ADDRESS = r"[^\s\"<>(),;:\[\]\\{}=|/]"
_ADDRESS = re.compile(rf"(?<!{_IN_ADDRESS}){_IN_ADDRESS}+(?:@|%40)[\w.-]+\w", re.IGNORECASE)
"""Begun where a word begins and nowhere else: a body without spaces is read once, not once for each character."""

_URL_SAFE = bytes.maketrans(b"-_", b"+/")


def hush(text: str, words: Iterable[str], *, names: Iterable[str] = ()) -> str:
    """`text` without `words` wherever they stand, however they are written, and without `names` as whole words.

    A word may be escaped as JSON, HTML or a URL has it, be in any case, or stand within base64 (so credentials do).
    """
    if not text:
        return text
    told = tuple(word for word in words if word)
    for form in dict.fromkeys(form for word in told for form in _forms(word)):
        text = _without(text, re.escape(form)) if form.casefold() in text.casefold() else text
    for name in names:
        if len(name) >= SHORTEST_NAME:
            for form in _forms(name):
                text = (
                    _without(text, rf"(?<!\w){re.escape(form)}(?!\w)") if form.casefold() in text.casefold() else text
                )
    return _CODED.sub(lambda token: HUSHED if _holds(token[0], told) else token[0], text)


def without_addresses(text: str) -> str:
    """`text` without anything that looks like an address: for answers of which nobody knows whose they repeat."""
    return _ADDRESS.sub(HUSHED, text)


def _without(text: str, pattern: str) -> str:
    return re.sub(pattern, HUSHED, text, flags=re.IGNORECASE)


def _forms(word: str) -> Iterator[str]:
    """A word as it is, in one line, and as JSON, Python, HTML and URLs have it; the longest first."""
    ways = {word, " ".join(word.split()), json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}
    ways |= {repr(word)[1:-1], escape(word), quote(word), quote(word, safe=""), quote_plus(word)}
    yield from sorted(ways, key=len, reverse=True)


def _holds(token: str, words: tuple[str, ...]) -> bool:
    """Say whether one of the words stands in a token once it is decoded, or in what is left of one that was cut off."""
    bare = token.rstrip("=").encode().translate(_URL_SAFE)
    decoded = b64decode(bare[: len(bare) // 4 * 4] if len(bare) % 4 == 1 else bare + b"=" * (-len(bare) % 4))
    return any(word.encode() in decoded for word in words)

"""Text from anywhere -> one line that may stand in a header, and its RFC 2047 form."""

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import Header, decode_header

LINE = 76
LONGEST_WORD = 60

_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=(?:\s+(?==\?[^?\s]+\?[bq]\?))?", re.IGNORECASE)
_LAYERS = 4
_DROPPED = frozenset("\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACED = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_ORDINARY = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.'-]*(?: [A-Za-z0-9.'-]+)*)?")
"""A name with which nothing has to be done, or none: most are, and there are a thousand in a call."""

_IN_NAMES = frozenset(" .'’-")
"""What stands between the letters of a name."""


def header_text(text: str, cap: int) -> str:
    """One line of at most `cap` characters: RFC 2047 decoded first, no controls, NFC, blanks collapsed.

    Decoding comes first because a decoded word can smuggle in what was taken out (CVE-2024-6923).
    An encoded word that cannot be decoded stays as it is and will read literally.
    """
    line = _one_line(text)
    for _ in range(_LAYERS):
        line = _one_line(_ENCODED_WORD.sub(_decoded, line))
    return line if len(line) <= cap else line[: cap - 1].rstrip() + "…"


def plain_name(text: str, cap: int) -> str:
    """Return a name of letters, digits, blanks, points, apostrophes and hyphens, at most `cap` characters long.

    For APIs that quote a name badly, forbid commas in it, or read braces as their own: one reader's name must not be
    the end of a call for a thousand.
    """
    if len(text) <= cap and _ORDINARY.fullmatch(text):
        return text
    line = header_text(text, cap)
    is_plain = (each in _IN_NAMES or unicodedata.category(each)[0] in "LMN" for each in line)
    name = " ".join("".join(each if fits else " " for each, fits in zip(line, is_plain, strict=True)).split())
    return name if any(map(str.isalnum, name)) else ""


def encoded(name: str, text: str) -> str:
    """`text` (one line) as the value of header `name`: itself where it is ASCII, else encoded words, folded.

    What only looks like an encoded word is encoded too, so that it is shown as it was written, and
    so is a word too long to fold at a blank.
    """
    is_plain = text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) <= LONGEST_WORD
    header = Header(text, "us-ascii" if is_plain else "utf-8", header_name=name, maxlinelen=LINE)
    return header.encode(splitchars=" ", linesep="\r\n")


def _decoded(word: re.Match[str]) -> str:
    try:
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii")
            for part, charset in decode_header(word[0].strip())
        )
    except (HeaderParseError, LookupError, ValueError):
        return word[0]


def _one_line(text: str) -> str:
    characters = (" " if unicodedata.category(each) in _SPACED else each for each in text if each not in _DROPPED)
    return " ".join(unicodedata.normalize("NFC", "".join(characters)).split())

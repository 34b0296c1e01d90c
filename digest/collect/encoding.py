"""Feed bytes -> the same feed in UTF-8 where it is UTF-8, whatever it says of itself."""

import codecs
import contextlib
import re
from dataclasses import dataclass

UTF16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)

BELIEVED = re.compile(
    r"ascii|utf-(?:8(?:-sig)?|16(?:-[lb]e)?|32(?:-[lb]e)?)|cp\d{3,4}|iso8859-\d+|koi8-[rtu]|kz1048|ptcp154|tis-620|hp-roman8"
    r"|mac-\w+|big5(?:hkscs)?|gb2312|gbk|gb18030|hz|johab|euc_\w+|shift_jis\w*|iso2022_(?:jp|kr)\w*"
)
"""Python's names of the encodings in which text is kept, each read in one pass: tables, and those of East Asia.

A document may name any codec that Python knows, and some of them are quadratic (punycode, idna) or no encoding of
text at all (unicode_escape); UTF-7 hides markup, and browsers refuse it (Encoding standard).
"""

STARTS = (
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""What the first bytes say of encodings that are no ASCII (XML 1.0, appendix F); marks of four bytes come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Bytes with the encoding to read them in; "" leaves the choice to the parser (declaration, then guess)."""

    body: bytes
    encoding: str
    problem: str = ""


def settle(body: bytes, content_type: str) -> Encoded:
    """Choose the encoding: strict UTF-8 first, because text in another one is hardly ever valid UTF-8 by chance.

    A feed that claims to be UTF-8 and has a few broken bytes keeps the rest of its letters; the
    broken ones become U+FFFD and a problem.
    """
    if body.startswith(UTF16_OR_32) or b"\x00" in body[:256] or b"\x1b" in body:  # the last is ISO-2022
        return Encoded(body=body, encoding="")
    bare = body.removeprefix(codecs.BOM_UTF8)
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(bare, declared(bare, content_type))
    return Encoded(body=bare, encoding="utf-8")


def in_utf8(body: bytes, content_type: str) -> Encoded:
    """Settle a feed, and read what is not UTF-8 by the first of those encodings that its bytes or its words name.

    Words are believed only if they name one of `BELIEVED` that fits every byte; where none does, the body is
    as it was, without an encoding, and somebody has to guess.
    """
    settled = settle(body, content_type)
    if settled.encoding:
        return settled
    named = (codec(name) for name in (_at_start(body), declared(body, content_type), _stated(body)))
    for name in filter(None, named):
        with contextlib.suppress(UnicodeError):
            return Encoded(body=body.decode(name).removeprefix("\ufeff").encode(), encoding="utf-8")
    return settled


def codec(name: str) -> str:
    """Python's name of an encoding of text, "" for any other codec and for what is none."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return found if BELIEVED.fullmatch(found) else ""


def declared(body: bytes, content_type: str) -> str:
    """The encoding that the HTTP header names, else the XML declaration (RFC 7303), in lower case; "" for neither."""
    header = CHARSET.search(content_type)
    return header[1].lower() if header else _stated(body)


def _stated(body: bytes) -> str:
    """The encoding that the XML declaration names."""
    found = DECLARED.search(body[:256])
    return found[1].decode("ascii").lower() if found else ""


def _at_start(body: bytes) -> str:
    """The encoding that the first bytes give away."""
    return next((name for start, name in STARTS if body.startswith(start)), "")


def _damaged(body: bytes, encoding: str) -> Encoded:
    """What to do with bytes that are not UTF-8: mend them if most of them are, else believe the declaration."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    if encoding in {"utf-8", "utf8", ""} and sound > broken:
        return Encoded(body=text.encode(), encoding="utf-8", problem=f"characters that are not valid UTF-8: {broken}")
    return Encoded(body=body, encoding="")

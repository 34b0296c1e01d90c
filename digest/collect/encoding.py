"""Feed bytes -> the same feed in UTF-8 where it is UTF-8, whatever it says of itself."""

import codecs
import re
from dataclasses import dataclass

UTF16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


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


def declared(body: bytes, content_type: str) -> str:
    """The encoding that the HTTP header names, else the XML declaration (RFC 7303), in lower case; "" for neither."""
    header = CHARSET.search(content_type)
    if header:
        return header[1].lower()
    found = DECLARED.search(body[:256])
    return found[1].decode("ascii").lower() if found else ""


def _damaged(body: bytes, encoding: str) -> Encoded:
    """What to do with bytes that are not UTF-8: mend them if most of them are, else believe the declaration."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    if encoding in {"utf-8", "utf8", ""} and sound > broken:
        return Encoded(body=text.encode(), encoding="utf-8", problem=f"characters that are not valid UTF-8: {broken}")
    return Encoded(body=body, encoding="")

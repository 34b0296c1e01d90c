"""The bytes of a message, or of a part -> its header fields and its body, within bounds and without recursion.

For what strangers write: the standard library's parser takes every part within parts apart, as deep as they go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST_HEAD = 64_000
"""Bytes of header fields that are looked at."""

MOST_PARTS = 8
"""Parts of a multipart that are looked at; a report has two or three (RFC 6522, section 3)."""

_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:(.*)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Fields:
    """Header fields in order, unfolded, their names in small letters."""

    pairs: tuple[tuple[str, str], ...] = ()

    def first(self, name: str) -> str:
        """The first field of this name; empty where there is none."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> Iterator[str]:
        """Every field of this name."""
        return (value for found, value in self.pairs if found == name)


def fields(content: bytes) -> tuple[Fields, bytes]:
    """Cut a message or part into its header fields and its body; lines that are no fields are passed over."""
    if content.startswith((b"\r\n", b"\n")):
        return Fields(), content.lstrip(b"\r").removeprefix(b"\n")
    end = _EMPTY_LINE.search(content)
    head, body = (content[: end.start()], content[end.end() :]) if end else (content, b"")
    text = _CONTROLS.sub("", _FOLD.sub(" ", head[:LARGEST_HEAD].decode("utf-8", "replace")))
    found = (_FIELD.fullmatch(line.rstrip("\r")) for line in text.split("\n"))
    return Fields(tuple((one[1].lower(), one[2].strip()) for one in found if one)), body


def parameter(value: str, name: str) -> str:
    """A parameter of a Content-Type, such as its boundary (RFC 2045, section 5.1); empty where there is none."""
    found = re.search(rf';\s*{re.escape(name)}\s*=\s*(?:"([^"]*)"|([^\s;"]+))', value, re.IGNORECASE)
    return (found[1] or found[2] or "") if found else ""


def parts(body: bytes, boundary: str) -> Iterator[bytes]:
    """The first parts of a multipart body (RFC 2046, section 5.1.1), as they stand; none behind its last boundary."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    delimiter = re.compile(rb"(?:\A|\r?\n)" + re.escape(mark) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    begun = None
    for count, found in enumerate(delimiter.finditer(body)):
        if begun is not None:
            yield body[begun : found.start()]
        if found[1] or count >= MOST_PARTS:
            return
        begun = found.end() + len(re.match(rb"\r?\n|", body[found.end() : found.end() + 2])[0])  # type: ignore[index]
    if begun is not None:
        yield body[begun:]

"""A body from a corpus -> the forms in which it is tried: as it is, pointing at our traps, made whole, made a feed."""

import re
from collections.abc import Iterator
from pathlib import Path

_ADDRESS = re.compile(
    rb"""(?P<kept>xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*'))"""
    rb"""|(?P<file>(?:file|php|jar|netdoc):[^\s"'<>]*)"""
    rb"""|(?P<host>(?:https?|ftp|gopher|ldap|dict)://[^\s"'<>/?#]*)"""
    rb"""|(?P<before>SYSTEM\s+)(?P<quote>["'])(?P<named>[\w./\\-]+)(?P=quote)""",
    re.IGNORECASE,
)
_OPENING = re.compile(rb"<(item|entry)(?:\s(?:[^>]*[^/>])?)?>")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s+([\w.-]+)", re.IGNORECASE)


def forms(body: bytes, *, number: int, trap: str, canary: Path) -> Iterator[bytes]:
    """Yield every form; one that changes nothing is not tried again."""
    yield body
    trapped = _ADDRESS.sub(lambda found: _trapped(found, trap, canary), body)
    if trapped != body:
        yield trapped
    whole = _OPENING.sub(lambda found: found[0] + _missing(found[1], number, found.start()), trapped)
    if whole != trapped:
        yield whole
    if doctype := _DOCTYPE.search(trapped):
        yield _feed_behind(doctype[0], number)


def _feed_behind(doctype: bytes, number: int) -> bytes:
    """A good feed that uses every entity of a document type: what an attacker would serve."""
    uses = b" ".join(b"&%s;" % name for name in dict.fromkeys(_ENTITY.findall(doctype)))
    item = b"<item>%s<description>It says %s</description></item>" % (_missing(b"item", number, 0), uses)
    return b'<?xml version="1.0"?>%s<rss version="2.0"><channel>%s</channel></rss>' % (doctype, item)


def _trapped(found: re.Match[bytes], trap: str, canary: Path) -> bytes:
    """Every host becomes the trap and every file the canary; a namespace is a name and stays."""
    if found["kept"]:
        return found["kept"]
    if found["host"]:
        return trap.encode()
    if found["file"]:
        return canary.as_uri().encode()
    return b"%s%s%s%s" % (found["before"], found["quote"], str(canary).encode(), found["quote"])


def _missing(element: bytes, number: int, place: int) -> bytes:
    """What a reader needs and many test files leave out: without title and link no entry reaches a letter."""
    title = f"<title>Council {number} on the hearing of motion {place}</title>"
    address = f"https://paper-{number}.example/{place}"
    link = f"<link>{address}</link>" if element == b"item" else f'<link href="{address}"/>'
    return (title + link).encode()

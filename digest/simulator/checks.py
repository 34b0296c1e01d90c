"""The copies of a call -> nothing, or why a provider (or a reader's mail program) would refuse them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from email.utils import parseaddr

from digest.simulator.exchange import Copy, Refused

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A name in quotes may hold anything (RFC 5322, section 3.2.4): a «<» in it begins no address."""

_BREAK = re.compile(r"[\r\n\0]")
_LINK = re.compile(r"<(https?://[^<>\s]+)>")


def check_copies(copies: Sequence[Copy]) -> None:
    """Refuse what must not go out: an address twice, a delivery twice, an unsubscribe link missing or shared.

    RFC 8058, section 3.1: one HTTPS link (here HTTP passes too, for loopback), which identifies the reader.
    """
    _once("the address", (each.address.casefold() for each in copies))
    _once("the delivery", (each.delivery for each in copies if each.delivery not in {"", "0"}))
    for each in copies:
        if len(_LINK.findall(each.list_unsubscribe)) != 1:
            raise Refused(f"List-Unsubscribe of {each.address} has not one link: {each.list_unsubscribe!r}")
    _once("the unsubscribe link", (each.list_unsubscribe for each in copies))


def check_size(count: int, most: int, what: str) -> None:
    """Refuse none at all, or more than the provider takes in one call."""
    if not 0 < count <= most:
        raise Refused(f"{count} {what} in one call; from 1 to {most} are taken")


def address(written: str) -> str:
    """The one address of «Name <address>» or «address»; Refused for none, two, or what is none."""
    bare = parseaddr(written)[1] if "<" in written or " " in written else written
    if not _ADDRESS.fullmatch(bare) or _QUOTED.sub("", written).count("<") > 1:
        raise Refused(f"{written!r} is not one address")
    return bare


def header(headers: Mapping[str, str], name: str) -> str:
    """A header by its name, in whatever case; empty when there is none."""
    return next((value for each, value in headers.items() if each.casefold() == name.casefold()), "")


def check_headers(headers: Mapping[str, str], *, ascii_only: bool = False) -> None:
    """Refuse line breaks in a header, a List-Unsubscribe without its Post (RFC 8058), and, if asked, all but ASCII."""
    for name, value in headers.items():
        if not name.isascii() or _BREAK.search(name) or _BREAK.search(value):
            raise Refused(f"the header {name!r} cannot stand in a mail: {value!r}")
        if ascii_only and not value.isascii():
            raise Refused(f"the header {name!r} is not ASCII: {value!r}")
    if header(headers, "List-Unsubscribe-Post") != "List-Unsubscribe=One-Click":
        raise Refused("List-Unsubscribe-Post is not List-Unsubscribe=One-Click")


def _once(what: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise Refused(f"{what} {value!r} is there {count} times")

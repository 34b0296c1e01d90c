"""A delivery -> the envelope sender that its bounces come back to, and a bounce's addresses -> the delivery (VERP).

The address carries the delivery's id with its seal (deliver/token.py), so that nobody can make a bounce for a copy he
has not seen. It is spelt in base 32 (RFC 4648, section 6): mail servers on the way may change the case of a local part,
and some cut it at the first `-` or `_`.
"""

import re
from base64 import b32decode, b32encode
from collections.abc import Iterable, Mapping

from digest.deliver.token import seal, unseal
from digest.errors import ConfigError, InvalidToken

PURPOSE = "bounce"
PLACE = "TOKEN"
LENGTH = 26
LONGEST_LOCAL_PART = 64
"""Octets before the @ (RFC 5321, section 4.5.3.1.1)."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def bounce_address(base: str, delivery_id: int, *, key: bytes, key_id: int) -> str:
    """Return the envelope sender of one copy, at most 64 octets before the @.

    `base` is an address. The token stands where it says TOKEN, else behind its local part and a plus sign:
    `bounces@example.org` becomes `bounces+…@example.org`. ConfigError for a base that leaves no room.
    """
    before, after = _around(base)
    raw = seal(delivery_id, key=key, key_id=key_id, purpose=PURPOSE)
    return f"{before}{b32encode(raw).decode('ascii').rstrip('=').lower()}{after}"


def delivery(texts: Iterable[str], *, base: str, keys: Mapping[int, bytes]) -> int:
    """Return the delivery whose bounce address, with its seal, stands first in `texts`; InvalidToken if there is none.

    Texts are headers or addresses; what else stands in them does not matter, for the seal alone proves.
    """
    before, after = _around(base)
    spelt = re.compile(f"{re.escape(before)}([a-z2-7]{{{LENGTH}}}){re.escape(after)}", re.IGNORECASE | re.ASCII)
    why = InvalidToken("it came to no bounce address")
    for found in (found for text in texts for found in spelt.finditer(text)):
        try:
            return unseal(_decoded(found[1]), keys=keys, purpose=PURPOSE)
        except InvalidToken as error:
            why = error
    raise why


def _around(base: str) -> tuple[str, str]:
    """What stands before and after the token."""
    local, at, domain = base.rpartition("@")
    before, is_marked, after = local.partition(PLACE)
    before, after = (before, f"{after}@{domain}") if is_marked else (f"{local}+", f"@{domain}")
    room = LONGEST_LOCAL_PART - LENGTH - len(before) - (len(after) - len(at) - len(domain))
    if not _ADDRESS.fullmatch(base) or room < 0:
        raise ConfigError(
            f"the bounce address {base!r} cannot carry a delivery's name.",
            mend="write one such as bounces@lists.example.org, with at most 37 characters before the @.",
        )
    return before, after


def _decoded(spelling: str) -> bytes:
    """The 16 bytes, and only from their one spelling but for case: two bits of the last character are spare."""
    raw = b32decode(f"{spelling.upper()}======")
    if b32encode(raw).rstrip(b"=") != spelling.upper().encode():
        raise InvalidToken("it is not spelt as we spell it")
    return raw

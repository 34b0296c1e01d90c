"""A delivery -> the 22 characters that stand for it in a link, and back.

Tokens are derived, never random: a sender that crashed rebuilds identical bytes (delivery.md,
«The ledger», 11). Layout of the 16 bytes before base64url (RFC 4648, section 5): key id (1),
delivery id (5, big-endian), HMAC-SHA256 truncated to 80 bits (10; RFC 2104, section 5).
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

from digest.errors import ConfigError, InvalidToken

KEY_ID = 1
"""The number of the key that is in use; tokens carry it, so that another key may follow one day."""

LENGTH = 22
LARGEST_ID = 2**40 - 1
SHORTEST_KEY = 16
_HEAD_BYTES = 6
_MAC_BYTES = 10


def token(delivery_id: int, *, key: bytes, key_id: int, purpose: str) -> str:
    """Name a delivery in 22 URL-safe characters that nobody without the key can make.

    `purpose` is sealed in but not carried: a token for one purpose is worthless for another.
    ConfigError when the key is too short; ValueError when an id is out of its range.
    """
    sealed = seal(delivery_id, key=key, key_id=key_id, purpose=purpose)
    return urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def read(token: str, *, keys: Mapping[int, bytes], purpose: str) -> int:
    """Give the delivery id back; InvalidToken for anything that `token()` did not make with one of `keys`.

    The seal is compared in constant time. Messages do not repeat the token: it may be a reader's own.
    """
    return unseal(_decoded(token), keys=keys, purpose=purpose)


def seal(delivery_id: int, *, key: bytes, key_id: int, purpose: str) -> bytes:
    """The 16 bytes of a token, for places where they are spelt in another way; raises as `token()` does."""
    if not 0 <= delivery_id <= LARGEST_ID:
        raise ValueError(f"delivery id {delivery_id} does not fit into five bytes")
    head = bytes((key_id,)) + delivery_id.to_bytes(5, "big")
    return head + _mac(head, key, purpose)


def unseal(raw: bytes, *, keys: Mapping[int, bytes], purpose: str) -> int:
    """Give the delivery id back from the 16 bytes; raises and compares as `read()` does."""
    head, mac = raw[:_HEAD_BYTES], raw[_HEAD_BYTES:]
    key = keys.get(head[0])
    if key is None:
        raise InvalidToken(f"it was sealed with key {head[0]}, which is not among ours")
    if not hmac.compare_digest(mac, _mac(head, key, purpose)):
        raise InvalidToken("its seal does not match")
    return int.from_bytes(head[1:], "big")


def _mac(head: bytes, key: bytes, purpose: str) -> bytes:
    """The truncated MAC. The NUL ends the purpose, so that no purpose is the beginning of another message."""
    if len(key) < SHORTEST_KEY:
        raise ConfigError(
            f"the key that seals links has {len(key)} bytes.", mend=f"Give it at least {SHORTEST_KEY} random bytes."
        )
    return hmac.digest(key, purpose.encode() + b"\0" + head, "sha256")[:_MAC_BYTES]


def _decoded(token: str) -> bytes:
    """The 16 bytes, and only from their one canonical spelling: four bits of the last character are spare."""
    if len(token) != LENGTH:
        raise InvalidToken(f"it has {len(token)} characters instead of {LENGTH}")
    try:
        raw = urlsafe_b64decode(token + "==")
    except (NotBase64, ValueError) as error:
        raise InvalidToken("it has characters that no link of ours has") from error
    if urlsafe_b64encode(raw).rstrip(b"=") != token.encode():
        raise InvalidToken("it is not spelt as we spell it")
    return raw

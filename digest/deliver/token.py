"""A delivery -> the 22 characters that stand for it in a link, and back.

Tokens are derived, never random: a sender that crashed rebuilds identical bytes (delivery.md,
«The ledger», 11). Layout of the 16 bytes before base64url (RFC 4648, section 5): key id (1),
delivery id (5, big-endian), keyed BLAKE2b of 80 bits (10; RFC 7693, section 2.9), which costs a third of HMAC-SHA256
where there are a million of them.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from binascii import b2a_base64
from collections.abc import Callable, Mapping
from hashlib import blake2b

from digest.errors import ConfigError, InvalidToken

KEY_ID = 1
"""The number of the key that is in use; tokens carry it, so that another key may follow one day."""

LENGTH = 22
LARGEST_ID = 2**40 - 1
SHORTEST_KEY = 16
_HEAD_BYTES = 6
_MAC_BYTES = 10
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def token(delivery_id: int, *, key: bytes, key_id: int, purpose: str) -> str:
    """Name a delivery in 22 URL-safe characters that nobody without the key can make.

    `purpose` is sealed in but not carried: a token for one purpose is worthless for another.
    ConfigError when the key is too short; ValueError when an id is out of its range.
    """
    return tokens(key=key, key_id=key_id, purpose=purpose)(delivery_id)


def tokens(*, key: bytes, key_id: int, purpose: str) -> Callable[[int], str]:
    """Return `token()` for one key and purpose: what is the same for all of a million readers is worked out once.

    ConfigError when the key is too short.
    """
    mac, key_byte = _keyed(key, purpose), bytes((key_id,))

    def named(delivery_id: int) -> str:
        raw = _sealed(delivery_id, mac, key_byte)
        return b2a_base64(raw, newline=False).translate(_URL_SAFE)[:LENGTH].decode("ascii")

    return named


def read(token: str, *, keys: Mapping[int, bytes], purpose: str) -> int:
    """Give the delivery id back; InvalidToken for anything that `token()` did not make with one of `keys`.

    The seal is compared in constant time. Messages do not repeat the token: it may be a reader's own.
    """
    return unseal(_decoded(token), keys=keys, purpose=purpose)


def seal(delivery_id: int, *, key: bytes, key_id: int, purpose: str) -> bytes:
    """The 16 bytes of a token, for places where they are spelt in another way; raises as `token()` does."""
    return _sealed(delivery_id, _keyed(key, purpose), bytes((key_id,)))


def unseal(raw: bytes, *, keys: Mapping[int, bytes], purpose: str) -> int:
    """Give the delivery id back from the 16 bytes; raises and compares as `read()` does."""
    head = raw[:_HEAD_BYTES]
    key = keys.get(head[0])
    if key is None:
        raise InvalidToken(f"it was sealed with key {head[0]}, which is not among ours")
    delivery_id = int.from_bytes(head[1:], "big")
    if not hmac.compare_digest(raw, _sealed(delivery_id, _keyed(key, purpose), head[:1])):
        raise InvalidToken("its seal does not match")
    return delivery_id


def _sealed(delivery_id: int, mac: blake2b, key_byte: bytes) -> bytes:
    if not 0 <= delivery_id <= LARGEST_ID:
        raise ValueError(f"delivery id {delivery_id} does not fit into five bytes")
    head = key_byte + delivery_id.to_bytes(5, "big")
    made = mac.copy()
    made.update(head)
    return head + made.digest()


def _keyed(key: bytes, purpose: str) -> blake2b:
    """The MAC as far as the head, from a key of any length.

    The NUL ends the purpose, so that no purpose is the beginning of another message.
    """
    if len(key) < SHORTEST_KEY:
        raise ConfigError(
            f"the key that seals links has {len(key)} bytes.", mend=f"Give it at least {SHORTEST_KEY} random bytes."
        )
    short = key if len(key) <= blake2b.MAX_KEY_SIZE else blake2b(key).digest()
    return blake2b(purpose.encode() + b"\0", key=short, digest_size=_MAC_BYTES)


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

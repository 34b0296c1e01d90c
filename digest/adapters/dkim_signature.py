"""A message -> the same message with a DKIM signature by a key of the newsroom's own (RFC 6376, RFC 8463).

dkimpy canonicalises and signs. Its `sign()` puts the clock's time into `t=`, and a retry must build the same bytes: so
the tags are put together here, and the two steps below it are called.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from digest.errors import ConfigError

SIGNED = (
    *("from", "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post", "feedback-id"),
)
"""Headers in `h=`. `from` stands twice, so that a second one breaks the signature (RFC 6376, section 8.15); RFC 8058
(section 4) wants those of the way out covered. What a message has not got counts as empty, and cannot be added."""

SHORTEST_RSA = 1024
"""Bits; RFC 8301 (section 3.2) has verifiers refuse shorter keys, and wants 2048."""

_PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END \1-----")
_ED25519 = bytes.fromhex("302e020100300506032b657004220420")
"""What precedes the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7)."""


class Signer:
    """Signs for one domain under one selector, by RSA or Ed25519 as its key is."""

    def __init__(self, *, domain: str, selector: str, key: str) -> None:
        """`key` is a private key in PEM. ConfigError for what is none, and where the libraries it needs are absent."""
        self._domain, self._selector = domain.encode("ascii"), selector.encode("ascii")
        self._algorithm, self._key = _private_key(key)

    def signed(self, message: bytes, *, at: datetime) -> bytes:
        """Put the signature, with `at` as its time, above the message's headers; the same arguments, the same bytes."""
        import dkim

        made = dkim.DKIM(message, signature_algorithm=self._algorithm)
        made.hasher = dkim.HASH_ALGORITHMS[self._algorithm]
        relaxed = dkim.CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
        headers = tuple(name.encode("ascii") for name in SIGNED)
        body = made.hasher(relaxed.canonicalize_body(made.body)).digest()
        tags = [
            (b"v", b"1"),
            (b"a", self._algorithm),
            (b"c", b"relaxed/relaxed"),
            (b"d", self._domain),
            (b"s", self._selector),
            (b"t", str(int(at.timestamp())).encode("ascii")),
            (b"h", b" : ".join(headers)),
            (b"bh", b64encode(body)),
            (b"b", b"0" * 60),  # its place: dkimpy cuts it out for the hash and puts the signature in
        ]
        value: bytes = made.gen_header(tags, headers, relaxed, b"DKIM-Signature", self._key)
        return b"DKIM-Signature: " + value + message


@dataclass(frozen=True, slots=True)
class _Signature:
    """What dkimpy expects a key of Ed25519 to give."""

    signature: bytes


class _Ed25519:
    """An Ed25519 key as dkimpy uses it, made by `cryptography`; the library it would take itself is another."""

    def __init__(self, secret: bytes) -> None:
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        except ImportError:
            raise _absent("an Ed25519 key needs the library cryptography", "pip install cryptography") from None
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    def sign(self, digest: bytes) -> _Signature:
        return _Signature(self._key.sign(digest))


def _private_key(pem: str) -> tuple[bytes, Any]:
    """The algorithm and the key as dkimpy takes it."""
    try:
        from dkim import UnparsableKeyError
        from dkim.crypto import parse_private_key
    except ImportError:
        raise _absent("DKIM needs the library dkimpy", "pip install digest[smtp]") from None
    der = _der(pem)
    if der.startswith(_ED25519):
        return b"ed25519-sha256", _Ed25519(der.removeprefix(_ED25519))
    try:
        key = parse_private_key(der)
    except UnparsableKeyError:
        raise _unreadable() from None
    if key["modulus"].bit_length() < SHORTEST_RSA:
        raise ConfigError(f"the DKIM key has {key['modulus'].bit_length()} bits.", mend="make one with 2048.")
    return b"rsa-sha256", key


def _der(pem: str) -> bytes:
    """The bytes within the armour; a line end may be written as a backslash and an n, as in files of variables."""
    found = _PEM.search(pem.replace("\\n", "\n"))
    if found is None:
        raise _unreadable()
    try:
        return b64decode(found[2])
    except NotBase64:
        raise _unreadable() from None


def _unreadable() -> ConfigError:
    return ConfigError(
        "the DKIM key is no private key in PEM.",
        mend="make one with `openssl genrsa -out dkim.pem 2048`; docs/operations.md says how.",
    )


def _absent(what: str, command: str) -> ConfigError:
    return ConfigError(f"{what}.", mend=f"install it with `{command}`, or sign on your mail server.")

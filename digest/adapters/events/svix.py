"""A webhook signed by Svix -> its name, when it is one of theirs.

Source: docs.svix.com, «Verifying Webhooks Manually»: HMAC-SHA256 over name, time and body, with a key in base64.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from digest.adapters.hearing import MISSING_PROOF, instant
from digest.errors import Unproven

CALLS_ARE_VALID = timedelta(minutes=5)
"""For how long before and after its making a signature is taken; a call that is repeated is signed anew."""

SHORTEST_KEY = 16
"""Bytes; theirs have 24. Whoever copied but a part of it must not be served by a key that can be guessed."""

_VERSION = "v1"
_KEY_PREFIX = "whsec_"


def require_svix(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> str:
    """The call's name, the same however often it comes; Unproven unless one of its signatures is by `secret`."""
    name, stamp = headers.get("svix-id", ""), headers.get("svix-timestamp", "")
    meant = hmac.new(_key(secret), f"{name}.{stamp}.".encode() + body, sha256).digest()
    _require_one_of(headers.get("svix-signature", ""), b64encode(meant))
    if abs(now - instant(stamp, otherwise=datetime.min.replace(tzinfo=now.tzinfo))) > CALLS_ARE_VALID:
        raise Unproven(f"it was signed at {stamp}, more than five minutes from now", mend="set this machine's clock.")
    return name


def _key(secret: str) -> bytes:
    if not secret:
        raise Unproven(MISSING_PROOF, mend="set the provider's webhook secret; docs/operations.md names each.")
    try:
        key = b64decode(secret.removeprefix(_KEY_PREFIX), validate=True)
    except ValueError:
        key = b""
    if len(key) < SHORTEST_KEY:
        raise Unproven("the webhook secret here is none of Svix's", mend="copy it anew: whsec_ and base64.")
    return key


def _require_one_of(signatures: str, meant: bytes) -> None:
    """Each is «v1,BASE64»: while a secret is exchanged there is one by the old and one by the new. In constant time."""
    found = False
    for signature in signatures.split(" "):
        version, _, said = signature.partition(",")
        found |= version == _VERSION and hmac.compare_digest(said.encode(), meant)
    if not found:
        raise Unproven("no signature on it is by our secret", mend="compare the secret here with the provider's.")

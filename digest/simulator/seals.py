"""A webhook's payload -> the request as the provider posts it, with its proof of where it is from.

Sources: documentation.mailgun.com «Securing webhooks»; docs.svix.com «Verifying payloads manually» (Resend);
developers.brevo.com «Secured webhooks» (a token); postmarkapp.com «Webhooks overview» (basic authentication);
docs.sendgrid.com «Event Webhook security features». Amazon's is in `sns.py`. `cryptography` is for development: it is
imported where a signature needs a pair of keys.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from digest.simulator.exchange import Posted, compact

_JSON = ("Content-Type", "application/json")


class Seal(Protocol):
    """How a provider proves its webhooks. `secret` is what whoever receives them has to know."""

    secret: str

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:
        """The request; `id_` stays the same when it is tried again."""
        ...


class MailgunSeal:
    """Hex HMAC-SHA256 over timestamp and token, within the body; the rest of the body is not signed."""

    def __init__(self, secret: str = "") -> None:
        """The webhook signing key of the account."""
        self.secret = secret or secrets.token_hex(16)

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:  # noqa: ARG002 - it has a token instead
        """With a new token each time."""
        timestamp, token = f"{now.timestamp():.0f}", secrets.token_hex(25)
        digest = hmac.new(self.secret.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
        signature = {"timestamp": timestamp, "token": token, "signature": digest}
        given = payload if isinstance(payload, dict) else {}
        return Posted(headers=(_JSON,), body=compact({"signature": signature} | given))


class SvixSeal:
    """Base64 HMAC-SHA256 over «id.timestamp.body», in headers."""

    def __init__(self, secret: str = "") -> None:
        """`whsec_` and the key in base64."""
        self.secret = secret or "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:
        """With three headers."""
        body, timestamp, name = compact(payload), f"{now.timestamp():.0f}", f"msg_{id_.replace('-', '')}"
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        digest = hmac.new(key, f"{name}.{timestamp}.".encode() + body, hashlib.sha256).digest()
        signature = ("svix-signature", f"v1,{base64.b64encode(digest).decode()}")
        return Posted(headers=(_JSON, ("svix-id", name), ("svix-timestamp", timestamp), signature), body=body)


class TokenSeal:
    """A token in the Authorization header; nothing is signed."""

    def __init__(self, secret: str = "") -> None:
        """The token that was given when the webhook was made."""
        self.secret = secret or secrets.token_hex(16)

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:  # noqa: ARG002 - nothing is signed
        """With the token."""
        return Posted(headers=(_JSON, ("Authorization", f"Bearer {self.secret}")), body=compact(payload))


class BasicSeal:
    """Basic authentication, as it stands in the address of the webhook; nothing is signed."""

    def __init__(self, secret: str = "") -> None:
        """«user:password»."""
        self.secret = secret or f"postmark:{secrets.token_hex(16)}"

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:  # noqa: ARG002 - nothing is signed
        """With user and password."""
        given = base64.b64encode(self.secret.encode()).decode()
        return Posted(headers=(_JSON, ("Authorization", f"Basic {given}")), body=compact(payload))


class EcdsaSeal:
    """ECDSA over P-256 with SHA-256 over timestamp and raw body: base64 of DER, in headers."""

    def __init__(self, secret: str = "") -> None:  # noqa: ARG002 - the pair of keys is made for the run
        """`secret` is the public key: base64 of DER, as SendGrid shows it."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._key = ec.generate_private_key(ec.SECP256R1())
        public = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.secret = base64.b64encode(public).decode()

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:  # noqa: ARG002 - events have ids
        """With two headers."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.hashes import SHA256

        body, timestamp = compact(payload), f"{now.timestamp():.0f}"
        signed = base64.b64encode(self._key.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))).decode()
        prefix = "X-Twilio-Email-Event-Webhook"
        return Posted(headers=(_JSON, (f"{prefix}-Signature", signed), (f"{prefix}-Timestamp", timestamp)), body=body)


SEALS: Mapping[str, Callable[[str], Seal]] = {
    "mailgun": MailgunSeal,
    "resend": SvixSeal,
    "brevo": TokenSeal,
    "postmark": BasicSeal,
    "sendgrid": EcdsaSeal,
}
"""By provider; Amazon's, in `sns.py`, has a certificate that begins to hold at some instant."""

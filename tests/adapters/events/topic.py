"""An SNS topic of our own making: it signs as SNS does, with a key and a certificate made here."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
TOPIC = "arn:aws:sns:eu-west-1:123456789012:feedback"
URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
CONFIRM = f"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=t0ken"
ORDER = ("Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type")
"""The fields of all types, which SNS signs in the order of the alphabet."""


@cache
def key(n: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def certificate(*, of: int = 0, days: int = 30, elliptic: bool = False) -> bytes:
    """A certificate for that key that was made yesterday and is valid for so many days."""
    own = ec.generate_private_key(ec.SECP256R1()) if elliptic else key(of)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=own.public_key(),
        serial_number=1,
        not_valid_before=NOW - timedelta(days=60),
        not_valid_after=NOW + timedelta(days=days),
    )
    return builder.sign(own, SHA256()).public_bytes(Encoding.PEM)


def signed(said: dict[str, Any], *, by: int = 0, version: str = "2", algorithm: HashAlgorithm | None = None) -> bytes:
    """The body of a call: the fields, signed."""
    names = [name for name in ORDER if name in said and not (name == "Subject" and said[name] is None)]
    text = "".join(f"{name}\n{said[name]}\n" for name in names).encode()
    chosen = algorithm or (SHA256() if version == "2" else SHA1())
    signature = key(by).sign(text, padding.PKCS1v15(), chosen)
    proof = {"SignatureVersion": version, "Signature": b64encode(signature).decode(), "SigningCertURL": URL}
    return json.dumps({**said, **proof}).encode()


def notification(message: object, **changes: Any) -> dict[str, Any]:
    return {
        "Type": "Notification",
        "MessageId": "n-1",
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-05-15T06:59:00.000Z",
        "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        **changes,
    }


def wish(kind: str = "SubscriptionConfirmation", **changes: Any) -> dict[str, Any]:
    said = notification("You have chosen to subscribe to the topic.", Type=kind, Token="t0ken", SubscribeURL=CONFIRM)
    return {**said, **changes}


def lookup(url: str) -> bytes:
    assert url == URL
    return certificate()

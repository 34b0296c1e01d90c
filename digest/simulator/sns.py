"""An event of SES -> Amazon SNS's notification of it, signed with a certificate that was made for the run.

Source: docs.aws.amazon.com/sns, «Verifying the signatures of Amazon SNS messages» (signature version 2: RSA, PKCS #1
v1.5, SHA-256, over some fields in the order of their names), «HTTP/HTTPS subscription confirmation JSON format».
"""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from digest.simulator.exchange import Posted, compact

TOPIC = "arn:aws:sns:eu-west-1:000000000000:simulator"
HOME = "https://sns.eu-west-1.amazonaws.com"
"""Where Amazon's own messages say that the certificate is and the subscription is confirmed: a receiver takes no other
host. Ours are on the simulator's pages; docs/simulator.md says where."""

_SIGNED: Mapping[str, tuple[str, ...]] = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message",
        "MessageId",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
    ),
}
"""The fields that are signed, as far as they are there."""


class SnsSeal:
    """`Seal` of Amazon SNS; `secret` is the topic, which whoever receives has to compare."""

    secret = TOPIC

    def __init__(self, *, now: datetime) -> None:
        """`now` is when the certificate begins to hold."""
        from cryptography import x509
        from cryptography.hazmat.primitives.asymmetric import rsa
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding

        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.token = secrets.token_hex(32)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.simulator.invalid")])
        certificate = (
            x509.CertificateBuilder(name, name, self._key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .sign(self._key, SHA256())
        )
        self.certificate = certificate.public_bytes(Encoding.PEM)
        self._url = f"{HOME}/SimpleNotificationService-{certificate.fingerprint(SHA256()).hex()[:32]}.pem"

    def sealed(self, payload: object, *, id_: str, now: datetime) -> Posted:
        """A notification, with the event as text in its Message."""
        fields = {
            "Type": "Notification",
            "MessageId": id_,
            "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Event Notification",
            "Message": compact(payload).decode(),
            "Timestamp": _stamp(now),
        }
        return self._posted(fields, {"UnsubscribeURL": f"{HOME}/?Action=Unsubscribe&SubscriptionArn={TOPIC}:1"})

    def confirmation(self, *, id_: str, now: datetime) -> Posted:
        """The first message, which asks whether the subscription is wanted."""
        fields = {
            "Type": "SubscriptionConfirmation",
            "MessageId": id_,
            "Token": self.token,
            "TopicArn": TOPIC,
            "Message": f"You have chosen to subscribe to the topic {TOPIC}. To confirm, visit the SubscribeURL.",
            "SubscribeURL": f"{HOME}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token={self.token}",
            "Timestamp": _stamp(now),
        }
        return self._posted(fields, {})

    def _posted(self, fields: Mapping[str, str], unsigned: Mapping[str, str]) -> Posted:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA256

        kind = fields["Type"]
        lines = "".join(f"{name}\n{fields[name]}\n" for name in _SIGNED[kind] if name in fields)
        signature = self._key.sign(lines.encode(), PKCS1v15(), SHA256())
        proof = {
            "SignatureVersion": "2",
            "Signature": base64.b64encode(signature).decode(),
            "SigningCertURL": self._url,
        }
        headers = (
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("x-amz-sns-message-type", kind),
            ("x-amz-sns-message-id", fields["MessageId"]),
            ("x-amz-sns-topic-arn", TOPIC),
        )
        return Posted(headers=headers, body=compact({**fields, **proof, **unsigned}))


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

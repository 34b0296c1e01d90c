"""A call of Amazon SNS -> what it says, when it is one of ours.

Source: the SNS guide, «Verifying the signatures of Amazon SNS messages»: RSA over the fields of the call in SNS's own
order, SHA-256 (version 2), by a certificate that is fetched from SNS itself. Version 1 is SHA-1 and is refused.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qs

from requests.exceptions import RequestException

from digest.adapters.answers import open_session
from digest.adapters.hearing import MISSING_PROOF, instant, record, text
from digest.errors import ConfigError, Unproven, Unreachable

Certificate = Callable[[str], bytes]
"""Finds the certificate (PEM) at an address of SNS's own; Unreachable when it is not to be had."""

CALLS_ARE_VALID = timedelta(minutes=75)
"""For how long a call is taken: SNS tries for at most an hour («message delivery retries»)."""

MOST_KEPT = 8
"""Certificates; SNS has one at a time and region, and a new one every year or so."""

_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED: Mapping[str, tuple[str, ...]] = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": _CONFIRMATION,
    "UnsubscribeConfirmation": _CONFIRMATION,
}
"""What is signed of each type, in this order; a subject that is not there is left out."""

_TOPIC = re.compile(r"arn:(?P<partition>aws[a-z-]*):sns:(?P<region>[a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_.-]+")
_CERTIFICATE = r"SimpleNotificationService-[0-9A-Za-z]+\.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a topic said. `confirm_at` is where its wish to be subscribed is granted, empty for everything else."""

    id: str
    at: datetime
    message: str
    confirm_at: str = ""


def require_topic(topic_arn: str) -> str:
    """The topic's name, which may be empty where nobody listens; ConfigError for one that is none."""
    if topic_arn and not _TOPIC.fullmatch(topic_arn):
        raise ConfigError(
            f"{topic_arn!r} is no SNS topic.", mend="copy its ARN, such as arn:aws:sns:eu-west-1:123456789012:feedback."
        )
    return topic_arn


def proven(body: bytes, *, topic_arn: str, certificate: Certificate, now: datetime) -> Notice:
    """What was said, if our topic said it; Unproven if not. ValueError for no JSON.

    What `certificate` raises goes through.
    """
    if not topic_arn:
        raise Unproven(MISSING_PROOF, mend="set provider.ses.topic_arn to the topic that calls.")
    said = record(body)
    if said.get("TopicArn") != topic_arn:
        raise Unproven("it is of another SNS topic", mend="compare provider.ses.topic_arn with the topic that calls.")
    if said.get("SignatureVersion") != "2":
        raise Unproven(
            "it is not signed by version 2", mend="set the topic's attribute SignatureVersion to 2 («raw» must be off)."
        )
    pem = certificate(_certificate_url(said, topic_arn))
    _verify(pem, signature=text(said.get("Signature")), signed=_signed(said), now=now)
    at = instant(said.get("Timestamp"), otherwise=datetime.min.replace(tzinfo=now.tzinfo))
    if abs(now - at) > CALLS_ARE_VALID:
        raise Unproven(
            f"it was signed at {said.get('Timestamp')}, more than an hour ago", mend="set this machine's clock."
        )
    is_wish = said["Type"] == "SubscriptionConfirmation"
    return Notice(
        id=text(said.get("MessageId")),
        at=at,
        message=text(said.get("Message")),
        confirm_at=_confirm_at(said, topic_arn) if is_wish else "",
    )


class Certificates:
    """Finds the certificates of SNS: each is fetched once."""

    def __init__(self) -> None:
        """None yet."""
        self._session = open_session()
        self._kept: dict[str, bytes] = {}

    def __call__(self, url: str) -> bytes:
        """The PEM at `url`, which the caller has checked; Unreachable when it is not to be had."""
        if url not in self._kept:
            pem = self._fetched(url)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[url] = pem
        return self._kept[url]

    def _fetched(self, url: str) -> bytes:
        try:
            answer = self._session.get(url, timeout=(5.0, 10.0), allow_redirects=False)
        except RequestException as error:
            raise Unreachable(f"{url}: {type(error).__name__}", mend="Nothing was lost: SNS calls again.") from error
        if answer.status_code != HTTPStatus.OK:
            raise Unreachable(f"{url}: HTTP {answer.status_code}", mend="Nothing was lost: SNS calls again.")
        return answer.content


def _host(topic_arn: str) -> str:
    """The server of the topic's region: China has a domain of its own."""
    found = _TOPIC.fullmatch(topic_arn)
    if not found:
        raise ConfigError(f"{topic_arn!r} is no SNS topic.", mend="copy its ARN.")
    return f"sns.{found['region']}.amazonaws.com{'.cn' if found['partition'] == 'aws-cn' else ''}"


def _certificate_url(said: Mapping[str, object], topic_arn: str) -> str:
    url = text(said.get("SigningCertURL"))
    if not re.fullmatch(rf"https://{re.escape(_host(topic_arn))}/{_CERTIFICATE}", url):
        raise Unproven("its certificate is not at SNS's own address", mend="nothing: somebody else sent this.")
    return url


def _signed(said: Mapping[str, object]) -> bytes:
    """Name and value of each signed field, on a line each."""
    names = _SIGNED.get(text(said.get("Type")))
    if names is None:
        raise Unproven("it is of no type that SNS has", mend="nothing: somebody else sent this.")
    given = [(name, said[name]) for name in names if said.get(name) is not None]
    if not all(isinstance(value, str) for _, value in given):
        raise Unproven("a signed field of it is no text", mend="nothing: somebody else sent this.")
    return "".join(f"{name}\n{value}\n" for name, value in given).encode()


def _verify(pem: bytes, *, signature: str, signed: bytes, now: datetime) -> None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.x509 import load_pem_x509_certificate
    except ImportError as error:
        raise ConfigError("the proof of SNS needs cryptography.", mend="pip install digest[ses]") from error
    try:
        certificate = load_pem_x509_certificate(pem)
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey):
            raise Unproven("its certificate has no RSA key", mend="report this as a fault.")
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise Unproven("its certificate is not valid now", mend="set this machine's clock.")
        key.verify(b64decode(signature, validate=True), signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise Unproven("its signature is not by SNS's certificate", mend="nothing: somebody else sent this.") from None
    except (binascii.Error, ValueError) as error:
        raise Unproven(f"its signature cannot be read ({error})", mend="nothing: somebody else sent this.") from error


def _confirm_at(said: Mapping[str, object], topic_arn: str) -> str:
    """The address that grants the wish, if it is SNS's own and for our topic; ValueError if not."""
    url = text(said.get("SubscribeURL"))
    at_home, _, query = url.partition("?")
    asked = parse_qs(query)
    is_theirs = at_home == f"https://{_host(topic_arn)}/" and url.isascii() and url.isprintable() and "#" not in url
    if not is_theirs or asked.get("Action") != ["ConfirmSubscription"] or asked.get("TopicArn") != [topic_arn]:
        raise ValueError("the address to confirm the subscription at is not SNS's own")
    return url

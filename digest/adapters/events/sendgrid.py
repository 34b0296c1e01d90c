"""What SendGrid tells, by its Event Webhook or in its suppression lists -> events in our words.

Source: twilio.com/docs/sendgrid, «Event Webhook Reference», «Getting Started with the Event Webhook Security Features»
and «Suppressions».
"""

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.adapters.hearing import MISSING_PROOF, instant, kept, name_of, table, text, whole
from digest.deliver.bounces import bounce_class, enhanced_status
from digest.errors import ConfigError, Unproven
from digest.model.feedback import BounceClass, Event, EventKind

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

LATEST = timedelta(hours=25)
"""How old a signature may be. SendGrid tries for 24 hours and does not say whether it signs anew; the whole body is
signed and every event has an id, so that who plays a call back tells nothing twice."""

EARLIEST = timedelta(minutes=5)
"""How far SendGrid's clock may be ahead of ours."""

_KINDS: Mapping[str, EventKind] = {
    "processed": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "deferred": EventKind.DEFERRED,
    "bounce": EventKind.BOUNCED,
    "dropped": EventKind.BOUNCED,
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.UNSUBSCRIBED,
    "group_unsubscribe": EventKind.UNSUBSCRIBED,
}

_CLASSES: Mapping[str, BounceClass] = {
    "Invalid Address": BounceClass.HARD,
    "Mailbox Unavailable": BounceClass.SOFT,
    "Technical": BounceClass.SOFT,
    "Content": BounceClass.OURS,
    "Reputation": BounceClass.OURS,
    "Frequency or Volume Too High": BounceClass.OURS,
}
"""`bounce_classification`; what is unclassified goes by its type."""

_DROPS: Mapping[str, tuple[EventKind, BounceClass | None]] = {
    "Bounced Address": (EventKind.BOUNCED, BounceClass.HARD),
    "Invalid": (EventKind.BOUNCED, BounceClass.HARD),
    "Spam Reporting Address": (EventKind.BOUNCED, BounceClass.HARD),
    "Unsubscribed Address": (EventKind.UNSUBSCRIBED, None),
}
"""Why SendGrid did not even try: what the reader had said or done earlier. Every other reason is ours.

Who complained of an earlier mail gets no more, as an address that is dead; it is no complaint of this one, so that it
must not count for the brake."""

LISTS: Mapping[str, tuple[EventKind, BounceClass | None]] = {
    "bounces": (EventKind.BOUNCED, BounceClass.HARD),
    "blocks": (EventKind.BOUNCED, BounceClass.SOFT),
    "invalid_emails": (EventKind.BOUNCED, BounceClass.HARD),
    "spam_reports": (EventKind.COMPLAINED, None),
    "unsubscribes": (EventKind.UNSUBSCRIBED, None),
}
"""The suppression lists, by the last word of their addresses."""


def public_key(said: str) -> "EllipticCurvePublicKey":
    """The verification key as the settings show it: DER in base64, or PEM; ConfigError when it is none for P-256."""
    mend = "Copy the «Verification Key» of the Event Webhook from SendGrid's settings."
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
        from cryptography.hazmat.primitives.serialization import load_der_public_key
    except ImportError as error:
        raise ConfigError(
            "provider.sendgrid.webhook_public_key needs a library that is not there.",
            mend='Run: pip install "digest[sendgrid]"',
        ) from error
    try:
        lines = (line for line in said.replace("\\n", "\n").split("\n") if not line.startswith("-----"))
        key = load_der_public_key(b64decode("".join(lines), validate=True))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigError("provider.sendgrid.webhook_public_key cannot be read.", mend=mend) from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ConfigError("provider.sendgrid.webhook_public_key is no key for ECDSA with P-256.", mend=mend)
    return key


def require_signature(
    headers: Mapping[str, str], body: bytes, *, key: "EllipticCurvePublicKey | None", now: datetime
) -> None:
    """Unproven unless SendGrid signed this very body (ECDSA with SHA-256 over timestamp and body), and lately."""
    if key is None:
        raise Unproven(MISSING_PROOF, mend="set provider.sendgrid.webhook_public_key.")
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256

    stamp = headers.get("x-twilio-email-event-webhook-timestamp", "")
    try:
        signature = b64decode(headers.get("x-twilio-email-event-webhook-signature", ""), validate=True)
        key.verify(signature, stamp.encode() + body, ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise Unproven("it is not signed by our key", mend="compare webhook_public_key with SendGrid's.") from error
    at = instant(stamp, otherwise=datetime.min.replace(tzinfo=now.tzinfo))
    if not now - LATEST <= at <= now + EARLIEST:
        raise Unproven(f"it was signed at {stamp}, which is not lately", mend="set this machine's clock.")


def heard(each: object, *, now: datetime) -> Event:
    """One entry of a webhook; of a kind that is not known, or no event at all, unknown."""
    said = table(each)
    detail = text(said.get("reason")) or text(said.get("response"))
    kind, bounce, code = _judged(said, detail)
    category = said.get("category")
    one = category[0] if isinstance(category, list) and len(category) == 1 else category
    return Event(
        provider="sendgrid",
        id=text(said.get("sg_event_id")) or name_of(each),
        kind=kind,
        at=instant(said.get("timestamp"), otherwise=now),
        bounce=bounce,
        batch_id=text(said.get("batch")) or text(one),
        delivery_id=whole(said.get("delivery")),
        address=text(said.get("email")),
        status=code,
        detail=detail,
        payload=kept(each),
    )


def suppressed(each: object, *, where: str, now: datetime) -> Event:
    """One entry of the suppression list `where` (a key of LISTS): address, time and reason are all that it tells."""
    said = table(each)
    kind, bounce = LISTS[where]
    detail = text(said.get("reason"))
    code = (text(said.get("status")) or enhanced_status(detail)) if bounce else ""
    return Event(
        provider="sendgrid",
        id=f"{where}-{name_of([said.get('email'), said.get('created')])}",
        kind=kind,
        at=instant(said.get("created"), otherwise=now),
        bounce=_class(code, bounce) if bounce else None,
        address=text(said.get("email")),
        status=code,
        detail=detail,
        payload=kept(each),
    )


def _judged(said: Mapping[str, object], detail: str) -> tuple[EventKind, BounceClass | None, str]:
    """The kind, and for a bounce its class and its code."""
    word = text(said.get("event"))
    if word == "dropped":
        return *_DROPS.get(detail, (EventKind.BOUNCED, BounceClass.OURS)), ""
    kind = _KINDS.get(word, EventKind.UNKNOWN)
    if kind is not EventKind.BOUNCED:
        return kind, None, ""
    code = text(said.get("status")) or enhanced_status(detail)
    by_type = BounceClass.SOFT if said.get("type") == "blocked" else BounceClass.HARD
    named = _CLASSES.get(text(said.get("bounce_classification")), by_type)
    return kind, _class(code, named, is_block=said.get("type") == "blocked"), code


def _class(code: str, said: BounceClass, *, is_block: bool = False) -> BounceClass:
    """The code's class; but a block never says that there is no such address: SendGrid itself goes on writing to it."""
    found = bounce_class(code, said=said)
    return BounceClass.SOFT if is_block and found is BounceClass.HARD else found

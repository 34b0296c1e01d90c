"""What Mailgun tells, by webhook or by its events API -> events in our words.

Source: documentation.mailgun.com, «Event structure» and «Webhook payloads»: the two tell the same.
"""

from collections.abc import Mapping
from datetime import datetime

from digest.adapters.hearing import instant, kept, name_of, table, text, whole
from digest.deliver.bounces import bounce_class, enhanced_status
from digest.model.feedback import BounceClass, Event, EventKind

_KINDS: Mapping[str, EventKind] = {
    "accepted": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "failed": EventKind.BOUNCED,
    "rejected": EventKind.BOUNCED,
    "complained": EventKind.COMPLAINED,
    "unsubscribed": EventKind.UNSUBSCRIBED,
}
"""«Event types»; a failure that is temporary is deferred, for Mailgun goes on trying (and says so when it gives up)."""

_REASONS: Mapping[str, BounceClass] = {
    "espblock": BounceClass.OURS,
    "suppress-unsubscribe": BounceClass.OURS,
    "old": BounceClass.SOFT,
}
"""«Failure reasons» of a permanent failure that are not the address's; «old» is one that was tried for too long."""


def event(said: Mapping[str, object], *, now: datetime, nonce: str = "") -> Event:
    """One of Mailgun's events in our words («Event structure»)."""
    ours = table(said.get("user-variables"))
    status = table(said.get("delivery-status"))
    detail = text(status.get("message")) or text(status.get("description")) or text(said.get("reason"))
    code = text(status.get("enhanced-code")) or enhanced_status(detail)
    kind = _KINDS.get(text(said.get("event")), EventKind.UNKNOWN)
    if kind is EventKind.BOUNCED and said.get("severity") == "temporary":
        kind = EventKind.DEFERRED
    reason = _REASONS.get(text(said.get("reason")), BounceClass.HARD)
    if said.get("event") == "rejected":
        reason = BounceClass.OURS
    return Event(
        provider="mailgun",
        id=text(said.get("id")) or name_of(dict(said)),
        kind=kind,
        at=instant(said.get("timestamp"), otherwise=now),
        bounce=_bounce(code, reason) if kind is EventKind.BOUNCED else None,
        batch_id=text(ours.get("batch")),
        delivery_id=whole(ours.get("delivery")),
        address=text(said.get("recipient")),
        status=code,
        detail=detail,
        payload=kept(dict(said)),
        nonce=nonce,
    )


def _bounce(code: str, reason: BounceClass) -> BounceClass:
    """The code's class, unless Mailgun's reason already says that it is not the address."""
    return reason if reason is not BounceClass.HARD else bounce_class(code, said=reason)

"""What Postmark tells, by webhook or by its bounce API -> events in our words.

Source: postmarkapp.com/developer, «Webhooks overview» and «Bounce API», «Bounce types».
"""

from collections.abc import Mapping
from datetime import datetime

from digest.adapters.hearing import instant, kept, name_of, table, text, whole
from digest.deliver.bounces import bounce_class, enhanced_status
from digest.model.feedback import BounceClass, Event, EventKind

_BOUNCES: Mapping[str, tuple[EventKind, BounceClass | None]] = {
    "HardBounce": (EventKind.BOUNCED, BounceClass.HARD),
    "BadEmailAddress": (EventKind.BOUNCED, BounceClass.HARD),
    "ManuallyDeactivated": (EventKind.BOUNCED, BounceClass.OURS),
    "SoftBounce": (EventKind.BOUNCED, BounceClass.SOFT),
    "DnsError": (EventKind.BOUNCED, BounceClass.SOFT),
    "Unknown": (EventKind.BOUNCED, BounceClass.SOFT),
    "Undeliverable": (EventKind.BOUNCED, BounceClass.SOFT),
    "SpamNotification": (EventKind.BOUNCED, BounceClass.OURS),
    "VirusNotification": (EventKind.BOUNCED, BounceClass.OURS),
    "ChallengeVerification": (EventKind.BOUNCED, BounceClass.OURS),
    "Blocked": (EventKind.BOUNCED, BounceClass.OURS),
    "DMARCPolicy": (EventKind.BOUNCED, BounceClass.OURS),
    "SMTPApiError": (EventKind.BOUNCED, BounceClass.OURS),
    "TemplateRenderingFailed": (EventKind.BOUNCED, BounceClass.OURS),
    "Transient": (EventKind.DEFERRED, None),
    "SpamComplaint": (EventKind.COMPLAINED, None),
    "Unsubscribe": (EventKind.UNSUBSCRIBED, None),
}
"""«Bounce types». An address that Postmark does not know how to class stays soft: many in a row are needed to act."""

_RECORDS: Mapping[str, EventKind] = {"Delivery": EventKind.DELIVERED, "SpamComplaint": EventKind.COMPLAINED}
"""`RecordType` of the webhooks that need no second look."""

_TIMES = ("BouncedAt", "DeliveredAt", "ChangedAt", "ReceivedAt")


def event(said: Mapping[str, object], *, now: datetime) -> Event:
    """One of Postmark's records in our words; of a kind that is not known, unknown."""
    kind, bounce = _kind(said)
    detail = text(said.get("Details")) or text(said.get("Description"))
    ours = table(said.get("Metadata"))
    code = enhanced_status(detail) if kind is EventKind.BOUNCED else ""
    named = text(said.get("ID"))
    return Event(
        provider="postmark",
        id=f"bounce-{named}" if named else name_of(dict(said)),
        kind=kind,
        at=instant(next((said[name] for name in _TIMES if name in said), None), otherwise=now),
        bounce=bounce_class(code, said=bounce) if bounce else None,
        batch_id=text(said.get("Tag")) or text(ours.get("batch")),
        delivery_id=whole(ours.get("delivery")),
        address=text(said.get("Email")) or text(said.get("Recipient")),
        status=code,
        detail=detail,
        payload=kept({name: value for name, value in said.items() if name != "Content"}),
        speaks_for_batch=False,  # each message of a call is taken or refused by itself
    )


def _kind(said: Mapping[str, object]) -> tuple[EventKind, BounceClass | None]:
    record = text(said.get("RecordType"))
    if record == "Bounce":
        return _BOUNCES.get(text(said.get("Type")), (EventKind.UNKNOWN, None))
    if record == "SubscriptionChange":
        is_out = said.get("SuppressSending") is True and said.get("SuppressionReason") == "ManualSuppression"
        return (EventKind.UNSUBSCRIBED if is_out else EventKind.UNKNOWN), None
    return _RECORDS.get(record, EventKind.UNKNOWN), None

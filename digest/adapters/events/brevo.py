"""What Brevo tells, by webhook or by its events API -> events in our words.

Source: developers.brevo.com, «Transactional webhooks» and «Get all your transactional email activity». The two have
different words for the same, and neither names an event: ours are named by what both say, so that an event that is
heard and pulled is one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.adapters.hearing import instant, kept, name_of, parsed, table, text, whole
from digest.deliver.bounces import bounce_class, enhanced_status
from digest.model.feedback import BounceClass, Event, EventKind

_KINDS: Mapping[str, tuple[EventKind, BounceClass | None]] = {
    "request": (EventKind.ACCEPTED, None),
    "delivered": (EventKind.DELIVERED, None),
    "deferred": (EventKind.DEFERRED, None),
    "soft_bounce": (EventKind.BOUNCED, BounceClass.SOFT),
    "hard_bounce": (EventKind.BOUNCED, BounceClass.HARD),
    "invalid_email": (EventKind.BOUNCED, BounceClass.HARD),
    "blocked": (EventKind.BOUNCED, BounceClass.OURS),
    "error": (EventKind.BOUNCED, BounceClass.OURS),
    "spam": (EventKind.COMPLAINED, None),
    "unsubscribed": (EventKind.UNSUBSCRIBED, None),
}
"""«Transactional webhooks». Blocked is an address on Brevo's own list, which says nothing new of it."""

_SAME: Mapping[str, str] = {
    "requests": "request",
    "softBounces": "soft_bounce",
    "hardBounces": "hard_bounce",
    "bounces": "soft_bounce",
    "invalid": "invalid_email",
    "unsubscribe": "unsubscribed",
}
"""The words of the events API, in those of the webhooks."""

_MANY_TIMES = frozenset({EventKind.DEFERRED, EventKind.UNKNOWN})
"""What may happen to one copy more than once; of all else each copy has one."""


def event(each: object, *, now: datetime) -> Event:
    """One of Brevo's events in our words; of a kind that is not known, or no event at all, unknown."""
    said = table(each)
    word = _SAME.get(text(said.get("event")), text(said.get("event")))
    kind, bounce = _KINDS.get(word, (EventKind.UNKNOWN, None))
    detail = text(said.get("reason"))
    code = enhanced_status(detail) if bounce else ""
    batch, _, delivery = text(said.get("X-Mailin-custom")).rpartition("/")
    found = tags(said)
    return Event(
        provider="brevo",
        id=name_of(each) if kind in _MANY_TIMES else _id(word, said),
        kind=kind,
        at=_at(said, otherwise=now),
        bounce=_bounce(code, bounce) if bounce else None,
        batch_id=batch or (found[0] if len(found) == 1 else ""),
        delivery_id=whole(delivery) if batch else 0,
        address=text(said.get("email")),
        status=code,
        detail=detail,
        payload=kept(each),
    )


def listed(said: object) -> Sequence[object] | None:
    """The events of an answer of the events API, of which an empty object has none; None when it is not Brevo's."""
    if said == {}:
        return ()
    events = table(said).get("events")
    return events if isinstance(events, list) else None


def tags(said: Mapping[str, object]) -> Sequence[str]:
    """The tags of an event: a list, or one word, which may be a list written as JSON."""
    found = said.get("tags") or said.get("tag")
    if isinstance(found, str) and found.startswith("["):
        try:
            found = parsed(found.encode())
        except ValueError:
            return (text(found),)
    return tuple(map(text, found)) if isinstance(found, list) else (text(found),)


def _bounce(code: str, said: BounceClass) -> BounceClass:
    """The code's class, unless Brevo's word already says that it is not the address."""
    return said if said is BounceClass.OURS else bounce_class(code, said=said)


def _id(word: str, said: Mapping[str, object]) -> str:
    message = text(said.get("message-id")) or text(said.get("messageId"))
    return name_of([word, message, text(said.get("email"))]) if message else name_of(dict(said))


def _at(said: Mapping[str, object], *, otherwise: datetime) -> datetime:
    """`ts_epoch` (milliseconds, and seconds in some of Brevo's own examples), else `ts_event`, else the date."""
    stamp = said.get("ts_epoch")
    if isinstance(stamp, int | float) and 1e11 < stamp < 1e15:
        stamp /= 1000
    return instant(stamp or said.get("ts_event") or said.get("date"), otherwise=otherwise)

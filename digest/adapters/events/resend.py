"""What Resend tells of a message, by webhook or in its list -> events.

Source: resend.com/docs, «Event Types» and «Email Bounces»; the fields are those of its OpenAPI file.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr

from digest.adapters.events.bounce_types import class_of
from digest.adapters.hearing import instant, kept, table, text, whole
from digest.deliver.bounces import enhanced_status
from digest.model.feedback import BounceClass, Event, EventKind

PROVIDER = "resend"

_KINDS: Mapping[str, EventKind] = {
    "sent": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "delivery_delayed": EventKind.DEFERRED,
    "bounced": EventKind.BOUNCED,
    "suppressed": EventKind.BOUNCED,
    "failed": EventKind.BOUNCED,
    "complained": EventKind.COMPLAINED,
}
"""Types of webhooks without their «email.»; the same words are the `last_event` of a message."""

_REASONS: Mapping[str, str] = {"bounced": "bounce", "suppressed": "suppressed", "failed": "failed"}
"""Where in the data it is said why."""


def of_webhook(said: Mapping[str, object], *, name: str, now: datetime) -> tuple[Event, ...]:
    """One event for each reader of the message; ours have one. `name` is the webhook's own."""
    word = text(said.get("type")).removeprefix("email.")
    data, at = table(said.get("data")), instant(said.get("created_at"), otherwise=now)
    return tuple(
        _event(word, data, address=address, name=f"{name}-{n}" if n else name, at=at, payload=kept(dict(said)))
        for n, address in enumerate(_addresses(data))
    )


def of_listed(said: Mapping[str, object], *, now: datetime) -> Iterator[Event]:
    """What became last of a message in the list; nothing for one that was sent and no more.

    The list says when a message was made, not when this happened; and not why it bounced, so that a bounce is soft
    until Resend itself suppresses the address.
    """
    word = text(said.get("last_event"))
    if word in _KINDS and word != "sent":
        at = instant(said.get("created_at"), otherwise=now)
        for n, address in enumerate(_addresses(said)):
            name = f"{text(said.get('id'))}-{word}-{n}"
            yield _event(word, said, address=address, name=name, at=at, payload=kept(_without_letter(said)))


def _without_letter(said: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in said.items() if name not in {"html", "text"}}


def _event(word: str, data: Mapping[str, object], *, address: str, name: str, at: datetime, payload: str) -> Event:
    """One of Resend's words in ours; of a kind that is not known, unknown."""
    kind = _KINDS.get(word, EventKind.UNKNOWN)
    why, ours = table(data.get(_REASONS.get(word, ""))), _tags(data.get("tags"))
    detail = _detail(why)
    code = enhanced_status(detail) if kind is EventKind.BOUNCED else ""
    return Event(
        provider=PROVIDER,
        id=name,
        kind=kind,
        at=at,
        bounce=_bounce(word, why, code) if kind is EventKind.BOUNCED else None,
        batch_id=text(ours.get("batch")),
        delivery_id=whole(ours.get("delivery")),
        address=address,
        status=code,
        detail=detail,
        payload=payload,
        speaks_for_batch=False,  # each message of a call is taken or refused by itself («permissive»)
    )


def _bounce(word: str, why: Mapping[str, object], code: str) -> BounceClass:
    """A message that failed never left Resend; one that was suppressed was not even tried, for it bounced before."""
    match word:
        case "failed":
            return BounceClass.OURS
        case "suppressed":
            return BounceClass.HARD
        case _:
            return class_of(text(why.get("type")), text(why.get("subType")), status=code)


def _detail(why: Mapping[str, object]) -> str:
    """What the mail server said, else what Resend says."""
    said = why.get("diagnosticCode")
    servers = " ".join(text(each) for each in said) if isinstance(said, list) else text(said)
    return servers or text(why.get("message")) or text(why.get("reason"))


def _tags(value: object) -> Mapping[str, object]:
    """Tags as an object, or as the list of names and values in which they were sent."""
    if isinstance(value, list):
        return {text(table(each).get("name")): table(each).get("value") for each in value}
    return table(value)


def _addresses(data: Mapping[str, object]) -> Sequence[str]:
    to = data.get("to")
    found = [text(each) for each in to] if isinstance(to, list) else [text(to)]
    return [parseaddr(each)[1] or each for each in found] or [""]

"""What Amazon SES tells by its SNS topic -> events, one for each reader concerned.

Source: the SES guide, «Contents of event data that Amazon SES publishes to Amazon SNS». The same event may come by a
configuration set and by an identity's own notifications: it is named by what it says, so that both are one.
"""

from collections.abc import Mapping, Sequence
from email.utils import parseaddr

from digest.adapters.events.bounce_types import class_of
from digest.adapters.events.sns import Notice
from digest.adapters.hearing import instant, kept, name_of, record, table, text, whole
from digest.deliver.bounces import enhanced_status
from digest.model.feedback import BounceClass, Event, EventKind

PROVIDER = "ses"

_KINDS: Mapping[str, EventKind] = {
    "Send": EventKind.ACCEPTED,
    "Delivery": EventKind.DELIVERED,
    "DeliveryDelay": EventKind.DEFERRED,
    "Bounce": EventKind.BOUNCED,
    "Reject": EventKind.BOUNCED,
    "Rendering Failure": EventKind.BOUNCED,
    "Complaint": EventKind.COMPLAINED,
}

_PLACES: Mapping[str, tuple[str, str]] = {
    "Delivery": ("delivery", "recipients"),
    "DeliveryDelay": ("deliveryDelay", "delayedRecipients"),
    "Bounce": ("bounce", "bouncedRecipients"),
    "Reject": ("reject", ""),
    "Rendering Failure": ("failure", ""),
    "Complaint": ("complaint", "complainedRecipients"),
    "Subscription": ("subscription", ""),
}
"""Where an event's own object stands, and its readers in it; those of the mail where it has none."""

_NO_COMPLAINT = "not-spam"
"""The `complaintFeedbackType` of a reader who says that it is none (RFC 6430)."""


def of_notice(notice: Notice) -> tuple[Event, ...]:
    """The events of one notice; one of an unknown kind for what is none, such as a topic's wish to be confirmed."""
    try:
        said = record(notice.message.encode())
    except ValueError:  # SNS's own words, and the greeting with which SES tries a topic out
        return (_unknown(notice),)
    word = text(said.get("eventType")) or text(said.get("notificationType"))
    about, field = _PLACES.get(word, ("", ""))
    readers = table(said.get(about)).get(field) or table(said.get("mail")).get("destination")
    return tuple(_event(said, word, reader, notice=notice) for reader in _listed(readers))


def _listed(readers: object) -> Sequence[Mapping[str, object]]:
    """Readers as objects: in bounces and complaints they are, elsewhere they are addresses."""
    given = readers if isinstance(readers, list) and readers else [""]
    return [each if isinstance(each, dict) else {"emailAddress": text(each)} for each in given]


def _unknown(notice: Notice) -> Event:
    return Event(
        provider=PROVIDER,
        id=notice.id,
        kind=EventKind.UNKNOWN,
        at=notice.at,
        detail=notice.confirm_at or notice.message,
        payload=kept(notice.message),
    )


def _event(said: Mapping[str, object], word: str, reader: Mapping[str, object], *, notice: Notice) -> Event:
    """One of SES's events in our words; of a kind that is not known, unknown."""
    mail, about = table(said.get("mail")), table(said.get(_PLACES.get(word, ("",))[0]))
    tags, kind = table(mail.get("tags")), _kind(word, about)
    detail = _detail(reader, about)
    code = text(reader.get("status")) or enhanced_status(detail)
    given = text(reader.get("emailAddress"))
    address = parseaddr(given)[1] or given
    named = text(about.get("feedbackId")) or text(about.get("timestamp")) or text(mail.get("timestamp"))
    return Event(
        provider=PROVIDER,
        id=name_of([word, text(mail.get("messageId")), address, named]),
        kind=kind,
        at=instant(about.get("timestamp") or mail.get("timestamp"), otherwise=notice.at),
        bounce=_bounce(word, about, code) if kind is EventKind.BOUNCED else None,
        batch_id=_tag(tags, "batch"),
        delivery_id=whole(_tag(tags, "delivery")),
        address=address,
        status=code if kind in {EventKind.BOUNCED, EventKind.DEFERRED} else "",
        detail=detail,
        payload=kept(_without_headers(said)),
        speaks_for_batch=False,  # each entry of a call is taken or refused by itself
    )


def _kind(word: str, about: Mapping[str, object]) -> EventKind:
    if word == "Complaint" and about.get("complaintFeedbackType") == _NO_COMPLAINT:
        return EventKind.UNKNOWN
    if word == "Subscription" and table(about.get("newTopicPreferences")).get("unsubscribeAll") is True:
        return EventKind.UNSUBSCRIBED
    return _KINDS.get(word, EventKind.UNKNOWN)


def _bounce(word: str, about: Mapping[str, object], code: str) -> BounceClass:
    """A mail that SES refused or could not render never left it: it says nothing of the reader."""
    if word != "Bounce":
        return BounceClass.OURS
    return class_of(text(about.get("bounceType")), text(about.get("bounceSubType")), status=code)


def _detail(reader: Mapping[str, object], about: Mapping[str, object]) -> str:
    """What the mail server said, else what SES says."""
    names = ("smtpResponse", "reason", "errorMessage", "complaintFeedbackType", "bounceSubType", "delayType")
    servers = text(reader.get("diagnosticCode"))
    return servers or next((text(about[name]) for name in names if about.get(name)), "")


def _tag(tags: Mapping[str, object], name: str) -> str:
    """A tag's value: SES gives a list for each."""
    value = tags.get(name)
    return text(value[0]) if isinstance(value, list) and value else text(value)


def _without_headers(said: Mapping[str, object]) -> Mapping[str, object]:
    """The event without the mail's headers, which are ours and hold the reader's link."""
    mail = {name: value for name, value in table(said.get("mail")).items() if name not in {"headers", "commonHeaders"}}
    return {**said, "mail": mail}

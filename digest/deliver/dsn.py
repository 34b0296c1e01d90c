"""A message from the bounce mailbox -> what it reports of a copy: bounces, delays, deliveries, complaints.

Read are delivery status notifications (RFC 3464, in the multipart/report of RFC 6522) and abuse reports (ARF, RFC
5965). What else lies in the mailbox, answers from machines and people, is none of our business.

Anybody can write to the mailbox. So a report counts only if a bounce address of ours with its seal stands in it
(deliver/verp.py), which nobody knows but who has had that copy. And nothing in it is taken apart beyond the outermost
parts: their number, their size and the lines of their headers are bounded, and there is no recursion.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from digest.deliver.bounces import bounce_class, enhanced_status
from digest.deliver.fields import Fields, fields, parameter, parts
from digest.deliver.verp import delivery
from digest.errors import InvalidToken
from digest.model.feedback import BounceClass, Event, EventKind

LARGEST = 1_000_000
"""Bytes of a message that are looked at: the report stands before the returned letter, which may be long."""

MOST_RECIPIENTS = 20
"""Recipients of one report that are told of: a copy has one, and a list behind it makes them more."""

LONGEST_PAYLOAD = 4_000
LONGEST_DETAIL = 500

_ACTIONS: Mapping[str, EventKind] = {
    "failed": EventKind.BOUNCED,
    "delayed": EventKind.DEFERRED,
    "delivered": EventKind.DELIVERED,
    "relayed": EventKind.ACCEPTED,
    "expanded": EventKind.DELIVERED,
}
"""RFC 3464, section 2.3.3; relayed is «accepted by a server that reports no deliveries»."""

_FEEDBACK: Mapping[str, EventKind] = {
    "abuse": EventKind.COMPLAINED,
    "fraud": EventKind.COMPLAINED,
    "opt-out": EventKind.UNSUBSCRIBED,
}
"""RFC 5965, section 7.3; «opt-out» is older and still sent; «not-spam» and «virus» say nothing of a wish."""

_ARRIVED_FOR = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to")
_MESSAGE_ID = re.compile(r"<(\d{1,18})\.([A-Za-z0-9._-]{1,64})@")
_WITH_REPORT = {"delivery-status": "message/delivery-status", "feedback-report": "message/feedback-report"}
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A report's own parts: its headers, the groups of fields in it, and the headers of the copy that it returns."""

    kind: str
    head: Fields
    groups: tuple[Fields, ...]
    returned: Fields
    text: str


def reports(
    message: bytes, *, provider: str, base: str, keys: Mapping[int, bytes], received: datetime
) -> tuple[Event, ...]:
    """Return what `message` reports, one event a recipient; nothing for what is no report.

    `base` and `keys` are those of the bounce addresses. A report in which no address of ours stands with its seal is an
    unknown event of nobody's copy: counted, and believed in nothing. `received` is when it came; it counts where the
    report's own date is none, or later. Never raises for what a message holds.
    """
    message = message[:LARGEST].replace(b"\r\n", b"\n")  # a maildir has other ends of lines than an IMAP server
    report = _report(message)
    if report is None:
        return ()
    try:
        copy = delivery(_addresses(report), base=base, keys=keys)
    except InvalidToken as error:
        return (_unproven(message, error, provider=provider, received=received),)
    made = _complaints(report) if report.kind == "feedback-report" else _statuses(report)
    return tuple(
        Event(
            provider=provider,
            id=_name(report, message, copy, place),
            kind=told.kind,
            at=_instant(report, told.group, received),
            bounce=bounce_class(told.status, said=BounceClass.SOFT) if told.kind is EventKind.BOUNCED else None,
            batch_id=_batch(report.returned, copy),
            delivery_id=copy,
            address=told.address,
            status=told.status,
            detail=told.detail[:LONGEST_DETAIL],
            payload=report.text[:LONGEST_PAYLOAD],
            is_sealed=True,
            speaks_for_batch=False,  # over SMTP every copy is handed over by itself
        )
        for place, told in enumerate(made)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What one group of fields says."""

    kind: EventKind
    group: Fields
    address: str
    status: str = ""
    detail: str = ""


def _report(message: bytes) -> _Report | None:
    """The message's parts, if it is a report of one of the two kinds."""
    head, body = fields(message)
    content_type = head.first("content-type")
    kind = parameter(content_type, "report-type").lower()
    boundary = parameter(content_type, "boundary")
    if not content_type.lower().startswith("multipart/report") or kind not in _WITH_REPORT or not boundary:
        return None
    text, returned = b"", Fields()
    for part in parts(body, boundary):
        part_head, content = fields(part)
        part_type = part_head.first("content-type").partition(";")[0].strip().lower()
        if part_type in {_WITH_REPORT[kind], "message/global-delivery-status"} and not text:
            text = content
        elif part_type in _RETURNED:
            returned, _ = fields(content)
    if not text.strip():
        return None
    return _Report(
        kind=kind, head=head, groups=tuple(_groups(text)), returned=returned, text=text.decode("utf-8", "replace")
    )


def _groups(text: bytes) -> Iterator[Fields]:
    """The groups of fields of a report, apart by empty lines; the first is about the message."""
    rest = text.lstrip(b"\r\n")
    for _ in range(MOST_RECIPIENTS + 1):
        if not rest:
            return
        group, rest = fields(rest)
        rest = rest.lstrip(b"\r\n")
        yield group


def _addresses(report: _Report) -> Iterator[str]:
    """Where a bounce address may stand: whom the report came to, whom the copy was from."""
    yield from (value for name in _ARRIVED_FOR for value in report.head.all(name))
    yield from (value for group in report.groups for value in group.all("original-mail-from"))
    yield from report.returned.all("return-path")


def _statuses(report: _Report) -> Iterator[_Told]:
    for group in report.groups[1:]:
        diagnosis = _typed(group.first("diagnostic-code"))
        yield _Told(
            kind=_ACTIONS.get(group.first("action").strip().lower(), EventKind.UNKNOWN),
            group=group,
            address=_typed(group.first("original-recipient") or group.first("final-recipient")),
            status=_status(group.first("status"), diagnosis),
            detail=diagnosis,
        )


def _complaints(report: _Report) -> Iterator[_Told]:
    group = report.groups[0]
    said = group.first("feedback-type").strip().lower()
    yield _Told(
        kind=_FEEDBACK.get(said, EventKind.UNKNOWN),
        group=group,
        address=group.first("original-rcpt-to").strip(" <>"),
        detail=said,
    )


def _status(said: str, diagnosis: str) -> str:
    """The report's status code; the one in the server's words where the report's tells nothing (X.0.0) or is none."""
    code = enhanced_status(said)
    return (enhanced_status(diagnosis) or code) if code.endswith(".0.0") or not code else code


def _typed(value: str) -> str:
    """What stands behind the type of an address or a diagnosis: «rfc822; reader@example.org»."""
    before, is_typed, after = value.partition(";")
    return " ".join((after if is_typed else before).split())


def _batch(returned: Fields, copy: int) -> str:
    """The batch in the Message-ID of the copy that is returned, if it is this copy's."""
    found = _MESSAGE_ID.search(returned.first("message-id"))
    return found[2] if found and int(found[1]) == copy else ""


def _instant(report: _Report, group: Fields, received: datetime) -> datetime:
    """When it happened, by the report; when it was received, where that is not known or would be later."""
    for value in (group.first("last-attempt-date"), report.head.first("date")):
        try:
            said = parsedate_to_datetime(value)
            return min(said if said.tzinfo else said.replace(tzinfo=UTC), received).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return received


def _name(report: _Report, message: bytes, copy: int, place: int) -> str:
    """A name that is the same whenever and wherever the report is read; nobody can take that of another copy's."""
    own = report.head.first("message-id").strip().encode("utf-8", "replace") or message
    return sha256(b"%d/%d/" % (copy, place) + own).hexdigest()[:32]


def _unproven(message: bytes, error: InvalidToken, *, provider: str, received: datetime) -> Event:
    """A report that anybody may have written."""
    return Event(
        provider=provider,
        id=f"unproven-{sha256(message).hexdigest()[:32]}",
        kind=EventKind.UNKNOWN,
        at=received,
        detail=f"a report that is not proven: {error.detail}",
    )

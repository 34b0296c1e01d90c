"""Postmark's outbound messages and bounces, and its webhooks.

Source: postmarkapp.com/developer, «Messages API», «Bounce API», «Webhooks».
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from http import HTTPStatus
from itertools import islice

from digest.simulator.checks import check_size
from digest.simulator.dialect import Records
from digest.simulator.exchange import (
    Accepted,
    Answer,
    Copy,
    Happening,
    Kind,
    Refused,
    Request,
    as_json,
)

_BOUNCES: Mapping[Kind, tuple[str, int]] = {
    Kind.HARD: ("HardBounce", 1),
    Kind.SOFT: ("SoftBounce", 4096),
    Kind.POLICY: ("Blocked", 100006),
    Kind.COMPLAINED: ("SpamComplaint", 512),
}
"""«Bounce types»: a complaint is one, in the list and in its own webhook (whose page says 512)."""


def listed(request: Request, records: Records) -> Answer:
    """The outbound messages, or the bounces, newest first."""
    if request.method != "GET" or request.path not in {"/messages/outbound", "/bounces"}:
        raise Refused("Not found.", status=HTTPStatus.NOT_FOUND, kind="404")
    asked = request.asked()
    size, offset = _number(asked, "count"), _number(asked, "offset")
    check_size(size, 500, "entries (count)")
    if request.path == "/bounces":
        bounces = [_bounce(each) for each in _bounced(asked, records)][::-1]
        return as_json(HTTPStatus.OK, {"TotalCount": len(bounces), "Bounces": bounces[offset : offset + size]})
    found = list(_outbound(asked, records))[::-1]
    page = [_message(call, copy) for call, copy in islice(found, offset, offset + size)]
    return as_json(HTTPStatus.OK, {"TotalCount": len(found), "Messages": page})


def _outbound(asked: Mapping[str, str], records: Records) -> Iterator[tuple[Accepted, Copy]]:
    for call in records.accepted(asked.get("tag")):
        if _is_within(call.at, asked):
            for copy in call.copies:
                if asked.get("recipient", copy.address) == copy.address:
                    yield call, copy


def _bounced(asked: Mapping[str, str], records: Records) -> Iterator[Happening]:
    for each in records.happenings(asked.get("tag")):
        if each.kind in _BOUNCES and _is_within(each.at, asked) and asked.get("type", _type(each)) == _type(each):
            yield each


def _is_within(at: datetime, asked: Mapping[str, str]) -> bool:
    """Whole days, both counted in (Postmark reads them in Eastern Time; here they are UTC's)."""
    first, last = (_day(asked[name]) if name in asked else None for name in ("fromdate", "todate"))
    return (first is None or first <= at.date()) and (last is None or at.date() <= last)


def _day(given: str) -> date:
    try:
        return datetime.fromisoformat(given).date()
    except ValueError as error:
        raise Refused(f"{given!r} is no date", status=HTTPStatus.UNPROCESSABLE_ENTITY) from error


def _number(asked: Mapping[str, str], name: str) -> int:
    if not asked.get(name, "").isdecimal():
        raise Refused(f"{name} is required, a number", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return int(asked[name])


def _message(call: Accepted, copy: Copy) -> Mapping[str, object]:
    return {
        "Tag": call.tag,
        "MessageID": copy.message_id,
        "MessageStream": "broadcast",
        "To": [{"Email": copy.address, "Name": None}],
        "Cc": [],
        "Bcc": [],
        "Recipients": [copy.address],
        "ReceivedAt": stamp(call.at),
        "Subject": copy.subject,
        "Attachments": [],
        "Status": "Sent",
        "TrackOpens": False,
        "TrackLinks": "None",
        "Metadata": copy.data or {"delivery": copy.delivery},
    }


def _type(happening: Happening) -> str:
    return _BOUNCES[happening.kind][0]


def _bounce(happening: Happening) -> dict[str, object]:
    return {
        "ID": int(happening.id.replace("-", "")[:12], 16),
        "Type": _type(happening),
        "TypeCode": _BOUNCES[happening.kind][1],
        "Name": _type(happening),
        "Tag": happening.call.tag,
        "MessageID": happening.copy.message_id,
        "Metadata": happening.copy.data or {"delivery": happening.copy.delivery},
        "MessageStream": "broadcast",
        "Description": happening.said,
        "Details": f"smtp;{550 if happening.code[0] == '5' else 452} {happening.said}",
        "Email": happening.copy.address,
        "BouncedAt": stamp(happening.at),
        "DumpAvailable": False,
        "Inactive": happening.kind in {Kind.HARD, Kind.COMPLAINED},
        "CanActivate": happening.kind not in {Kind.HARD, Kind.COMPLAINED},
        "Subject": happening.copy.subject,
    }


def webhook(happening: Happening) -> dict[str, object]:
    """One event as it is posted, under its record type."""
    if happening.kind in _BOUNCES:
        record = "SpamComplaint" if happening.kind is Kind.COMPLAINED else "Bounce"
        return _bounce(happening) | {"RecordType": record}
    shared: dict[str, object] = {
        "MessageID": happening.copy.message_id,
        "MessageStream": "broadcast",
        "Tag": happening.call.tag,
        "Metadata": happening.copy.data or {"delivery": happening.copy.delivery},
    }
    if happening.kind is Kind.DELIVERED:
        arrived = {"Recipient": happening.copy.address, "DeliveredAt": stamp(happening.at), "Details": happening.said}
        return shared | arrived | {"RecordType": "Delivery"}
    change = {"Recipient": happening.copy.address, "ChangedAt": stamp(happening.at), "Origin": "Recipient"}
    stopped = {"SuppressSending": True, "SuppressionReason": "ManualSuppression"}
    return shared | change | stopped | {"RecordType": "SubscriptionChange"}


def stamp(at: datetime) -> str:
    """An instant with seven decimals, as Postmark writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")

"""Postmark's API: batches of messages with an answer each, outbound messages, bounces.

Source: postmarkapp.com/developer, «Email API», «Messages API», «Bounce API», «Webhooks», «API error codes».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of
from digest.simulator.exchange import (
    Accepted,
    Answer,
    Copy,
    Failure,
    Happening,
    Kind,
    Refused,
    Request,
    Submission,
    as_json,
    mapping,
    of_json,
    sequence,
    text,
)

MOST = 500
LARGEST = 50_000_000
LONGEST_SUBJECT = 2000
LONGEST_TAG = 1000

_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_CODES: Mapping[int, int] = {401: 10, 413: 413, 422: 300, 429: 429, 500: 500, 503: 100}
"""Postmark's own error code for a status of HTTP, where a script names a status alone."""

_FAILURES: Mapping[bool, Failure] = {
    True: Failure(code="406", message="You tried to send to a recipient that has been marked as inactive."),
    False: Failure(code="100", message="The Postmark API is offline for maintenance."),
}

_BOUNCES: Mapping[Kind, tuple[str, int]] = {
    Kind.HARD: ("HardBounce", 1),
    Kind.SOFT: ("SoftBounce", 4096),
    Kind.POLICY: ("Blocked", 100006),
}


class Postmark:
    """`Dialect` of Postmark."""

    name = "postmark"
    keys: Keys | None = None
    failures: Mapping[bool, Failure] = _FAILURES
    specs: tuple[Spec, ...] = (Spec(file="postmark/server.json", server="https://api.postmarkapp.com"),)

    def sends(self, request: Request) -> bool:
        """Say whether it is POST /email/batch."""
        return request.method == "POST" and request.path == "/email/batch"

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per message."""
        _authorised(request)
        if len(request.body) > LARGEST:
            raise Refused(f"{len(request.body):,} bytes in one call", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        messages = sequence(of_json(request), "the body")
        if not 0 < len(messages) <= MOST:
            raise Refused(f"{len(messages)} messages in one call", status=_UNPROCESSABLE, kind="410")
        try:
            given = [mapping(each, "a message") for each in messages]
            copies = tuple(
                _copy(each, id_=str(uuid5(NAMESPACE_URL, f"{number}/{place}")), thorough=thorough)
                for place, each in enumerate(given)
            )
            if thorough:
                check_copies(copies)
        except Refused as error:
            raise Refused(error.message, status=_UNPROCESSABLE, kind="300") from error
        return Submission(copies=copies, id=copies[0].message_id, tag=str(given[0].get("Tag", "")))

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:
        """An answer per message, in their order."""
        return as_json(
            HTTPStatus.OK,
            [
                {"ErrorCode": int(failed[place].code), "Message": failed[place].message}
                if place in failed
                else {
                    "To": each.address,
                    "SubmittedAt": _stamp(at),
                    "MessageID": each.message_id,
                    "ErrorCode": 0,
                    "Message": "OK",
                }
                for place, each in enumerate(submission.copies)
            ],
        )

    def refused(self, refused: Refused) -> Answer:
        """A code of Postmark's and a sentence."""
        code = int(refused.kind) if refused.kind else _CODES.get(refused.status, 300)
        return as_json(refused.status, {"ErrorCode": code, "Message": refused.message})

    def listed(self, request: Request, records: Records) -> Answer:
        """The outbound messages, or the bounces, newest first."""
        _authorised(request)
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

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each, where Postmark has one: it tells nothing of what it has only taken."""
        return [_webhook(each) for each in happenings if each.kind is not Kind.ACCEPTED]


def _authorised(request: Request) -> None:
    if not request.headers.get("x-postmark-server-token"):
        message = "No Account or Server API tokens were supplied in the HTTP headers."
        raise Refused(message, status=HTTPStatus.UNAUTHORIZED, kind="10")


def _copy(message: Mapping[str, object], *, id_: str, thorough: bool) -> Copy:
    data = {name: str(value) for name, value in mapping(message.get("Metadata", {}), "Metadata").items()}
    reader = address(text(message.get("To"), "To"))
    if not thorough:
        return Copy(address=reader, delivery=delivery_of(data), message_id=id_)
    _check(message)
    headers = {
        text(each.get("Name"), "a header's Name"): text(each.get("Value"), "a header's Value")
        for each in (mapping(given, "a header") for given in sequence(message.get("Headers", []), "Headers"))
    }
    check_headers(headers)
    return Copy(
        address=reader,
        delivery=delivery_of(data),
        message_id=id_,
        subject=text(message.get("Subject"), "Subject"),
        list_unsubscribe=header(headers, "List-Unsubscribe"),
        data=data,
    )


def _check(message: Mapping[str, object]) -> None:
    address(text(message.get("From"), "From"))
    if not message.get("HtmlBody") and not message.get("TextBody"):
        raise Refused("Provide either email TextBody or HtmlBody or both.")
    if len(text(message.get("Subject"), "Subject")) > LONGEST_SUBJECT:
        raise Refused(f"Subject has more than {LONGEST_SUBJECT} characters")
    if len(text(message.get("Tag", ""), "Tag")) > LONGEST_TAG:
        raise Refused(f"Tag has more than {LONGEST_TAG} characters")
    for given in sequence(message.get("Headers", []), "Headers"):
        name = str(mapping(given, "a header").get("Name", ""))
        if re.fullmatch(r"(?i)from|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-type", name):
            raise Refused(f"the header {name} is not one of the caller's")


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
        raise Refused(f"{given!r} is no date", status=_UNPROCESSABLE) from error


def _number(asked: Mapping[str, str], name: str) -> int:
    if not asked.get(name, "").isdecimal():
        raise Refused(f"{name} is required, a number", status=_UNPROCESSABLE)
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
        "ReceivedAt": _stamp(call.at),
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
        "BouncedAt": _stamp(happening.at),
        "DumpAvailable": False,
        "Inactive": happening.kind is Kind.HARD,
        "CanActivate": happening.kind is not Kind.HARD,
        "Subject": happening.copy.subject,
    }


def _webhook(happening: Happening) -> dict[str, object]:
    if happening.kind in _BOUNCES:
        return _bounce(happening) | {"RecordType": "Bounce"}
    shared: dict[str, object] = {
        "MessageID": happening.copy.message_id,
        "MessageStream": "broadcast",
        "Tag": happening.call.tag,
        "Metadata": happening.copy.data or {"delivery": happening.copy.delivery},
    }
    if happening.kind is Kind.DELIVERED:
        arrived = {"Recipient": happening.copy.address, "DeliveredAt": _stamp(happening.at), "Details": happening.said}
        return shared | arrived | {"RecordType": "Delivery"}
    if happening.kind is Kind.COMPLAINED:
        complaint = {"ID": int(happening.id.replace("-", "")[:12], 16), "Type": "SpamComplaint", "TypeCode": 512}
        who = {"Email": happening.copy.address, "BouncedAt": _stamp(happening.at), "Inactive": True}
        return shared | complaint | who | {"RecordType": "SpamComplaint"}
    change = {"Recipient": happening.copy.address, "ChangedAt": _stamp(happening.at), "Origin": "Recipient"}
    stopped = {"SuppressSending": True, "SuppressionReason": "ManualSuppression"}
    return shared | change | stopped | {"RecordType": "SubscriptionChange"}


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")

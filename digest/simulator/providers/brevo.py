"""Brevo's API: versions of one message under an idempotency key, and the events of transactional mail.

Source: developers.brevo.com, «Send a transactional email», «Batch send transactional emails», «Idempotency for batch
emails» (30 minutes), «Get all your transactional email activity», «Transactional webhooks».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
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
from digest.simulator.template import template

MOST = 1000
LONGEST_PAGE = 5000
LARGEST_PARAMS = 100_000

_OWN_HEADERS = frozenset({"idempotencykey", "sender.ip"})
"""What stands among the headers and is for Brevo itself."""

_VARIABLE = re.compile(r"\{\{\s*params\.([\w.]+)\s*\}\}")
_CODES: Mapping[int, str] = {
    400: "invalid_parameter",
    401: "unauthorized",
    402: "not_enough_credits",
    403: "permission_denied",
    404: "document_not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    429: "too_many_requests",
}
"""Brevo's own code for a status, where a script names a status alone."""

_LISTED: Mapping[Kind, str] = {
    Kind.ACCEPTED: "requests",
    Kind.DELIVERED: "delivered",
    Kind.HARD: "hardBounces",
    Kind.SOFT: "softBounces",
    Kind.POLICY: "softBounces",
    Kind.COMPLAINED: "spam",
    Kind.UNSUBSCRIBED: "unsubscribed",
}
_POSTED: Mapping[Kind, str] = {
    Kind.ACCEPTED: "request",
    Kind.DELIVERED: "delivered",
    Kind.HARD: "hard_bounce",
    Kind.SOFT: "soft_bounce",
    Kind.POLICY: "soft_bounce",
    Kind.COMPLAINED: "spam",
    Kind.UNSUBSCRIBED: "unsubscribed",
}
"""The same events under other names in the webhooks."""


class BrevoKeys:
    """Remembered for half an hour; a key used again means that its mails were taken the first time."""

    lives = timedelta(minutes=30)

    def replayed(self, first: Accepted | None, *, is_same: bool) -> Answer:  # noqa: ARG002 - all are one to Brevo
        """400 with a code of its own."""
        return as_json(400, {"code": "duplicate_parameter", "message": "idempotencyKey is already in use"})


class Brevo:
    """`Dialect` of Brevo."""

    name = "brevo"
    keys: Keys | None = BrevoKeys()
    failures: Mapping[bool, Failure] = {}
    specs: tuple[Spec, ...] = (Spec(file="brevo/swagger_definition_v3.yml", server="https://api.brevo.com/v3"),)

    def sends(self, request: Request) -> bool:
        """Say whether it is POST /v3/smtp/email."""
        return request.method == "POST" and request.path == "/v3/smtp/email"

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per version, or the one of a message without versions."""
        _authorised(request)
        message = mapping(of_json(request), "the body")
        versions = [mapping(each, "a version") for each in sequence(message.get("messageVersions", [{}]), "versions")]
        check_size(len(versions), MOST, "versions")
        shared = _headers(message)
        copies = tuple(
            _copy(message | version, shared | _headers(version), id_=_id(number, place), thorough=thorough)
            for place, version in enumerate(versions)
        )
        if thorough:
            _check(message)
            check_copies(copies)
        tags = [text(each, "a tag") for each in sequence(message.get("tags", []), "tags")]
        key = header(shared, "idempotencyKey")
        return Submission(copies=copies, id=copies[0].message_id, tag=tags[0] if tags else "", key=key)

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:  # noqa: ARG002
        """An id per version, or the one."""
        ids = [each.message_id for each in submission.copies]
        return as_json(HTTPStatus.CREATED, {"messageIds": ids} if len(ids) > 1 else {"messageId": ids[0]})

    def refused(self, refused: Refused) -> Answer:
        """A code and a sentence."""
        code = refused.kind or _CODES.get(refused.status, "unprocessable_entity")
        return as_json(refused.status, {"code": code, "message": refused.message})

    def listed(self, request: Request, records: Records) -> Answer:
        """A page of events, the newest first if not asked otherwise; `{}` when there are none."""
        _authorised(request)
        if request.method != "GET" or request.path != "/v3/smtp/statistics/events":
            raise Refused("there is no such resource", status=HTTPStatus.NOT_FOUND)
        asked = request.asked()
        limit, offset = _number(asked, "limit", 2500), _number(asked, "offset", 0)
        check_size(limit, LONGEST_PAGE, "events (limit)")
        found = sorted(_found(asked, records), key=lambda each: each.at, reverse=asked.get("sort", "desc") == "desc")
        page = [_listed(each) for each in islice(found, offset, offset + limit)]
        return as_json(HTTPStatus.OK, {"events": page} if page else {})

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each."""
        return [_posted(each) for each in happenings]


def _authorised(request: Request) -> None:
    if not request.headers.get("api-key"):
        raise Refused("Key not found", status=HTTPStatus.UNAUTHORIZED)


def _id(number: str, place: int) -> str:
    return f"<{uuid5(NAMESPACE_URL, f'{number}/{place}').hex}@smtp-relay.mailin.fr>"


def _headers(given: Mapping[str, object]) -> dict[str, str]:
    return {name: text(value, name) for name, value in mapping(given.get("headers", {}), "headers").items()}


def _copy(message: Mapping[str, object], headers: Mapping[str, str], *, id_: str, thorough: bool) -> Copy:
    """One version, over the message's own fields."""
    readers = sequence(message.get("to"), "to")
    if len(readers) != 1 or message.get("cc") or message.get("bcc"):
        raise Refused("a version is for one reader here: he would see the others")
    reader = address(text(mapping(readers[0], "to").get("email"), "email"))
    params = mapping(message.get("params", {}), "params")
    custom = header(headers, "X-Mailin-custom")
    delivery = _delivery(custom) or delivery_of({name: str(value) for name, value in params.items()})
    if not thorough:
        return Copy(address=reader, delivery=delivery, message_id=id_)
    sent = {name: value for name, value in headers.items() if name.casefold() not in _OWN_HEADERS}
    check_headers(sent, ascii_only=True)
    if len(str(params)) > LARGEST_PARAMS:
        raise Refused("the params of a version are larger than 100 KB")
    filled = {
        name: template(text(message.get(name, ""), name), _VARIABLE).filled(params, whose=reader)
        for name in ("subject", "htmlContent", "textContent")
    }
    return Copy(
        address=reader,
        delivery=delivery,
        message_id=id_,
        subject=filled["subject"],
        list_unsubscribe=header(sent, "List-Unsubscribe"),
        data={"X-Mailin-custom": custom} if custom else {},
    )


def _delivery(custom: str) -> str:
    """The delivery in X-Mailin-custom: «delivery:12|…», JSON, or the number alone."""
    match = re.search(r"delivery\W+(\w+)", custom)
    return match[1] if match else custom if custom.isdecimal() else ""


def _check(message: Mapping[str, object]) -> None:
    sender = mapping(message.get("sender"), "sender")
    address(text(sender.get("email"), "sender.email"))
    if not message.get("subject"):
        raise Refused("subject is missing", kind="missing_parameter")
    if not message.get("htmlContent") and not message.get("textContent"):
        raise Refused("htmlContent or textContent is missing", kind="missing_parameter")


def _found(asked: Mapping[str, str], records: Records) -> Iterator[Happening]:
    """The events that fit; `days` counts today in, dates are whole days."""
    first, last = (_day(asked[name]) if name in asked else None for name in ("startDate", "endDate"))
    if "days" in asked:
        first = records.now.date() - timedelta(days=_number(asked, "days", 0))
    tag = re.sub(r'[\[\]"]', "", asked["tags"]) if "tags" in asked else None
    for each in records.happenings(tag):
        is_within = (first is None or first <= each.at.date()) and (last is None or each.at.date() <= last)
        is_named = asked.get("event", _LISTED[each.kind]) in {_LISTED[each.kind], _group(each)}
        is_his = asked.get("email", each.copy.address) == each.copy.address
        if is_within and is_named and is_his and asked.get("messageId", each.copy.message_id) == each.copy.message_id:
            yield each


def _group(happening: Happening) -> str:
    return "bounces" if happening.kind in {Kind.HARD, Kind.SOFT, Kind.POLICY} else ""


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refused(f"{given!r} is no date (YYYY-MM-DD)") from error


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    given = asked.get(name, str(default))
    if not given.isdecimal():
        raise Refused(f"{name} is no number: {given!r}")
    return int(given)


def _listed(happening: Happening) -> Mapping[str, object]:
    return {
        "email": happening.copy.address,
        "date": happening.at.isoformat(timespec="milliseconds"),
        "subject": happening.copy.subject,
        "messageId": happening.copy.message_id,
        "event": _LISTED[happening.kind],
        "tag": happening.call.tag,
        **({"reason": happening.said} if _group(happening) else {}),
    }


def _posted(happening: Happening) -> Mapping[str, object]:
    return {
        "event": _POSTED[happening.kind],
        "email": happening.copy.address,
        "id": 1,
        "date": happening.at.strftime("%Y-%m-%d %H:%M:%S"),
        "ts": int(happening.call.at.timestamp()),
        "ts_event": int(happening.at.timestamp()),
        "ts_epoch": int(happening.at.timestamp() * 1000),
        "message-id": happening.copy.message_id,
        "subject": happening.copy.subject,
        "tags": [happening.call.tag],
        "tag": f'["{happening.call.tag}"]',
        **happening.copy.data,
        **({"reason": happening.said} if _group(happening) else {}),
    }

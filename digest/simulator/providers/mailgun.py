"""Mailgun's API: batch sending with recipient variables, and the events of a domain.

Source: documentation.mailgun.com, «Send an email», «Batch sending», «Events», «Tracking webhooks».
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of
from digest.simulator.exchange import (
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
)
from digest.simulator.form import fields
from digest.simulator.template import template

MOST = 1000
LONGEST_TAG = 128
MOST_TAGS = 10
LONGEST_PAGE = 300

_SEND = re.compile(r"/v3/([^/]+)/messages")
_EVENTS = re.compile(r"/v3/([^/]+)/events(?:/([^/]+))?")
_VARIABLE = re.compile(r"%recipient\.([^%\s]+)%")

_EVENTS_OF: Mapping[Kind, tuple[str, Mapping[str, str]]] = {
    Kind.ACCEPTED: ("accepted", {}),
    Kind.DELIVERED: ("delivered", {}),
    Kind.HARD: ("failed", {"severity": "permanent", "reason": "bounce"}),
    Kind.SOFT: ("failed", {"severity": "temporary", "reason": "generic"}),
    Kind.POLICY: ("failed", {"severity": "permanent", "reason": "generic"}),
    Kind.COMPLAINED: ("complained", {}),
    Kind.UNSUBSCRIBED: ("unsubscribed", {}),
}


class Mailgun:
    """`Dialect` of Mailgun."""

    name = "mailgun"
    keys: Keys | None = None
    failures: Mapping[bool, Failure] = {}
    specs: tuple[Spec, ...] = (Spec(file="mailgun/openapi.yaml", server="https://api.mailgun.net"),)

    def sends(self, request: Request) -> bool:
        """Say whether it is POST /v3/{domain}/messages."""
        return request.method == "POST" and bool(_SEND.fullmatch(request.path))

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per `to`, with what `recipient-variables` says of it."""
        _authorised(request)
        match = _SEND.fullmatch(request.path)
        form = fields(request)
        single = dict(form)
        readers = [value for name, value in form if name == "to"]
        check_size(len(readers), MOST, "recipients")
        variables = _variables(single.get("recipient-variables", ""), readers)
        id_ = f"<{number}@{match[1] if match else ''}>"
        tags = [value for name, value in form if name == "o:tag"]
        read = _thoroughly if thorough else _cheaply
        copies = read(form, readers, variables, message_id=id_)
        if thorough:
            _check(single, tags)
            check_copies(copies)
        return Submission(copies=copies, id=id_, tag=tags[0] if tags else "")

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:  # noqa: ARG002
        """Mailgun queues, and gives the whole call one id."""
        return as_json(HTTPStatus.OK, {"id": submission.id, "message": "Queued. Thank you."})

    def refused(self, refused: Refused) -> Answer:
        """«Forbidden» in plain text where the key is wrong, else a message in JSON."""
        if refused.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return Answer(status=refused.status, headers=(("Content-Type", "text/plain"),), body=b"Forbidden")
        return as_json(refused.status, {"message": refused.message})

    def listed(self, request: Request, records: Records) -> Answer:
        """A page of the domain's events, and the addresses of the pages around it."""
        _authorised(request)
        match = _EVENTS.fullmatch(request.path)
        if not match or request.method != "GET":
            raise Refused("404 page not found", status=HTTPStatus.NOT_FOUND)
        asked = _page(match[2]) if match[2] else request.asked() | {"from": "0"}
        size = _number(asked.get("limit", "100"), "limit")
        check_size(size, LONGEST_PAGE, "events (limit)")
        start = max(0, _number(asked.get("from", ""), "from"))
        items = list(islice(_found(asked, records), start, start + size))
        url = f"{request.base}/v3/{match[1]}/events/"
        around = {"first": 0, "previous": max(0, start - size), "next": start + len(items), "last": start}
        paging = {name: url + _token(asked | {"from": str(place)}) for name, place in around.items()}
        return as_json(HTTPStatus.OK, {"items": items, "paging": paging})

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each; its signature is added where it is posted."""
        return [{"event-data": _event(each)} for each in happenings]


def _authorised(request: Request) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        user, _, key = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        user = key = ""
    if scheme.lower() != "basic" or user != "api" or not key:
        raise Refused("Forbidden", status=HTTPStatus.UNAUTHORIZED)


def _variables(given: str, readers: Sequence[str]) -> Mapping[str, Any]:
    """What is said of each address; Refused where readers would see each other."""
    if not given:
        if len(readers) > 1:
            raise Refused("several recipients without recipient-variables: each would see the addresses of all")
        return {}
    try:
        found = mapping(json.loads(given), "recipient-variables")
    except ValueError as error:
        raise Refused(f"recipient-variables is no JSON ({error})") from error
    return found


def _cheaply(
    form: Sequence[tuple[str, str]], readers: Sequence[str], variables: Mapping[str, Any], *, message_id: str
) -> tuple[Copy, ...]:
    """Whose copies these are, with the sender's number alone."""
    number = template(delivery_of(_data(form)), _VARIABLE)
    nothing: Mapping[str, str] = {}
    return tuple(
        Copy(address=each, delivery=number.filled(variables.get(each, nothing), whose=each), message_id=message_id)
        for each in readers
    )


def _thoroughly(
    form: Sequence[tuple[str, str]], readers: Sequence[str], variables: Mapping[str, Any], *, message_id: str
) -> tuple[Copy, ...]:
    """Every copy as its reader would get it."""
    names = ("subject", "text", "html")
    texts = {name: template(value, _VARIABLE) for name, value in form if name in names or name[:2] in {"h:", "v:"}}
    copies = []
    for written in readers:
        reader = address(written)
        mine = mapping(variables.get(reader, {}), f"recipient-variables of {reader}")
        full = {name: text.filled(mine, whose=reader) for name, text in texts.items()}
        headers = {name[2:]: value for name, value in full.items() if name.startswith("h:")}
        data = {name[2:]: value for name, value in full.items() if name.startswith("v:")}
        check_headers(headers)
        copies.append(
            Copy(
                address=reader,
                delivery=delivery_of(data),
                message_id=message_id,
                subject=full.get("subject", ""),
                list_unsubscribe=header(headers, "List-Unsubscribe"),
                data=data,
            )
        )
    return tuple(copies)


def _data(form: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    return {name[2:]: value for name, value in form if name.startswith("v:")}


def _check(single: Mapping[str, str], tags: Sequence[str]) -> None:
    for name in ("from", "subject"):
        if not single.get(name):
            raise Refused(f"{name} parameter is missing")
    if not single.get("text") and not single.get("html"):
        raise Refused("Need at least one of 'text' or 'html' parameters specified")
    address(single["from"])
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG or not tag.isascii() for tag in tags):
        raise Refused(f"at most {MOST_TAGS} tags of {LONGEST_TAG} ASCII characters are taken")


def _found(asked: Mapping[str, str], records: Records) -> list[Mapping[str, Any]]:
    """The events asked for, in the order asked for: from `begin` on, or back from it, as the page says."""
    begin = _instant(asked["begin"]) if "begin" in asked else None
    end = _instant(asked["end"]) if "end" in asked else None
    is_ascending = asked.get("ascending", "yes" if begin and end and begin < end else "no") in {"yes", "true"}
    first, last = (begin, end) if is_ascending else (end, begin)
    kinds = {kind.strip() for kind in asked.get("event", "").split(" OR ")} - {""}
    found = [
        _event(each)
        for each in records.happenings(asked.get("tags"))
        if (first is None or first <= each.at)
        and (last is None or each.at <= last)
        and (not kinds or _EVENTS_OF[each.kind][0] in kinds)
        and asked.get("recipient", each.copy.address) == each.copy.address
        and asked.get("message-id", each.call.id.strip("<>")) == each.call.id.strip("<>")
    ]
    return sorted(found, key=lambda event: event["timestamp"], reverse=not is_ascending)


def _event(happening: Happening) -> Mapping[str, Any]:
    name, more = _EVENTS_OF[happening.kind]
    reader = happening.copy.address
    said = {
        "delivery-status": {
            "code": int(happening.code[0]) * 100 + 50,
            "enhanced-code": happening.code,
            "message": happening.said,
            "description": "",
        }
    }
    return {
        "id": happening.id,
        "event": name,
        "timestamp": happening.at.timestamp(),
        "recipient": reader,
        "recipient-domain": reader.rpartition("@")[2],
        "tags": [happening.call.tag] if happening.call.tag else [],
        "user-variables": happening.copy.data or {"delivery": happening.copy.delivery},
        "message": {
            "headers": {
                "to": reader,
                "message-id": happening.call.id.strip("<>"),
                "subject": happening.copy.subject,
            },
            "size": 0,
        },
        **(said if happening.said else {}),
        **more,
    }


def _instant(given: str) -> datetime:
    """Seconds since the epoch, or a date of RFC 2822."""
    try:
        return datetime.fromtimestamp(float(given), UTC)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(given).astimezone(UTC)
    except ValueError as error:
        raise Refused(f"{given!r} is no instant") from error


def _number(given: str, what: str) -> int:
    try:
        return int(given)
    except ValueError as error:
        raise Refused(f"{what} is no number: {given!r}") from error


def _token(asked: Mapping[str, str]) -> str:
    return base64.urlsafe_b64encode(urlencode(asked).encode()).decode().rstrip("=")


def _page(token: str) -> dict[str, str]:
    try:
        written = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError as error:
        raise Refused("there is no such page", status=HTTPStatus.NOT_FOUND) from error
    return Request(method="GET", path="", query=written).asked()

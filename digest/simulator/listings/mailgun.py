"""Mailgun's events: pages of them, and each in its words.

Source: documentation.mailgun.com, «Events», «Event structure», «Tracking webhooks».
"""

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from digest.simulator.checks import check_size
from digest.simulator.dialect import Records
from digest.simulator.exchange import (
    Answer,
    Happening,
    Kind,
    Refused,
    Request,
    as_json,
)

LONGEST_PAGE = 300

_EVENTS = re.compile(r"/v3/([^/]+)/events(?:/([^/]+))?")
_EVENTS_OF: Mapping[Kind, tuple[str, Mapping[str, str]]] = {
    Kind.ACCEPTED: ("accepted", {}),
    Kind.DELIVERED: ("delivered", {}),
    Kind.HARD: ("failed", {"severity": "permanent", "reason": "bounce"}),
    Kind.SOFT: ("failed", {"severity": "temporary", "reason": "generic"}),
    Kind.POLICY: ("failed", {"severity": "permanent", "reason": "generic"}),
    Kind.COMPLAINED: ("complained", {}),
    Kind.UNSUBSCRIBED: ("unsubscribed", {}),
}


def listed(request: Request, records: Records) -> Answer:
    """A page of the domain's events, and the addresses of the pages around it."""
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


def _found(asked: Mapping[str, str], records: Records) -> list[Mapping[str, Any]]:
    """The events asked for, in the order asked for: from `begin` on, or back from it, as the page says."""
    begin = _instant(asked["begin"]) if "begin" in asked else None
    end = _instant(asked["end"]) if "end" in asked else None
    is_ascending = asked.get("ascending", "yes" if begin and end and begin < end else "no") in {"yes", "true"}
    first, last = (begin, end) if is_ascending else (end, begin)
    kinds = {kind.strip() for kind in asked.get("event", "").split(" OR ")} - {""}
    found = [
        event(each)
        for each in records.happenings(asked.get("tags"))
        if (first is None or first <= each.at)
        and (last is None or each.at <= last)
        and (not kinds or _EVENTS_OF[each.kind][0] in kinds)
        and asked.get("recipient", each.copy.address) == each.copy.address
        and asked.get("message-id", each.call.id.strip("<>")) == each.call.id.strip("<>")
    ]
    return sorted(found, key=lambda event: event["timestamp"], reverse=not is_ascending)


def event(happening: Happening) -> Mapping[str, Any]:
    """One event, the same in a list and in a webhook."""
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
        "tags": list(happening.call.tags),
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

"""Brevo's events: a list of them, and each as a webhook tells it.

Source: developers.brevo.com, «Get all your transactional email activity», «Transactional webhooks».
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from http import HTTPStatus
from itertools import islice

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

LONGEST_PAGE = 5000
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


def listed(request: Request, records: Records) -> Answer:
    """A page of events, the newest first if not asked otherwise; `{}` when there are none."""
    if request.method != "GET" or request.path != "/v3/smtp/statistics/events":
        raise Refused("there is no such resource", status=HTTPStatus.NOT_FOUND)
    asked = request.asked()
    limit, offset = _number(asked, "limit", 2500), _number(asked, "offset", 0)
    check_size(limit, LONGEST_PAGE, "events (limit)")
    found = sorted(_found(asked, records), key=lambda each: each.at, reverse=asked.get("sort", "desc") == "desc")
    page = [_listed(each) for each in islice(found, offset, offset + limit)]
    return as_json(HTTPStatus.OK, {"events": page} if page else {})


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


def webhook(happening: Happening) -> Mapping[str, object]:
    """One event as it is posted, under its other name."""
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
        "tags": list(happening.call.tags),
        "tag": json.dumps(happening.call.tags),
        **happening.copy.data,
        **({"reason": happening.said} if _group(happening) else {}),
    }

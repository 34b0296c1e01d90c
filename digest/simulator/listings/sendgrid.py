"""SendGrid's logs and messages by query, its suppression lists, and each event as a webhook tells it.

Source: twilio.com/docs/sendgrid, «Email Logs», «Email Activity», «Suppressions», «Event Webhook Reference».
"""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import groupby, islice

from digest.simulator.checks import check_size
from digest.simulator.dialect import Records
from digest.simulator.exchange import Answer, Happening, Kind, Refused, Request, as_json, mapping, of_json
from digest.simulator.query import conditions

LONGEST_PAGE = 1000
LONGEST_SUPPRESSIONS = 500

_EVENTS: Mapping[Kind, str] = {
    Kind.ACCEPTED: "processed",
    Kind.DELIVERED: "delivered",
    Kind.HARD: "bounce",
    Kind.SOFT: "bounce",
    Kind.POLICY: "bounce",
    Kind.COMPLAINED: "spamreport",
    Kind.UNSUBSCRIBED: "unsubscribe",
}
_STATES: Mapping[Kind, str] = {
    Kind.ACCEPTED: "processed",
    Kind.DELIVERED: "delivered",
    Kind.HARD: "bounced",
    Kind.SOFT: "blocked",
    Kind.POLICY: "blocked",
    Kind.COMPLAINED: "delivered",
    Kind.UNSUBSCRIBED: "delivered",
}
"""What the logs call a message by the last thing that became of it."""

_SUPPRESSED: Mapping[str, frozenset[Kind]] = {
    "bounces": frozenset({Kind.HARD}),
    "blocks": frozenset({Kind.SOFT, Kind.POLICY}),
    "invalid_emails": frozenset(),
    "spam_reports": frozenset({Kind.COMPLAINED}),
    "unsubscribes": frozenset({Kind.UNSUBSCRIBED}),
}
"""What puts an address on each of the lists."""


def listed(request: Request, records: Records) -> Answer:
    """Messages that fit a query (logs and activity), one with its events, or a suppression list."""
    if (request.method, request.path) == ("POST", "/v3/logs"):
        asked = mapping(of_json(request), "the body")
        return _page(str(asked.get("query", "")), asked.get("limit", 10), records, at="sg_message_id_created_at")
    if (request.method, request.path) == ("GET", "/v3/messages"):
        given = request.asked()
        limit = int(given["limit"]) if given.get("limit", "").isdecimal() else given.get("limit", 10)
        return _page(given.get("query", ""), limit, records, at="last_event_time")
    for prefix in ("/v3/logs/", "/v3/messages/"):
        if request.method == "GET" and request.path.startswith(prefix):
            return _one(request.path.removeprefix(prefix), records)
    where = request.path.removeprefix("/v3/suppression/")
    if request.method == "GET" and request.path.startswith("/v3/suppression/") and where in _SUPPRESSED:
        return _suppressed(request.asked(), _SUPPRESSED[where], records)
    raise Refused("not found", status=HTTPStatus.NOT_FOUND)


def _suppressed(asked: Mapping[str, str], kinds: frozenset[Kind], records: Records) -> Answer:
    """A page of addresses, each with the time and the reason."""
    limit, offset, first, last = (
        int(asked[name]) if asked.get(name, "").isdecimal() else otherwise
        for name, otherwise in (
            ("limit", LONGEST_SUPPRESSIONS),
            ("offset", 0),
            ("start_time", 0),
            ("end_time", 1 << 62),
        )
    )
    check_size(limit, LONGEST_SUPPRESSIONS, "entries (limit)")
    found = (each for each in records.happenings() if each.kind in kinds and first <= each.at.timestamp() <= last)
    page = [
        {"created": int(each.at.timestamp()), "email": each.copy.address}
        | ({"reason": f"550 {each.said}", "status": each.code} if each.said else {})
        for each in islice(found, offset, offset + limit)
    ]
    return as_json(HTTPStatus.OK, page)


def _page(query: str, limit: object, records: Records, *, at: str) -> Answer:
    if not isinstance(limit, int) or not 0 < limit <= LONGEST_PAGE:
        raise Refused(f"limit is from 1 to {LONGEST_PAGE}", kind="limit")
    wanted = conditions(query)
    messages = (_message(events, at=at) for events in _by_copy(records))
    found = (each for each in messages if wanted(each))
    page = [{name: value for name, value in each.items() if name != "categories"} for each in islice(found, limit)]
    return as_json(HTTPStatus.OK, {"messages": page})


def _by_copy(records: Records) -> Iterator[list[Happening]]:
    for _, events in groupby(records.happenings(), key=lambda each: each.copy.message_id):
        yield list(events)


def _message(events: Sequence[Happening], *, at: str) -> dict[str, object]:
    last = events[-1]
    return {
        "from_email": "",
        "sg_message_id": last.copy.message_id,
        "msg_id": last.copy.message_id,
        "subject": last.copy.subject,
        "to_email": last.copy.address,
        "reason": last.said,
        "status": _STATES[last.kind],
        "categories": list(last.call.tags),
        at: (last.call.at if at.startswith("sg_") else last.at).isoformat().replace("+00:00", "Z"),
    }


def _one(id_: str, records: Records) -> Answer:
    for events in _by_copy(records):
        if events[0].copy.message_id == id_:
            listed = [event(each) | {"custom_args": data(each)} for each in events]
            return as_json(HTTPStatus.OK, _message(events, at="sg_message_id_created_at") | {"events": listed})
    raise Refused("message not found", status=HTTPStatus.NOT_FOUND)


def data(happening: Happening) -> dict[str, str]:
    """What the sender hung on the copy."""
    return dict(happening.copy.data) or {"delivery": happening.copy.delivery}


def event(happening: Happening) -> dict[str, object]:
    """One event as it is posted, without what the sender hung on the copy."""
    bounced = {Kind.HARD: "bounce", Kind.SOFT: "blocked", Kind.POLICY: "blocked"}.get(happening.kind)
    return {
        "event": _EVENTS[happening.kind],
        "email": happening.copy.address,
        "timestamp": int(happening.at.timestamp()),
        "smtp-id": f"<{happening.call.id}@simulator.invalid>",
        "category": list(happening.call.tags),
        "sg_event_id": happening.id,
        "sg_message_id": happening.copy.message_id,
        **({"type": bounced, "reason": f"550 {happening.said}", "status": happening.code} if bounced else {}),
        **({"response": f"250 {happening.said}"} if happening.kind is Kind.DELIVERED else {}),
    }

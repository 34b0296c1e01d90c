"""Resend's mails: one by its id, or a page of them; and each event as a webhook tells it.

Source: resend.com/docs, «Retrieve email», «List emails» (newest first, `after` is the id of the last one seen),
«Webhooks».
"""

import re
from collections.abc import Mapping
from http import HTTPStatus

from digest.simulator.checks import check_size
from digest.simulator.dialect import Records
from digest.simulator.exchange import Answer, Happening, Kind, Refused, Request, as_json

LONGEST_PAGE = 100

TYPES: Mapping[Kind, str] = {
    Kind.ACCEPTED: "email.sent",
    Kind.DELIVERED: "email.delivered",
    Kind.HARD: "email.bounced",
    Kind.SOFT: "email.bounced",
    Kind.POLICY: "email.bounced",
    Kind.COMPLAINED: "email.complained",
}
"""There is none for a reader who unsubscribes: transactional mail has no list of Resend's."""

_BOUNCES: Mapping[Kind, tuple[str, str]] = {
    Kind.HARD: ("Permanent", "General"),
    Kind.SOFT: ("Transient", "MailboxFull"),
    Kind.POLICY: ("Transient", "ContentRejected"),
}


def listed(request: Request, records: Records) -> Answer:
    """A page of mails, or one with its tags, each with the last thing that became of it."""
    match = re.fullmatch(r"/emails(?:/([^/]+))?", request.path)
    if request.method != "GET" or not match:
        raise Refused("not found", status=HTTPStatus.NOT_FOUND)
    happened = _by_mail(records)
    if not match[1]:
        return _page(request.asked(), happened)
    if match[1] not in happened:
        raise Refused("Email not found", status=HTTPStatus.NOT_FOUND)
    last = happened[match[1]]
    tags = [{"name": name, "value": value} for name, value in last.copy.data.items()]
    return as_json(HTTPStatus.OK, {"object": "email", **_mail(last), "tags": tags})


def _by_mail(records: Records) -> Mapping[str, Happening]:
    """The last thing that became of each mail, by its id, in the order in which they were taken."""
    return {each.copy.message_id: each for each in records.happenings()}


def _page(asked: Mapping[str, str], happened: Mapping[str, Happening]) -> Answer:
    limit = int(asked["limit"]) if asked.get("limit", "").isdecimal() else 20
    check_size(limit, LONGEST_PAGE, "mails (limit)")
    newest = list(happened.values())[::-1]
    names = [each.copy.message_id for each in newest]
    after = asked.get("after", "")
    if after and after not in names:
        raise Refused("the cursor is no mail's id", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    start = names.index(after) + 1 if after else 0
    page = [_mail(each) for each in newest[start : start + limit]]
    return as_json(HTTPStatus.OK, {"object": "list", "has_more": start + limit < len(newest), "data": page})


def _mail(last: Happening) -> Mapping[str, object]:
    """The list leaves the tags out; «Retrieve email» has them."""
    return {
        "id": last.copy.message_id,
        "to": [last.copy.address],
        "created_at": last.call.at.isoformat(),
        "subject": last.copy.subject,
        "last_event": TYPES.get(last.kind, "email.delivered").removeprefix("email."),
    }


def event(happening: Happening) -> Mapping[str, object]:
    """One event as it is posted."""
    kind, subtype = _BOUNCES.get(happening.kind, ("", ""))
    bounce = {
        "type": kind,
        "subType": subtype,
        "message": happening.said,
        "diagnosticCode": [f"smtp; 550 {happening.said}"],
    }
    return {
        "type": TYPES[happening.kind],
        "created_at": happening.at.isoformat(),
        "data": {
            "created_at": happening.call.at.isoformat(),
            "email_id": happening.copy.message_id,
            "to": [happening.copy.address],
            "subject": happening.copy.subject,
            "tags": happening.copy.data or {"delivery": happening.copy.delivery},
            **({"bounce": bounce} if kind else {}),
        },
    }

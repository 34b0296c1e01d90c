"""Postmark's API: batches of messages with an answer each, outbound messages, bounces.

Source: postmarkapp.com/developer, «Email API», «Messages API», «Bounce API», «Webhooks», «API error codes».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.checks import address, check_copies, check_headers, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of
from digest.simulator.exchange import (
    Answer,
    Copy,
    Failure,
    Happening,
    Kind,
    Letter,
    Refused,
    Request,
    Submission,
    as_json,
    mapping,
    of_json,
    sequence,
    text,
)
from digest.simulator.listings.postmark import listed, stamp, webhook

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
        return Submission(
            copies=copies,
            id=copies[0].message_id,
            tags=tuple({str(each["Tag"]): None for each in given if each.get("Tag")}),
        )

    def letters(self, request: Request) -> Iterator[Letter]:
        """Each message has its own."""
        for message in (mapping(each, "a message") for each in sequence(of_json(request), "the body")):
            yield Letter(html=str(message.get("HtmlBody", "")), text=str(message.get("TextBody", "")))

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:
        """An answer per message, in their order."""
        return as_json(
            HTTPStatus.OK,
            [
                {"ErrorCode": int(failed[place].code), "Message": failed[place].message}
                if place in failed
                else {
                    "To": each.address,
                    "SubmittedAt": stamp(at),
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
        return listed(request, records)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each, where Postmark has one: it tells nothing of what it has only taken."""
        return [webhook(each) for each in happenings if each.kind is not Kind.ACCEPTED]


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

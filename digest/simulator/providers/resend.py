"""Resend's API: batches of whole mails under an idempotency key, and single mails.

Source: resend.com/docs, «Send batch emails», «Idempotency keys», «Errors», «Retrieve email», «List emails», «Webhooks».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of, tags_of
from digest.simulator.exchange import (
    Accepted,
    Answer,
    Copy,
    Failure,
    Happening,
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
from digest.simulator.listings.resend import TYPES, event, listed

MOST = 100
LONGEST_KEY = 256

_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
_NAMES: Mapping[int, str] = {
    400: "validation_error",
    401: "missing_api_key",
    403: "invalid_api_key",
    404: "not_found",
    405: "method_not_allowed",
    409: "invalid_idempotent_request",
    422: "validation_error",
    429: "rate_limit_exceeded",
    500: "application_error",
}
"""Resend's own name for a status, where a script names a status alone."""


class ResendKeys:
    """Remembered for a day; the same key with another body, or while its call is in hand, is a conflict."""

    lives = timedelta(hours=24)

    def replayed(self, first: Accepted | None, *, is_same: bool) -> Answer:
        """The first answer again, or 409."""
        if first is None:
            return _error(409, "concurrent_idempotent_requests", "Another request with the same key is in progress.")
        if not is_same:
            return _error(409, "invalid_idempotent_request", "The key was used with a different request payload.")
        return _taken(first.copies)


class Resend:
    """`Dialect` of Resend."""

    name = "resend"
    keys: Keys | None = ResendKeys()
    failures: Mapping[bool, Failure] = {}
    specs: tuple[Spec, ...] = (Spec(file="resend/resend.json", server="https://api.resend.com"),)

    def sends(self, request: Request) -> bool:
        """Say whether it is POST /emails/batch."""
        return request.method == "POST" and request.path == "/emails/batch"

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per mail."""
        _authorised(request)
        key = request.headers.get("idempotency-key", "")
        if "idempotency-key" in request.headers and not 0 < len(key) <= LONGEST_KEY:
            raise Refused(f"The key must be between 1 and {LONGEST_KEY} characters.", kind="invalid_idempotency_key")
        try:
            mails = [mapping(each, "a mail") for each in sequence(of_json(request), "the body")]
            check_size(len(mails), MOST, "mails")
            copies = tuple(
                _copy(mail, id_=str(uuid5(NAMESPACE_URL, f"{number}/{place}")), thorough=thorough)
                for place, mail in enumerate(mails)
            )
            if thorough:
                check_copies(copies)
        except Refused as error:
            raise Refused(error.message, status=_UNPROCESSABLE) from error
        return Submission(copies=copies, id=copies[0].message_id, tags=tags_of(_tags(mails[0])), key=key)

    def letters(self, request: Request) -> Iterator[Letter]:
        """Each mail has its own."""
        for mail in (mapping(each, "a mail") for each in sequence(of_json(request), "the body")):
            yield Letter(html=str(mail.get("html", "")), text=str(mail.get("text", "")))

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:  # noqa: ARG002
        """An id per mail."""
        return _taken(submission.copies)

    def refused(self, refused: Refused) -> Answer:
        """A status, a name and a sentence."""
        name = refused.kind or _NAMES.get(refused.status, "application_error")
        return _error(refused.status, name, refused.message)

    def listed(self, request: Request, records: Records) -> Answer:
        """A mail by its id, or a page of them, each with the last thing that became of it."""
        _authorised(request)
        return listed(request, records)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each."""
        return [event(each) for each in happenings if each.kind in TYPES]


def _authorised(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise Refused("Missing API key in the authorization header", status=HTTPStatus.UNAUTHORIZED)


def _copy(mail: Mapping[str, object], *, id_: str, thorough: bool) -> Copy:
    given = mail.get("to")
    readers = given if isinstance(given, list) else [given]
    if len(readers) != 1 or mail.get("cc") or mail.get("bcc"):
        raise Refused("a mail is for one reader here: he would see the others")
    reader = address(text(readers[0], "to"))
    tags = _tags(mail)
    if not thorough:
        return Copy(address=reader, delivery=delivery_of(tags), message_id=id_)
    _check(mail, tags)
    headers = {name: text(value, name) for name, value in mapping(mail.get("headers", {}), "headers").items()}
    check_headers(headers)
    return Copy(
        address=reader,
        delivery=delivery_of(tags),
        message_id=id_,
        subject=text(mail.get("subject"), "subject"),
        list_unsubscribe=header(headers, "List-Unsubscribe"),
        data=tags,
    )


def _check(mail: Mapping[str, object], tags: Mapping[str, str]) -> None:
    address(text(mail.get("from"), "from"))
    if not mail.get("html") and not mail.get("text"):
        raise Refused("Missing `html` or `text` field.")
    if mail.get("attachments") or mail.get("scheduled_at"):
        raise Refused("a batch takes no attachments and no scheduled_at")
    for each in (*tags, *tags.values()):
        if not _TAG.fullmatch(each):
            raise Refused(f"tags are ASCII letters, numbers, underscores, or dashes: {each!r}")


def _tags(mail: Mapping[str, object]) -> dict[str, str]:
    tags = [mapping(each, "a tag") for each in sequence(mail.get("tags", []), "tags")]
    return {text(tag.get("name"), "a tag's name"): text(tag.get("value"), "a tag's value") for tag in tags}


def _taken(copies: Sequence[Copy]) -> Answer:
    return as_json(HTTPStatus.OK, {"data": [{"id": each.message_id} for each in copies]})


def _error(status: int, name: str, message: str) -> Answer:
    return as_json(status, {"statusCode": status, "name": name, "message": message})

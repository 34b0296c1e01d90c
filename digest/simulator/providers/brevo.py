"""Brevo's API: versions of one message under an idempotency key, and the events of transactional mail.

Source: developers.brevo.com, «Send a transactional email», «Batch send transactional emails», «Idempotency for batch
emails» (30 minutes), «Get all your transactional email activity», «Transactional webhooks».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of
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
from digest.simulator.listings.brevo import listed, webhook
from digest.simulator.template import template

MOST = 1000
LARGEST_PARAMS = 100_000

_OWN_HEADERS = frozenset({"idempotencykey", "sender.ip"})
"""What stands among the headers and is for Brevo itself."""

_VARIABLE = re.compile(r"\{\{\s*params\.([\w.]+)\s*\}\}")
_OTHER_SYNTAX = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{(?!\s*params\.[\w.]+\s*\}\}).*?\}\}")
"""What Brevo's template language («New template language») takes for a tag, a comment, or another variable."""

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
        return Submission(copies=copies, id=copies[0].message_id, tags=tuple(tags), key=key)

    def letters(self, request: Request) -> Iterator[Letter]:
        """The content with each version's params in it."""
        message = mapping(of_json(request), "the body")
        for version in sequence(message.get("messageVersions", [{}]), "versions"):
            filled = _filled(message | mapping(version, "a version"))
            yield Letter(html=filled["htmlContent"], text=filled["textContent"])

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
        return listed(request, records)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each."""
        return [webhook(each) for each in happenings]


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
    params = _params(message)
    custom = header(headers, "X-Mailin-custom")
    delivery = _delivery(custom) or delivery_of({name: str(value) for name, value in params.items()})
    if not thorough:
        return Copy(address=reader, delivery=delivery, message_id=id_)
    sent = {name: value for name, value in headers.items() if name.casefold() not in _OWN_HEADERS}
    check_headers(sent, ascii_only=True)
    if len(str(params)) > LARGEST_PARAMS:
        raise Refused("the params of a version are larger than 100 KB")
    filled = _filled(message)
    return Copy(
        address=reader,
        delivery=delivery,
        message_id=id_,
        subject=filled["subject"],
        list_unsubscribe=header(sent, "List-Unsubscribe"),
        data={"X-Mailin-custom": custom} if custom else {},
    )


def _params(message: Mapping[str, object]) -> Mapping[str, object]:
    return mapping(message.get("params", {}), "params")


def _filled(message: Mapping[str, object]) -> Mapping[str, str]:
    """Variables become what they stand for; tags, comments and what else is in double braces is gone."""
    params = _params(message)
    return {
        name: template(_OTHER_SYNTAX.sub("", text(message.get(name, ""), name)), _VARIABLE).filled(
            params, whose="a version"
        )
        for name in ("subject", "htmlContent", "textContent")
    }


def _delivery(custom: str) -> str:
    """The delivery in X-Mailin-custom, which is anybody's text: «delivery:12|…», JSON, or the number at its end."""
    match = re.search(r"delivery\W+(\w+)", custom) or re.search(r"(?:^|[/:| ])(\d+)$", custom)
    return match[1] if match else ""


def _check(message: Mapping[str, object]) -> None:
    sender = mapping(message.get("sender"), "sender")
    address(text(sender.get("email"), "sender.email"))
    if not message.get("subject"):
        raise Refused("subject is missing", kind="missing_parameter")
    if not message.get("htmlContent") and not message.get("textContent"):
        raise Refused("htmlContent or textContent is missing", kind="missing_parameter")

"""SendGrid's API: one mail with personalizations, its logs and messages by query, its events in arrays.

Source: docs.sendgrid.com (twilio.com/docs/sendgrid), «Mail Send», «Substitution Tags» (subject, body and custom
arguments; not headers), «Email Logs», «Email Activity», «Event Webhook Reference».
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of
from digest.simulator.exchange import (
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
from digest.simulator.listings.sendgrid import data, event, listed

MOST = 1000
MOST_CATEGORIES = 10
LONGEST_CATEGORY = 255
LARGEST_SUBSTITUTIONS = 10_000
LARGEST_CUSTOM_ARGS = 10_000

_MAY_NOT = frozenset(
    "x-sg-id x-sg-eid received dkim-signature content-type content-transfer-encoding to from subject reply-to cc "
    "bcc".split()
)


class Sendgrid:
    """`Dialect` of SendGrid."""

    name = "sendgrid"
    keys: Keys | None = None
    failures: Mapping[bool, Failure] = {}
    specs: tuple[Spec, ...] = (
        Spec(file="sendgrid/tsg_mail_v3.json", server="https://api.sendgrid.com"),
        Spec(file="sendgrid/tsg_logs_v3.json", server="https://api.sendgrid.com"),
        Spec(file="sendgrid/tsg_email_activity_v3.json", server="https://api.sendgrid.com"),
        Spec(file="sendgrid/tsg_suppressions_v3.json", server="https://api.sendgrid.com"),
    )

    def sends(self, request: Request) -> bool:
        """Say whether it is POST /v3/mail/send."""
        return request.method == "POST" and request.path == "/v3/mail/send"

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per personalization, over the mail's own fields."""
        _authorised(request)
        mail = mapping(of_json(request), "the body")
        given = [
            mapping(each, "a personalization") for each in sequence(mail.get("personalizations"), "personalizations")
        ]
        check_size(len(given), MOST, "personalizations")
        id_ = number.replace(".", "-")
        copies = tuple(
            _copy(mail, each, id_=f"{id_}.recvd-{place}", thorough=thorough) for place, each in enumerate(given)
        )
        categories = [text(each, "a category") for each in sequence(mail.get("categories", []), "categories")]
        if thorough:
            _check(mail, categories)
            check_copies(copies)
        return Submission(copies=copies, id=id_, tags=tuple(categories))

    def letters(self, request: Request) -> Iterator[Letter]:
        """The content with each personalization's substitutions in it."""
        mail = mapping(of_json(request), "the body")
        content = [mapping(each, "content") for each in sequence(mail.get("content"), "content")]
        parts = {str(each.get("type")): text(each.get("value"), "value") for each in content}
        for mine in sequence(mail.get("personalizations"), "personalizations"):
            own = _texts(mapping(mine, "a personalization"), "substitutions")
            html, body = (_substituted(parts.get(kind, ""), own) for kind in ("text/html", "text/plain"))
            yield Letter(html=html, text=body)

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:  # noqa: ARG002
        """202, no body, and the id in a header."""
        return Answer(status=HTTPStatus.ACCEPTED, headers=(("X-Message-Id", submission.id),))

    def refused(self, refused: Refused) -> Answer:
        """A list of one error."""
        error = {"message": refused.message, "field": refused.kind or None, "help": None}
        return as_json(refused.status, {"errors": [error]})

    def listed(self, request: Request, records: Records) -> Answer:
        """Messages that fit a query (logs and activity), one with its events, or a suppression list."""
        _authorised(request)
        return listed(request, records)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """One array of them all."""
        return [[event(each) | data(each) for each in happenings]] if happenings else []


def _authorised(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        message = "The provided authorization grant is invalid, expired, or revoked"
        raise Refused(message, status=HTTPStatus.UNAUTHORIZED)


def _copy(mail: Mapping[str, object], mine: Mapping[str, object], *, id_: str, thorough: bool) -> Copy:
    readers = sequence(mine.get("to"), "to")
    if len(readers) != 1 or mine.get("cc") or mine.get("bcc"):
        raise Refused("a personalization is for one reader here: he would see the others", kind="personalizations.to")
    reader = address(text(mapping(readers[0], "to").get("email"), "email"))
    substitutions = _texts(mine, "substitutions")
    data = {
        name: _substituted(value, substitutions)
        for name, value in (_texts(mail, "custom_args") | _texts(mine, "custom_args")).items()
    }
    if not thorough:
        return Copy(address=reader, delivery=delivery_of(data), message_id=id_)
    if len(str(substitutions)) > LARGEST_SUBSTITUTIONS or len(str(data)) > LARGEST_CUSTOM_ARGS:
        raise Refused("the substitutions or custom_args of a personalization are larger than 10,000 bytes")
    headers = _texts(mail, "headers") | _texts(mine, "headers")
    check_headers(headers)
    refused = sorted(name for name in headers if name.lower() in _MAY_NOT)
    if refused:
        raise Refused(f"the headers {', '.join(refused)} are not the caller's", kind="headers")
    return Copy(
        address=reader,
        delivery=delivery_of(data),
        message_id=id_,
        subject=_substituted(text(mine.get("subject", mail.get("subject")), "subject"), substitutions),
        list_unsubscribe=header(headers, "List-Unsubscribe"),
        data=data,
    )


def _texts(holder: Mapping[str, object], name: str) -> dict[str, str]:
    return {key: text(value, f"{name}.{key}") for key, value in mapping(holder.get(name, {}), name).items()}


def _substituted(written: str, substitutions: Mapping[str, str]) -> str:
    """Plain replacement, one tag after another: they are whatever the caller chose."""
    for tag, value in substitutions.items():
        written = written.replace(tag, value)
    return written


def _check(mail: Mapping[str, object], categories: Sequence[str]) -> None:
    address(text(mapping(mail.get("from"), "from").get("email"), "from.email"))
    kinds = [mapping(each, "content").get("type") for each in sequence(mail.get("content"), "content")]
    if not kinds or kinds != sorted(kinds, key=lambda kind: kind != "text/plain"):
        raise Refused("content is required, text/plain first", kind="content")
    if len(categories) > MOST_CATEGORIES or any(len(each) > LONGEST_CATEGORY for each in categories):
        raise Refused(f"at most {MOST_CATEGORIES} categories of {LONGEST_CATEGORY} characters", kind="categories")
    if len(set(categories)) < len(categories):
        raise Refused("a category is there twice", kind="categories")

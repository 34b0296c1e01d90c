"""Amazon SES v2: SendBulkEmail with a template in the call, and the events that it publishes through SNS.

Source: docs.aws.amazon.com/ses, «API Reference v2: SendBulkEmail», «Contents of event data that Amazon SES publishes to
Amazon SNS»; docs.aws.amazon.com/IAM, «Signature Version 4». Signatures are checked for their form: we have no secret.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.checks import address, check_copies, check_headers, check_size, header
from digest.simulator.dialect import Keys, Records, Spec, delivery_of, tags_of
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
from digest.simulator.template import Template, template

MOST = 50

_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[\w]+/\d{8}/[a-z0-9-]+/ses/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=[0-9a-f]{64}"
)
_VARIABLE = re.compile(r"\{\{\{?\s*(\w+)\s*\}?\}\}")
_TAG = re.compile(r"[A-Za-z0-9_.@-]{1,256}")
_TYPES: Mapping[int, str] = {
    400: "BadRequestException",
    403: "AccessDeniedException",
    404: "NotFoundException",
    413: "RequestEntityTooLargeException",
    429: "TooManyRequestsException",
    500: "InternalServiceErrorException",
    503: "ServiceUnavailableException",
}
"""The exception for a status, where a script names a status alone."""

_FAILURES: Mapping[bool, Failure] = {
    True: Failure(code="INVALID_PARAMETER", message="Illegal address."),
    False: Failure(code="TRANSIENT_FAILURE", message="Amazon SES is temporarily unable to send the message."),
}
_EVENTS: Mapping[Kind, str] = {
    Kind.ACCEPTED: "Send",
    Kind.DELIVERED: "Delivery",
    Kind.HARD: "Bounce",
    Kind.SOFT: "Bounce",
    Kind.POLICY: "Bounce",
    Kind.COMPLAINED: "Complaint",
    Kind.UNSUBSCRIBED: "Subscription",
}
_BOUNCES: Mapping[Kind, tuple[str, str]] = {
    Kind.HARD: ("Permanent", "General"),
    Kind.SOFT: ("Transient", "MailboxFull"),
    Kind.POLICY: ("Transient", "ContentRejected"),
}


class Ses:
    """`Dialect` of Amazon SES v2."""

    name = "ses"
    keys: Keys | None = None
    failures: Mapping[bool, Failure] = _FAILURES
    specs: tuple[Spec, ...] = (
        Spec(file="sesv2/sesv2-openapi-apisguru.json", server="https://email.us-east-1.amazonaws.com"),
    )

    def sends(self, request: Request) -> bool:
        """Say whether it is SendBulkEmail."""
        return request.method == "POST" and request.path == "/v2/email/outbound-bulk-emails"

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """One copy per entry, over the default content."""
        _signed(request)
        call = mapping(of_json(request), "the body")
        entries = [mapping(each, "an entry") for each in sequence(call.get("BulkEmailEntries"), "BulkEmailEntries")]
        check_size(len(entries), MOST, "entries")
        content = mapping(mapping(call.get("DefaultContent"), "DefaultContent").get("Template"), "Template")
        parts = _parts(call, content) if thorough else {}
        shared = _pairs(call, "DefaultEmailTags")
        ids = [f"0102{uuid5(NAMESPACE_URL, f'{number}/{place}')}-000000" for place in range(len(entries))]
        copies = tuple(
            _rendered(entry, content, parts, tags=shared | _pairs(entry, "ReplacementTags"), id_=id_)
            if thorough
            else _counted(entry, tags=shared | _pairs(entry, "ReplacementTags"), id_=id_)
            for entry, id_ in zip(entries, ids, strict=True)
        )
        if thorough:
            check_copies(copies)
        labels = shared | _pairs(entries[0], "ReplacementTags")
        return Submission(copies=copies, id=ids[0], tags=tags_of(labels))

    def letters(self, request: Request) -> Iterator[Letter]:
        """The template with each entry's data in it."""
        call = mapping(of_json(request), "the body")
        content = mapping(mapping(call.get("DefaultContent"), "DefaultContent").get("Template"), "Template")
        parts = _parts(call, content)
        for entry in (mapping(each, "an entry") for each in sequence(call["BulkEmailEntries"], "BulkEmailEntries")):
            filled = _filled(entry, content, parts)
            yield Letter(html=filled.get("Html", ""), text=filled.get("Text", ""))

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:  # noqa: ARG002
        """A result per entry, in their order."""
        results = [
            {"Status": failed[place].code, "Error": failed[place].message}
            if place in failed
            else {"Status": "SUCCESS", "MessageId": each.message_id}
            for place, each in enumerate(submission.copies)
        ]
        return as_json(HTTPStatus.OK, {"BulkEmailEntryResults": results})

    def refused(self, refused: Refused) -> Answer:
        """An exception by its name, in a header, and a sentence."""
        kind = refused.kind or _TYPES.get(refused.status, "BadRequestException")
        return as_json(refused.status, {"message": refused.message}, ("x-amzn-ErrorType", kind))

    def listed(self, request: Request, records: Records) -> Answer:  # noqa: ARG002 - it keeps no list
        """There is none: what becomes of a mail is only published."""
        _signed(request)
        raise Refused("there is no such resource", status=HTTPStatus.NOT_FOUND)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A notification for each."""
        return [_event(each) for each in happenings]


def _signed(request: Request) -> None:
    given = request.headers.get("authorization", "")
    if not given:
        raise Refused("Missing Authentication Token", status=403, kind="MissingAuthenticationTokenException")
    match = _SIGNED.fullmatch(given)
    if not match or not {"host", "x-amz-date"} <= set(match[1].split(";")):
        raise Refused("the Authorization header is not of Signature Version 4", kind="IncompleteSignatureException")
    if not re.fullmatch(r"\d{8}T\d{6}Z", request.headers.get("x-amz-date", "")):
        raise Refused("X-Amz-Date is missing or no date", status=403, kind="InvalidSignatureException")


def _parts(call: Mapping[str, object], content: Mapping[str, object]) -> Mapping[str, Template]:
    """The template's texts."""
    address(text(call.get("FromEmailAddress"), "FromEmailAddress"))
    given = mapping(content.get("TemplateContent"), "TemplateContent (templates by name are not known here)")
    if not given.get("Subject") or not (given.get("Html") or given.get("Text")):
        raise Refused("TemplateContent needs Subject, and Html or Text")
    return {
        name: template(text(given[name], name), _VARIABLE) for name in ("Subject", "Html", "Text") if given.get(name)
    }


def _counted(entry: Mapping[str, object], *, tags: Mapping[str, str], id_: str) -> Copy:
    return Copy(address=_reader(entry), delivery=delivery_of(tags), message_id=id_)


def _rendered(
    entry: Mapping[str, object],
    content: Mapping[str, object],
    parts: Mapping[str, Template],
    *,
    tags: Mapping[str, str],
    id_: str,
) -> Copy:
    reader = _reader(entry)
    for each in (*tags, *tags.values()):
        if not _TAG.fullmatch(each):
            raise Refused(f"a tag has a character that is not allowed: {each!r}")
    filled = _filled(entry, content, parts)
    headers = _pairs(content, "Headers") | _pairs(entry, "ReplacementHeaders")
    check_headers(headers, ascii_only=True)
    return Copy(
        address=reader,
        delivery=delivery_of(tags),
        message_id=id_,
        subject=filled["Subject"],
        list_unsubscribe=header(headers, "List-Unsubscribe"),
        data=tags,
    )


def _filled(
    entry: Mapping[str, object], content: Mapping[str, object], parts: Mapping[str, Template]
) -> Mapping[str, str]:
    replacement = mapping(
        mapping(entry.get("ReplacementEmailContent", {}), "ReplacementEmailContent").get("ReplacementTemplate", {}),
        "ReplacementTemplate",
    )
    variables = _data(content, "TemplateData") | _data(replacement, "ReplacementTemplateData")
    return {name: part.filled(variables, whose=_reader(entry)) for name, part in parts.items()}


def _reader(entry: Mapping[str, object]) -> str:
    destination = mapping(entry.get("Destination"), "Destination")
    readers = sequence(destination.get("ToAddresses"), "ToAddresses")
    if len(readers) != 1 or destination.get("CcAddresses") or destination.get("BccAddresses"):
        raise Refused("an entry is for one reader here: he would see the others")
    return address(text(readers[0], "ToAddresses"))


def _pairs(holder: Mapping[str, object], name: str) -> dict[str, str]:
    given = [mapping(each, name) for each in sequence(holder.get(name, []), name)]
    return {text(each.get("Name"), f"{name}.Name"): text(each.get("Value"), f"{name}.Value") for each in given}


def _data(holder: Mapping[str, object], name: str) -> dict[str, object]:
    try:
        return dict(mapping(json.loads(text(holder.get(name, "{}"), name)), name))
    except ValueError as error:
        raise Refused(f"{name} is no JSON ({error})") from error


def _event(happening: Happening) -> Mapping[str, object]:
    """The message within the notification."""
    name = _EVENTS[happening.kind]
    at = happening.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    tags = happening.copy.data or {"delivery": happening.copy.delivery, "batch": happening.call.tag}
    mail = {
        "timestamp": happening.call.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "messageId": happening.copy.message_id,
        "destination": [happening.copy.address],
        "commonHeaders": {"to": [happening.copy.address], "subject": happening.copy.subject},
        "tags": {name: [value] for name, value in tags.items()},
    }
    return {"eventType": name, "mail": mail, name[0].lower() + name[1:]: _detail(happening, at)}


def _detail(happening: Happening, at: str) -> Mapping[str, object]:
    reader = {"emailAddress": happening.copy.address}
    match happening.kind:
        case Kind.HARD | Kind.SOFT | Kind.POLICY:
            kind, subtype = _BOUNCES[happening.kind]
            status = {"action": "failed", "status": happening.code, "diagnosticCode": f"smtp; 550 {happening.said}"}
            bounced = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": [reader | status]}
            return bounced | {"timestamp": at, "feedbackId": happening.id, "reportingMTA": "dsn; simulator.invalid"}
        case Kind.COMPLAINED:
            return {"complainedRecipients": [reader], "timestamp": at, "feedbackId": happening.id}
        case Kind.DELIVERED:
            return {"timestamp": at, "recipients": [happening.copy.address], "smtpResponse": f"250 {happening.said}"}
        case Kind.UNSUBSCRIBED:
            preferences = {"unsubscribeAll": True, "topicSubscriptionStatus": []}
            return {
                "contactList": "",
                "timestamp": at,
                "source": "UnsubscribeHeader",
                "newTopicPreferences": preferences,
                "oldTopicPreferences": preferences | {"unsubscribeAll": False},
            }
        case Kind.ACCEPTED:
            return {}

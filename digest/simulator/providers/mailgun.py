"""Mailgun's API: batch sending with recipient variables, and the events of a domain.

Source: documentation.mailgun.com, «Send an email», «Batch sending», «Events», «Tracking webhooks».
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

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
)
from digest.simulator.form import fields
from digest.simulator.listings.mailgun import event, listed
from digest.simulator.template import template

MOST = 1000
LONGEST_TAG = 128
MOST_TAGS = 10
_SEND = re.compile(r"/v3/([^/]+)/messages")
_VARIABLE = re.compile(r"%recipient\.([^%\s]+)%")


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
        return Submission(copies=copies, id=id_, tags=tuple(tags))

    def letters(self, request: Request) -> Iterator[Letter]:
        """Both parts with each recipient's variables in them."""
        form = fields(request)
        single, readers = dict(form), [address(value) for name, value in form if name == "to"]
        variables = _variables(single.get("recipient-variables", ""), readers)
        html, body = (template(single.get(name, ""), _VARIABLE) for name in ("html", "text"))
        for reader in readers:
            mine = mapping(variables.get(reader, {}), f"recipient-variables of {reader}")
            yield Letter(html=html.filled(mine, whose=reader), text=body.filled(mine, whose=reader))

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
        return listed(request, records)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """A webhook for each; its signature is added where it is posted."""
        return [{"event-data": event(each)} for each in happenings]


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

"""What goes over the wire, and what is known of it: requests, answers, copies, calls, and what becomes of a copy."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it came in: `path` is unquoted, header names are in lower case, `base` is our own address."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    base: str = ""

    def asked(self) -> dict[str, str]:
        """The parameters of the query; of a name that is repeated, the last."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, complete but for the length of its body."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


_NOTHING: Mapping[str, str] = {}
"""One for all copies: a thousand of their own are a quarter of what a call costs on the cheap path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One reader's copy as it would have gone out; `data` is what the sender hung on it, `delivery` its own number."""

    address: str
    delivery: str = ""
    message_id: str = ""
    subject: str = ""
    list_unsubscribe: str = ""
    data: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one reader would see: both parts, with everything that is his own filled in."""

    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One call whose copies were taken: a line of the log.

    `id` is the provider's for the whole call, `key` the idempotency key, `print` the hash of the body under it.
    """

    call: int
    at: datetime
    provider: str
    id: str
    tags: tuple[str, ...] = ()
    key: str = ""
    print: str = ""
    copies: tuple[Copy, ...]

    @property
    def tag(self) -> str:
        """The first of its tags: the batch's; empty when there is none."""
        return next(iter(self.tags), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a call asks for, once it was found right: a copy per entry. `id` is the provider's for the whole call."""

    copies: tuple[Copy, ...]
    id: str
    tags: tuple[str, ...] = ()
    key: str = ""


class Refused(Exception):
    """The call is refused, in the provider's own words: a status, its name for the error, and a sentence."""

    def __init__(self, message: str, *, status: int = HTTPStatus.BAD_REQUEST, kind: str = "") -> None:
        """`kind` is the provider's code or name for it; each provider has one for the statuses it knows."""
        super().__init__(message)
        self.message = message
        self.status = int(status)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one entry of an accepted call was not taken, by the provider's code and words."""

    code: str
    message: str


class Kind(StrEnum):
    """What may become of a copy."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    HARD = "bounced-hard"
    SOFT = "bounced-soft"
    POLICY = "policy"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that became of a copy: `code` is RFC 3463's, `id` the event's own."""

    id: str
    at: datetime
    kind: Kind
    code: str
    call: Accepted
    copy: Copy

    @property
    def said(self) -> str:
        """What the reader's mail server said."""
        return _SAID[self.kind]


_SAID: Mapping[Kind, str] = {
    Kind.ACCEPTED: "",
    Kind.DELIVERED: "2.0.0 OK",
    Kind.HARD: "5.1.1 The email account that you tried to reach does not exist",
    Kind.SOFT: "4.2.2 The mailbox is full",
    Kind.POLICY: "5.7.1 Message rejected under policy of the receiving network",
    Kind.COMPLAINED: "",
    Kind.UNSUBSCRIBED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One webhook as it goes out."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def as_json(status: int, said: object, *headers: tuple[str, str]) -> Answer:
    """An answer of JSON."""
    return Answer(status=int(status), headers=(("Content-Type", "application/json"), *headers), body=compact(said))


def compact(said: object) -> bytes:
    """JSON without a space too many."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def of_json(request: Request) -> object:
    """What the body says; Refused when it is no JSON."""
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise Refused(f"the body is no JSON ({error})") from error


def mapping(value: object, what: str) -> dict[str, object]:
    """A JSON object; Refused when it is none."""
    if not isinstance(value, dict):
        raise Refused(f"{what} is no object")
    return value


def sequence(value: object, what: str) -> Sequence[object]:
    """A JSON list; Refused when it is none."""
    if not isinstance(value, list):
        raise Refused(f"{what} is no list")
    return value


def text(value: object, what: str) -> str:
    """A string; Refused when it is none."""
    if not isinstance(value, str):
        raise Refused(f"{what} is no string")
    return value

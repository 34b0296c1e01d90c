"""A provider with idempotency keys and without a search, in a few lines: its adapter, and its side of the wire.

It stands for all that have keys: the same key with the same bytes is answered as it was first, with others it is
refused as known, and a key whose call is still in hand as busy; after `lives` it is forgotten.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import requests

from digest.adapters.answers import open_session, post
from digest.errors import ProviderMisused, Unproven
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Outcome, Receipt, Recipient, Trace
from digest.simulator.dialect import Keys, Records, Spec
from digest.simulator.exchange import (
    Accepted,
    Answer,
    Copy,
    Failure,
    Happening,
    Refused,
    Request,
    Submission,
    as_json,
    mapping,
    of_json,
    sequence,
    text,
)

DAY, HALF_HOUR = timedelta(days=1), timedelta(minutes=30)
PATH = "/mails"


class Keyed:
    """`ports.Provider`."""

    name = "keyed"
    batch_size = 100
    connections = 4
    per_second = 0.0
    search_after: timedelta | None = None
    is_real = True

    def __init__(self, *, base_url: str, lives: timedelta, timeout: float) -> None:
        self.replay_for = lives
        self._url = f"{base_url}{PATH}"
        self._timeout = (5.0, timeout)
        self._session = open_session(connections=8)

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> object:
        mails = [{"to": one.address, "delivery": f"{one.delivery_id}", "link": one.unsubscribe_url} for one in recipients]
        said = {"tag": tag, "at": envelope.sent_at.isoformat(), "subject": email.subject, "mails": mails}
        return (tag, json.dumps(said).encode())

    def submit(self, payload: object) -> Receipt:
        assert isinstance(payload, tuple)
        tag, body = payload
        headers = {"Idempotency-Key": tag, "Content-Type": "application/json"}
        return post(self._session, self._url, body=body, headers=headers, timeout=self._timeout, read=_receipt)

    def search(self, tag: str, *, since: datetime) -> Trace:
        return Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        raise Unproven("it makes no calls", mend="nothing")

    def pull(self, *, since: datetime) -> Iterator[Event]:
        raise ProviderMisused("it has no list", mend="nothing")


def _receipt(answer: requests.Response) -> Receipt:
    """Known is accepted; busy is not known yet."""
    said = answer.json()
    if "busy" in said:
        return Receipt(outcome=Outcome.UNCERTAIN, detail="the key's first call is still in hand")
    return Receipt(outcome=Outcome.ACCEPTED, reference=said["id"], detail="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """`dialect.Keys`."""

    lives: timedelta

    def replayed(self, first: Accepted | None, *, is_same: bool) -> Answer:
        if first is None:
            return as_json(HTTPStatus.OK, {"busy": True})
        return as_json(HTTPStatus.OK, {"id": first.id, "known": is_same})


class KeyedDialect:
    """`dialect.Dialect`."""

    name = "keyed"
    failures: Mapping[bool, Failure] = {}
    specs: tuple[Spec, ...] = ()

    def __init__(self, *, lives: timedelta) -> None:
        self.keys: Keys | None = _Keys(lives=lives)

    def sends(self, request: Request) -> bool:
        return request.method == "POST" and request.path == PATH

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        said = mapping(of_json(request), "the body")
        mails = [mapping(each, "a mail") for each in sequence(said.get("mails"), "mails")]
        copies = tuple(
            Copy(
                address=text(each.get("to"), "to"),
                delivery=text(each.get("delivery"), "delivery"),
                subject=text(said.get("subject"), "subject"),
                list_unsubscribe=text(each.get("link"), "link"),
            )
            for each in mails
        )
        key = request.headers.get("idempotency-key", "")
        return Submission(copies=copies, id=number, tag=text(said.get("tag"), "tag"), key=key)

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:
        return as_json(HTTPStatus.OK, {"id": submission.id})

    def refused(self, refused: Refused) -> Answer:
        return as_json(refused.status, {"message": refused.message})

    def listed(self, request: Request, records: Records) -> Answer:
        raise Refused("there are no lists", status=HTTPStatus.NOT_FOUND)

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        return ()

"""Postmark: up to 500 messages or 50 MB in one call, each with its own content and its own answer.

Source: postmarkapp.com/developer/api/email-api, «Send batch emails», and «API error codes». There is no idempotency
key; a lost answer is looked for among the outbound messages by its tag.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import requests

from digest.adapters.answers import get, open_session, post
from digest.errors import ProviderMisused
from digest.model.mail import Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, checked, headers, mailbox, personal

API = "https://api.postmarkapp.com"
LARGEST_CALL = 50_000_000
"""Bytes of one call, attachments and JSON included."""

BROADCAST = "broadcast"
"""The message stream for letters to many, which every Postmark server has."""

_OWN_FIELDS = frozenset({"Reply-To", "Date"})
"""Headers that Postmark takes as a field, or sets itself."""

_LATER = frozenset({100, 429})
"""Codes of a message that Postmark did not take yet: maintenance, too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmarkPayload:
    """The body of one call, and whose copy each of its messages is, in order."""

    body: bytes
    deliveries: tuple[int, ...]


class Postmark:
    """`ports.Provider` for Postmark's HTTP API."""

    name = "postmark"
    batch_size = 500
    replay_for = timedelta(0)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self, *, server_token: str, stream: str = BROADCAST, base_url: str | None = None, timeout: float = 60.0
    ) -> None:
        """`base_url` replaces the API's (for a simulator); `timeout` is the seconds between two reads."""
        self._url = (base_url or API).rstrip("/")
        self._timeout = (10.0, timeout)
        self._stream = stream
        self._session = open_session()
        self._session.headers["X-Postmark-Server-Token"] = server_token

    def payload(
        self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str
    ) -> PostmarkPayload:
        """The JSON for these readers; ProviderMisused for none, too many, too much, or a wrong address."""
        if not 0 < len(recipients) <= self.batch_size:
            raise ProviderMisused(
                f"{len(recipients)} readers in one call.", mend=f"Postmark takes from 1 to {self.batch_size}."
            )
        messages = [_message(email, envelope, reader, tag=tag, stream=self._stream) for reader in recipients]
        body = json.dumps(messages, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) > LARGEST_CALL:
            raise ProviderMisused(
                f"{len(body):,} bytes in one call.", mend=f"Postmark takes {LARGEST_CALL:,}: shorten the letter."
            )
        return PostmarkPayload(body=body, deliveries=tuple(reader.delivery_id for reader in recipients))

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt, with each copy's fate."""
        if not isinstance(payload, PostmarkPayload):
            raise ProviderMisused(f"Postmark was handed a {type(payload).__name__}.", mend="Use its own payload().")
        return post(
            self._session,
            f"{self._url}/email/batch",
            body=payload.body,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=self._timeout,
            read=partial(_receipt, payload.deliveries),
        )

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Ask the outbound messages whether any has the batch's tag (a day before `since` on: their dates are days)."""
        asked = {"count": "1", "offset": "0", "tag": tag, "fromdate": f"{since - timedelta(days=1):%Y-%m-%d}"}
        said = get(self._session, f"{self._url}/messages/outbound", params=asked, timeout=self._timeout)
        if not isinstance(said, dict) or not isinstance(said.get("TotalCount"), int):
            return Trace.UNKNOWN
        return Trace.FOUND if said["TotalCount"] else Trace.MISSING


def _message(email: Email, envelope: Envelope, reader: Recipient, *, tag: str, stream: str) -> Mapping[str, object]:
    """One reader's message, with this reader's link in both parts and in the headers."""
    mine = personal(email, reader.unsubscribe_url)
    return {
        "From": envelope.sender,
        "To": mailbox(reader.name, checked(reader)),
        **({"ReplyTo": envelope.reply_to} if envelope.reply_to else {}),
        "Subject": header_text(mine.subject, LONGEST_SUBJECT),
        "HtmlBody": mine.html,
        "TextBody": mine.text,
        "Tag": tag,
        "Metadata": {"batch": tag, "delivery": str(reader.delivery_id)},
        "MessageStream": stream,
        "TrackOpens": False,
        "TrackLinks": "None",
        "Headers": [
            {"Name": name, "Value": value}
            for name, value in headers(envelope, unsubscribe_url=reader.unsubscribe_url)
            if name not in _OWN_FIELDS
        ],
    }


def _receipt(deliveries: Sequence[int], answer: requests.Response) -> Receipt:
    """Read one answer per message, in the order of the call; ValueError or TypeError when they are not that."""
    said = answer.json()
    if not isinstance(said, list) or len(said) != len(deliveries):
        raise ValueError(f"not {len(deliveries)} answers")
    fates = tuple(_fate(number, each) for number, each in zip(deliveries, said, strict=True))
    return Receipt(outcome=Outcome.ACCEPTED, reference=fates[0].reference, fates=fates)


def _fate(delivery_id: int, said: object) -> Fate:
    if not isinstance(said, dict) or not isinstance(said.get("ErrorCode"), int):
        raise TypeError("no error code")
    code = said["ErrorCode"]
    if code == 0:
        return Fate(delivery_id=delivery_id, outcome=Outcome.ACCEPTED, reference=str(said["MessageID"]))
    outcome = Outcome.RETRYABLE if code in _LATER else Outcome.REJECTED
    return Fate(delivery_id=delivery_id, outcome=outcome, detail=f"Postmark {code}: {said.get('Message', '')}")

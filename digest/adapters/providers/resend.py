"""Resend: up to 100 messages in one call, each with its own content, under a key by which a second call is the first.

Source: resend.com/docs, «Send Batch Emails», «Idempotency Keys», «Errors», «Usage Limits» and «Webhooks»; what may
stand in a call also in its OpenAPI file. What it counts or rewrites (opens, clicks) is set for a domain, not by a call.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import orjson
import requests

from digest.adapters.answers import ask, open_session, post, shortened
from digest.adapters.events.resend import PROVIDER, of_listed, of_webhook
from digest.adapters.events.svix import require_svix
from digest.adapters.handing import own, require_size
from digest.adapters.hearing import instant, record, table, text
from digest.errors import Unreachable
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, checked, headers, mailbox, personal

API = "https://api.resend.com"

_OWN_FIELDS = frozenset({"Reply-To", "Date"})
"""Headers that Resend takes as a field, or sets itself."""

_IN_DOUBT = frozenset({"invalid_idempotent_request", "concurrent_idempotent_requests"})
"""Names of a 409 («Errors»): the key came with other bytes before, or with a call that is still under way. Either call
may have been taken, so this batch is in doubt; a replay, a webhook or a person settles it."""

_WE_ARE_REFUSED = frozenset({"daily_quota_exceeded", "invalid_from_address", "monthly_quota_exceeded"})
"""Names of a 429 that no waiting within the morning mends, and of a 422 that every other batch would meet."""

PAGE = 100
"""Messages on a page, the most Resend gives."""

TRIED_FOR = timedelta(days=5)
"""For so long a mail server may go on trying (RFC 5321, section 4.5.4.1): what is pulled is listed by when it was sent,
not by when it bounced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendPayload:
    """The body of one call, the key it goes under, and whose copy each of its messages is, in order."""

    body: bytes
    key: str
    deliveries: tuple[int, ...]


class Resend:
    """`ports.Provider` for Resend's HTTP API."""

    name = PROVIDER
    batch_size = 100
    connections = 4
    per_second = 5.0
    """Calls a second and team («Usage Limits»); older teams have two."""
    replay_for = timedelta(hours=23)
    """An hour less than Resend keeps a key: clocks differ, and a replay has to arrive, not to begin, in time."""
    search_after: timedelta | None = None
    is_real = True

    def __init__(
        self,
        *,
        api_key: str,
        webhook_secret: str = "",
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
    ) -> None:
        """`base_url` replaces the API's (for a simulator); `timeout` is the seconds between two reads.

        `webhook_secret` is the «signing secret» of the webhook: whsec_ and base64.
        """
        self.connections, self.per_second = connections, per_second
        self._webhook_secret = webhook_secret
        self._url = (base_url or API).rstrip("/")
        self._timeout = (10.0, timeout)
        self._session = open_session(connections=connections)
        self._session.headers["Authorization"] = f"Bearer {api_key}"

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: nothing is said of the bytes of a call."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> ResendPayload:
        """The JSON for these readers; ProviderMisused for none, too many, or a wrong address."""
        require_size(recipients, most=self.batch_size, provider="Resend")
        messages = [_message(email, envelope, reader, tag=tag) for reader in recipients]
        deliveries = tuple(reader.delivery_id for reader in recipients)
        return ResendPayload(body=orjson.dumps(messages), key=tag, deliveries=deliveries)

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt, with each copy's fate.

        One message that Resend does not like refuses that message alone («Batch Validation Modes»: permissive).
        """
        call = own(payload, ResendPayload, provider="Resend")
        return post(
            self._session,
            f"{self._url}/emails/batch",
            body=call.body,
            headers={
                "Content-Type": "application/json",
                "Accept": "application/json",
                "Idempotency-Key": call.key,
                "x-batch-validation": "permissive",
            },
            timeout=self._timeout,
            read=partial(_receipt, call.deliveries),
            reread=_reread,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:  # noqa: ARG002
        """Unknown: Resend lists messages, but not by their tags. Its key settles what this would."""
        return Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """Read one webhook, which Svix signs and names; the name is the same when it comes again."""
        name = require_svix(headers, body, secret=self._webhook_secret, now=now)
        return of_webhook(record(body), name=name, now=now)

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read what became last of each message («List Emails»), newest first; Resend lists them without our tags.

        What came before the last event is told by webhooks alone.
        """
        asked = {"limit": f"{PAGE}"}
        while asked:
            said = table(ask(self._session, f"{self._url}/emails", params=asked, timeout=self._timeout))
            messages = _messages(said)
            for message in messages:
                if instant(message.get("created_at"), otherwise=since) < since - TRIED_FOR:
                    return
                yield from of_listed(message, now=since)
            asked = _following(said, messages)


def _message(email: Email, envelope: Envelope, reader: Recipient, *, tag: str) -> Mapping[str, object]:
    """One reader's message, with this reader's link in both parts and in the headers."""
    mine = personal(email, reader.unsubscribe_url)
    return {
        "from": envelope.sender,
        "to": [mailbox(reader.name, checked(reader))],
        **({"reply_to": envelope.reply_to} if envelope.reply_to else {}),
        "subject": header_text(mine.subject, LONGEST_SUBJECT),
        "html": mine.html,
        "text": mine.text,
        "headers": {
            name: value
            for name, value in headers(envelope, unsubscribe_url=reader.unsubscribe_url)
            if name not in _OWN_FIELDS
        },
        "tags": [{"name": "batch", "value": tag}, {"name": "delivery", "value": str(reader.delivery_id)}],
    }


def _reread(answer: requests.Response, refused: Receipt) -> Receipt:
    """Look at Resend's name for an error, which says more than its status."""
    try:
        name = record(answer.content).get("name")
    except ValueError:
        return refused
    if name in _IN_DOUBT:
        return replace(refused, outcome=Outcome.UNCERTAIN, halts=False)
    return replace(refused, outcome=Outcome.RETRYABLE, halts=True) if name in _WE_ARE_REFUSED else refused


def _receipt(deliveries: Sequence[int], answer: requests.Response) -> Receipt:
    """Read an id for each message that was taken, in order, and an error for each other by its place in the call."""
    said = record(answer.content)
    refused = {_place(error, deliveries): table(error).get("message") for error in _listed(said.get("errors", []))}
    ids = [text(table(each).get("id")) for each in _listed(said["data"])]
    if len(refused) + len(ids) != len(deliveries) or not all(ids):
        raise ValueError(f"not {len(deliveries)} answers")
    taken = iter(ids)
    fates = tuple(
        Fate(delivery_id=number, outcome=Outcome.REJECTED, detail=shortened(f"Resend: {refused[place]}"))
        if place in refused
        else Fate(delivery_id=number, outcome=Outcome.ACCEPTED, reference=next(taken))
        for place, number in enumerate(deliveries)
    )
    detail = next((fate.detail for fate in fates if fate.detail), "")
    return Receipt(outcome=Outcome.ACCEPTED, reference=next(iter(ids), ""), detail=detail, fates=fates)


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _place(error: object, deliveries: Sequence[int]) -> int:
    place = table(error).get("index")
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(deliveries):
        raise ValueError(f"an error at {place!r}")
    return place


def _messages(said: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    messages = said.get("data")
    if not isinstance(messages, list):
        raise Unreachable("Resend's answer names no messages.", mend="Try again later; nothing was changed.")
    return [table(message) for message in messages]


def _following(said: Mapping[str, object], messages: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """What the next page is asked for with; nothing when there is none."""
    last = text(messages[-1].get("id")) if messages else ""
    return {"limit": f"{PAGE}", "after": last} if said.get("has_more") is True and last else {}

"""Postmark: up to 500 messages or 50 MB in one call, each with its own content and its own answer.

Source: postmarkapp.com/developer/api/email-api, «Send batch emails», and «API error codes». There is no idempotency
key; a lost answer is looked for among the outbound messages by its tag.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from html import escape

import orjson
import requests

from digest.adapters.answers import ask, get, of_fates, open_session, post, shortened
from digest.adapters.events.postmark import event
from digest.adapters.handing import own, require_bytes, require_size
from digest.adapters.hearing import record, require_basic, table, text
from digest.errors import Unreachable
from digest.model.feedback import Event
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, checked, headers, mailbox

API = "https://api.postmarkapp.com"
LARGEST_CALL = 50_000_000
"""Bytes of one call, attachments and JSON included."""

BYTES_BESIDES = 4_000
"""More than a message has besides its two parts: names, headers, and a link in each."""

BROADCAST = "broadcast"
"""The message stream for letters to many, which every Postmark server has."""

_PLACEHOLDER = UNSUBSCRIBE_PLACEHOLDER.encode()
"""JSON writes it as it is."""

_OWN_FIELDS = frozenset({"Reply-To", "Date"})
"""Headers that Postmark takes as a field, or sets itself."""

_LATER = frozenset({100, 429})
"""Codes of a message that Postmark did not take yet: maintenance, too many."""

_WE_ARE_REFUSED = frozenset({400, 401, 405, 412, 413})
"""Codes of a message that say nothing of its reader: the sender is unknown or not confirmed, no credits are left, the
account is pending (its own domain alone may be written to) or may not send."""

WEBHOOK_USER = "digest"
"""The user name of the basic authentication that stands in the webhook's address."""

PAGE = 500
"""Messages or bounces on a page, the most Postmark gives; it gives no more than the newest DEEPEST of them."""

DEEPEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmarkPayload:
    """The body of one call, and whose copy each of its messages is, in order."""

    body: bytes
    deliveries: tuple[int, ...]


class Postmark:
    """`ports.Provider` for Postmark's HTTP API."""

    name = "postmark"
    batch_size = 500
    connections = 2
    per_second = 0.0
    replay_for = timedelta(0)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self,
        *,
        server_token: str,
        webhook_password: str = "",
        stream: str = BROADCAST,
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
    ) -> None:
        """`base_url` replaces the API's (for a simulator); `timeout` is the seconds between two reads.

        `webhook_password` belongs to the user «digest» in the address that Postmark calls.
        """
        self.connections, self.per_second = connections, per_second
        self._webhook_password = webhook_password
        self._url = (base_url or API).rstrip("/")
        self._timeout = (10.0, timeout)
        self._stream = stream
        self._session = open_session(connections=connections)
        self._session.headers["X-Postmark-Server-Token"] = server_token

    def fits(self, email: Email) -> int:
        """As many as 50 MB hold, where every copy brings the letter along: 500 of up to some 95 kB, fewer of more."""
        return max(1, LARGEST_CALL // (len(orjson.dumps((email.html, email.text))) + BYTES_BESIDES))

    def payload(
        self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str
    ) -> PostmarkPayload:
        """The JSON for these readers; ProviderMisused for none, too many, too much, or a wrong address."""
        require_size(recipients, most=self.batch_size, provider="Postmark")
        body = _body(_messages(email, envelope, recipients, tag=tag, stream=self._stream))
        require_bytes(body, most=LARGEST_CALL, provider="Postmark")
        return PostmarkPayload(body=body, deliveries=tuple(reader.delivery_id for reader in recipients))

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt, with each copy's fate."""
        call = own(payload, PostmarkPayload, provider="Postmark")
        return post(
            self._session,
            f"{self._url}/email/batch",
            body=call.body,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=self._timeout,
            read=partial(_receipt, call.deliveries),
        )

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Ask the outbound messages for those with the batch's tag (a day before `since` on: their dates are days).

        Each says for whom it is: Postmark takes or refuses every message of a call by itself.
        """
        first = f"{since - timedelta(days=1):%Y-%m-%d}"
        asked = {"count": f"{PAGE}", "offset": "0", "tag": tag, "fromdate": first}
        said = get(self._session, f"{self._url}/messages/outbound", params=asked, timeout=self._timeout)
        return _trace(said)

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """Read one webhook («Webhooks overview»): Postmark signs nothing, its address carries a password."""
        require_basic(headers, user=WEBHOOK_USER, password=self._webhook_password)
        return (event(record(body), now=now),)

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read the bounces («Bounce API»), newest first; what was delivered is told by webhooks alone."""
        asked = {"count": f"{PAGE}", "fromdate": f"{since - timedelta(days=1):%Y-%m-%d}"}
        for offset in range(0, DEEPEST, PAGE):
            page = asked | {"offset": f"{offset}"}
            said = table(ask(self._session, f"{self._url}/bounces", params=page, timeout=self._timeout))
            bounces = said.get("Bounces")
            if not isinstance(bounces, list):
                raise Unreachable("Postmark's answer names no bounces.", mend="Try again later; nothing was changed.")
            yield from (event({"RecordType": "Bounce", **table(bounce)}, now=since) for bounce in bounces)
            if len(bounces) < PAGE:
                return


def _trace(said: object) -> Trace:
    """Unknown where the messages are not all there and readable: nobody is taken for absent who may not be."""
    found = table(said)
    messages = found.get("Messages")
    if not isinstance(messages, list) or found.get("TotalCount") != len(messages):
        return Trace.UNKNOWN
    addresses = [text(each) for message in messages for each in _listed(table(message).get("Recipients"))]
    if len(addresses) < len(messages) or not all(addresses):
        return Trace.UNKNOWN
    return replace(Trace.FOUND, addresses=tuple(addresses)) if addresses else Trace.MISSING


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _body(messages: Iterable[Mapping[str, object]]) -> bytes:
    """A JSON array, written message after message: a call has the letter five hundred times, and should once."""
    made = io.BytesIO()
    for number, message in enumerate(messages):
        made.write(b"," if number else b"[")
        made.write(orjson.dumps(message))
    made.write(b"]")
    return made.getvalue()


def _messages(
    email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str, stream: str
) -> Iterator[Mapping[str, object]]:
    """Each reader's message, with this reader's link in both parts and in the headers; the rest is encoded once."""
    html, text = orjson.dumps(email.html), orjson.dumps(email.text)
    common = {
        "From": envelope.sender,
        **({"ReplyTo": envelope.reply_to} if envelope.reply_to else {}),
        "Subject": header_text(email.subject, LONGEST_SUBJECT),
        "Tag": tag,
        "MessageStream": stream,
        "TrackOpens": False,
        "TrackLinks": "None",
    }
    for reader in recipients:
        link = reader.unsubscribe_url
        yield {
            **common,
            "To": mailbox(reader.name, checked(reader)),
            "HtmlBody": orjson.Fragment(html.replace(_PLACEHOLDER, _within(escape(link)))),
            "TextBody": orjson.Fragment(text.replace(_PLACEHOLDER, _within(link))),
            "Metadata": {"batch": tag, "delivery": str(reader.delivery_id)},
            "Headers": [
                {"Name": name, "Value": value}
                for name, value in headers(envelope, unsubscribe_url=link)
                if name not in _OWN_FIELDS
            ],
        }


def _within(text: str) -> bytes:
    """Text as it stands within a JSON string."""
    return orjson.dumps(text)[1:-1]


def _receipt(deliveries: Sequence[int], answer: requests.Response) -> Receipt:
    """Read one answer per message, in the order of the call; ValueError or TypeError when they are not that."""
    said = answer.json()
    if not isinstance(said, list) or len(said) != len(deliveries):
        raise ValueError(f"not {len(deliveries)} answers")
    fates = tuple(_fate(number, each) for number, each in zip(deliveries, said, strict=True))
    halting = [fate for fate, each in zip(fates, said, strict=True) if each["ErrorCode"] in _WE_ARE_REFUSED]
    return of_fates(fates, halting=halting)


def _fate(delivery_id: int, said: object) -> Fate:
    if not isinstance(said, dict) or not isinstance(said.get("ErrorCode"), int):
        raise TypeError("no error code")
    code = said["ErrorCode"]
    if code == 0:
        return Fate(delivery_id=delivery_id, outcome=Outcome.ACCEPTED, reference=str(said["MessageID"]))
    outcome = Outcome.RETRYABLE if code in _LATER | _WE_ARE_REFUSED else Outcome.REJECTED
    return Fate(
        delivery_id=delivery_id, outcome=outcome, detail=shortened(f"Postmark {code}: {said.get('Message', '')}")
    )

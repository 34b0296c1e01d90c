"""Brevo: up to 1,000 readers in one call, each a version of one message with its own link, headers and name.

Source: developers.brevo.com, «Batch send transactional emails», «Idempotency for batch emails», «Send a transactional
email». Two things stand in no reference. A version takes `headers` of its own: django-anymail's live tests and swoosh
send them, and the source of a proof shows whether the account does (docs/operations.md). And a key that Brevo has seen
is taken for a batch that it has accepted: `duplicate_parameter` says no more than that.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from uuid import UUID

import orjson
import requests

from digest.adapters.answers import ask, get, open_session, post
from digest.adapters.events.brevo import event, listed, tags
from digest.adapters.handing import own, require_size
from digest.adapters.hearing import parsed, require_basic, require_equal, table
from digest.errors import Unreachable
from digest.model.feedback import Event
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text, plain_name
from digest.render.mime import LONGEST_SUBJECT, checked, headers, personal, plain_link

API = "https://api.brevo.com"
WEBHOOK_USER = "digest"
"""The user name, where the webhook's address carries the secret as a password («Secure webhook calls»)."""

LONGEST_NAME = 70
PAGE = 2500
"""Events on a page: what Brevo gives by itself."""

UNSUBSCRIBE, BRACE = "{{params.unsubscribe}}", "{{params.brace}}"
_BEGINS_SYNTAX = re.compile(r"\{(?=[{%#]|" + re.escape(UNSUBSCRIBE_PLACEHOLDER) + ")")
"""A brace that Brevo would read as its template language, now or once our variable stands behind it."""

_OWN_FIELDS = frozenset({"Reply-To", "Date"})
"""Headers that Brevo takes as a field, or sets itself."""

_HALTS = frozenset({"account_under_validation", "not_enough_credits", "permission_denied", "unauthorized"})
"""Codes that refuse us and not the mail, whatever status they come with («Error codes»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrevoPayload:
    """The body of one call, and whose copy each of its versions is, in order."""

    body: bytes
    deliveries: tuple[int, ...]


class Brevo:
    """`ports.Provider` for Brevo's HTTP API.

    A key lives for 30 minutes by the guide; the changelog once said 15. A replay waits its turn before it arrives, so
    that none begins close to either: what is older is searched for. It takes 100 calls with versions a minute.
    """

    name = "brevo"
    batch_size = 1000
    connections = 4
    per_second = 1.6
    replay_for = timedelta(minutes=12)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self,
        *,
        api_key: str,
        webhook_token: str = "",
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
    ) -> None:
        """`base_url` replaces the API's (for a simulator); `timeout` is the seconds between two reads.

        `webhook_token` is what Brevo's calls bring: as bearer token, or as password of the user «digest».
        """
        self.connections, self.per_second = connections, per_second
        self._webhook_token = webhook_token
        self._url = f"{(base_url or API).rstrip('/')}/v3/smtp"
        self._timeout = (10.0, timeout)
        self._session = open_session(connections=connections)
        self._session.headers.update({"api-key": api_key, "Accept": "application/json"})

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: the letter goes once a call."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> BrevoPayload:
        """The JSON for these readers; ProviderMisused for none, too many, or an address or link that is none."""
        require_size(recipients, most=self.batch_size, provider="Brevo")
        body = orjson.dumps(_message(email, envelope, recipients, tag=tag))
        return BrevoPayload(body=body, deliveries=tuple(reader.delivery_id for reader in recipients))

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt."""
        mine = own(payload, BrevoPayload, provider="Brevo")
        return post(
            self._session,
            f"{self._url}/email",
            body=mine.body,
            headers={"Content-Type": "application/json"},
            timeout=self._timeout,
            read=partial(_receipt, mine.deliveries),
            reread=_reread,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:  # noqa: ARG002 - it looks thirty days back by itself
        """Ask the events for one with the batch's tag; an event with another one means that it was not understood."""
        said = get(self._session, self._events, params={"tags": tag, "limit": "1"}, timeout=self._timeout)
        found = listed(said)
        if found is None:
            return Trace.UNKNOWN
        if not found:
            return Trace.MISSING
        return Trace.FOUND if tag in tags(table(found[0])) else Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """Read one webhook, or a batched one: Brevo signs nothing, its calls carry a secret of ours."""
        scheme, _, brought = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "basic":
            require_basic(headers, user=WEBHOOK_USER, password=self._webhook_token)
        else:
            require_equal(brought if scheme.casefold() == "bearer" else "", self._webhook_token)
        told = parsed(body)
        return tuple(event(each, now=now) for each in (told if isinstance(told, list) else [told]))

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read the events of up to thirty days, newest first: only so can it end at `since`, whatever the time is.

        While it reads, new ones come in at the front: some are told twice, none is passed over.
        """
        offset = 0
        while found := self._page(offset):
            events = [event(each, now=since) for each in found]
            yield from events
            if len(found) < PAGE or events[-1].at < since:
                return
            offset += PAGE

    def _page(self, offset: int) -> Sequence[object]:
        asked = {"days": "30", "limit": f"{PAGE}", "offset": f"{offset}", "sort": "desc"}
        found = listed(ask(self._session, self._events, params=asked, timeout=self._timeout))
        if found is None:
            raise Unreachable("Brevo's answer names no events.", mend="Try again later; nothing was changed.")
        return found

    @property
    def _events(self) -> str:
        return f"{self._url}/statistics/events"


def _message(email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> Mapping[str, object]:
    """The whole call; a version carries all of its headers, for nobody says what becomes of the call's own."""
    name, address = parseaddr(envelope.sender)
    common = dict(headers(envelope, unsubscribe_url=UNSUBSCRIBE_PLACEHOLDER))
    subject, html, body = _plain(header_text(email.subject, LONGEST_SUBJECT)), _plain(email.html), _plain(email.text)
    mapped = personal(replace(email, html=html, text=body), UNSUBSCRIBE)
    brace = {"brace": "{"} if BRACE in f"{subject}{html}{body}" else {}
    kept = {field: value for field, value in common.items() if field not in _OWN_FIELDS}
    return {
        "sender": {"email": address} | _named(name if name.isascii() else plain_name(name, LONGEST_NAME)),
        **({"replyTo": {"email": common["Reply-To"]}} if "Reply-To" in common else {}),
        "subject": subject,
        "htmlContent": mapped.html,
        "textContent": mapped.text,
        "tags": [tag],
        **({"headers": {"idempotencyKey": tag}} if _is_uuid(tag) else {}),
        "messageVersions": [_version(reader, kept, brace, tag=tag) for reader in recipients],
    }


def _plain(content: str) -> str:
    """Text in which nothing is Brevo's template language; what would be is put together by a variable."""
    return _BEGINS_SYNTAX.sub(BRACE, content)


def _version(
    reader: Recipient, common: Mapping[str, str], brace: Mapping[str, str], *, tag: str
) -> Mapping[str, object]:
    link = plain_link(reader)
    return {
        "to": [{"email": checked(reader)} | _named(plain_name(reader.name, LONGEST_NAME))],
        "params": {"unsubscribe": link, **brace},
        "headers": {
            **common,
            "List-Unsubscribe": f"<{link}>",
            "X-Mailin-custom": f"{tag}/{reader.delivery_id}",
        },
    }


def _named(name: str) -> dict[str, str]:
    return {"name": name[:LONGEST_NAME]} if name else {}


def _is_uuid(tag: str) -> bool:
    """A batch's id can be a key; a proof's tag cannot, and two proofs of one second are no replay."""
    try:
        return str(UUID(tag)) == tag
    except ValueError:
        return False


def _receipt(deliveries: Sequence[int], answer: requests.Response) -> Receipt:
    """Read one message id per version, in the order of the call; ValueError when the answer is not Brevo's."""
    said = table(answer.json())
    ids = said.get("messageIds") or [said.get("messageId")]
    if not isinstance(ids, list) or not all(isinstance(each, str) and each for each in ids):
        raise ValueError("no message ids")
    if len(ids) != len(deliveries):
        raise ValueError(f"{len(ids)} message ids for {len(deliveries)} readers")
    fates = (
        Fate(delivery_id=number, outcome=Outcome.ACCEPTED, reference=each)
        for number, each in zip(deliveries, ids, strict=True)
    )
    return Receipt(outcome=Outcome.ACCEPTED, reference=ids[0], fates=tuple(fates))


def _reread(answer: requests.Response, refused: Receipt) -> Receipt:
    """Look at Brevo's code: a key that it knows came with a call it took, ours or not; some 400s refuse us."""
    try:
        code = table(answer.json()).get("code")
    except (RecursionError, ValueError):
        return refused
    if code == "duplicate_parameter":
        return replace(refused, outcome=Outcome.UNCERTAIN, halts=False, knows_key=True)
    if code == "duplicate_request":
        return replace(refused, outcome=Outcome.UNCERTAIN, halts=False)
    return replace(refused, outcome=Outcome.RETRYABLE, halts=True) if code in _HALTS else refused

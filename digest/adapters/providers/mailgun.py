"""Mailgun: up to 1,000 readers in one call, personalised by its recipient variables.

Source: documentation.mailgun.com, «Send an email» and «Batch sending». The API has no idempotency
key, so a lost answer stays uncertain until its events are searched by tag; pages younger than half an hour are not
final («Event polling»).
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import orjson
import requests

from digest.adapters.answers import ask, get, open_session, post
from digest.adapters.events.mailgun import event
from digest.adapters.handing import own, require_size
from digest.adapters.hearing import instant, record, require_equal, table, text
from digest.adapters.multipart import Field, multipart
from digest.errors import ConfigError, ProviderMisused, Unproven, Unreachable
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, headers, personal

REGIONS: Mapping[str, str] = {"us": "https://api.mailgun.net", "eu": "https://api.eu.mailgun.net"}

UNSUBSCRIBE = "%recipient.unsubscribe%"
_IN_ADDRESS_LISTS = frozenset(',;<>"()')
"""What would make two addresses of one, or something else altogether, where addresses stand in a list; so do blanks."""

CALLS_ARE_VALID = timedelta(seconds=300)
"""For how long after its making a signature is taken; each token is taken once (the ledger keeps them)."""

PAGE = 300
"""Events on a page, the most Mailgun gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailgunPayload:
    """The body of one call, exactly as it goes out."""

    body: bytes
    content_type: str


class Mailgun:
    """`ports.Provider` for Mailgun's HTTP API, in the US or the EU."""

    name = "mailgun"
    batch_size = 1000
    connections = 16
    per_second = 0.0
    replay_for = timedelta(0)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self,
        *,
        domain: str,
        api_key: str,
        webhook_key: str = "",
        region: str = "eu",
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
    ) -> None:
        """`base_url` replaces the region's (for a simulator); `timeout` is the seconds between two reads.

        `webhook_key` is the «HTTP webhook signing key» of the account. ConfigError for a region that does not exist.
        """
        self.connections, self.per_second = connections, per_second
        self._webhook_key = webhook_key
        if not base_url and region not in REGIONS:
            raise ConfigError(f"Mailgun has no region {region!r}.", mend=f"Write one of: {', '.join(REGIONS)}.")
        self._domain = f"{(base_url or REGIONS[region]).rstrip('/')}/v3/{domain}"
        self._timeout = (10.0, timeout)
        self._session = open_session(connections=connections)
        self._session.auth = ("api", api_key)

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: the letter goes once a call."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> MailgunPayload:
        """The multipart body for these readers; ProviderMisused for none, too many, or a wrong address."""
        require_size(recipients, most=self.batch_size, provider="Mailgun")
        _require_addresses(recipients)
        form = multipart(_fields(email, envelope, recipients, tag=tag))
        return MailgunPayload(body=form.body, content_type=form.content_type)

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt."""
        call = own(payload, MailgunPayload, provider="Mailgun")
        return post(
            self._session,
            f"{self._domain}/messages",
            body=call.body,
            headers={"Content-Type": call.content_type, "Accept": "application/json"},
            timeout=self._timeout,
            read=_receipt,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Ask the domain's events whether any copy of the batch was accepted since then (one page, one event)."""
        asked = {
            "tags": tag,
            "event": "accepted",
            "begin": f"{int(since.timestamp())}",
            "ascending": "yes",
            "limit": "1",
        }
        said = get(self._session, f"{self._domain}/events", params=asked, timeout=self._timeout)
        if not isinstance(said, dict) or not isinstance(said.get("items"), list):
            return Trace.UNKNOWN
        return Trace.FOUND if said["items"] else Trace.MISSING

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:  # noqa: ARG002
        """Read one webhook («Securing webhooks»): the HMAC covers timestamp and token, not the event itself."""
        said = record(body)
        proof = table(said.get("signature"))
        stamp, token = text(proof.get("timestamp")), text(proof.get("token"))
        signed = hmac.new(self._webhook_key.encode(), f"{stamp}{token}".encode(), sha256).hexdigest()
        require_equal(text(proof.get("signature")), signed if self._webhook_key else "")
        if abs(now - instant(stamp, otherwise=datetime.min.replace(tzinfo=now.tzinfo))) > CALLS_ARE_VALID:
            raise Unproven(
                f"it was signed at {stamp}, more than five minutes from now", mend="set this machine's clock."
            )
        return (event(table(said.get("event-data")), now=now, nonce=token),)

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read the domain's events from `since` on («Events API»): pages follow until one is empty."""
        url = f"{self._domain}/events"
        asked = {"begin": f"{int(since.timestamp())}", "ascending": "yes", "limit": f"{PAGE}"}
        while items := _items(said := table(ask(self._session, url, params=asked, timeout=self._timeout))):
            yield from (event(table(item), now=since) for item in items)
            url, asked = self._next(said), {}

    def _next(self, said: Mapping[str, object]) -> str:
        """The next page's address, which goes to the same server: it takes the key along."""
        url = text(table(said.get("paging")).get("next"))
        if urlsplit(url)[:2] != urlsplit(self._domain)[:2]:
            raise Unreachable(f"Mailgun's next page is {url!r}.", mend="Try again later; nothing was changed.")
        return url


def _require_addresses(recipients: Sequence[Recipient]) -> None:
    """ProviderMisused for an address that could be read as another, or as several. One look at all, then at each."""
    written = "".join([reader.address for reader in recipients])
    if len(written.split()) == 1 and not any(character in written for character in _IN_ADDRESS_LISTS):
        return
    for reader in recipients:
        if _IN_ADDRESS_LISTS.intersection(reader.address) or len(reader.address.split()) != 1:
            raise ProviderMisused(f"delivery {reader.delivery_id} has an address that is none.")


def _items(said: Mapping[str, object]) -> Sequence[object]:
    items = said.get("items")
    if not isinstance(items, list):
        raise Unreachable("Mailgun's answer names no events.", mend="Try again later; nothing was changed.")
    return items


def _fields(email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> tuple[Field, ...]:
    """Name and value of every form field, in order. Readers are told apart by `recipient-variables` alone."""
    mapped = personal(email, UNSUBSCRIBE)
    variables = {
        reader.address: {"id": reader.delivery_id, "unsubscribe": reader.unsubscribe_url} for reader in recipients
    }
    return (
        ("from", envelope.sender),
        ("to", tuple([reader.address for reader in recipients])),
        ("subject", header_text(mapped.subject, LONGEST_SUBJECT)),
        ("text", mapped.text),
        ("html", mapped.html),
        ("recipient-variables", orjson.dumps(variables).decode()),
        ("o:tag", tag),
        ("o:tracking", "no"),
        ("o:tracking-clicks", "no"),
        ("o:tracking-opens", "no"),
        ("v:batch", tag),
        ("v:delivery", "%recipient.id%"),
        *((f"h:{name}", value) for name, value in headers(envelope, unsubscribe_url=UNSUBSCRIBE)),
    )


def _receipt(answer: requests.Response) -> Receipt:
    """Accepted under Mailgun's id of the message; ValueError when the answer is not Mailgun's."""
    said = answer.json()
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not said["id"]:
        raise ValueError("no message id")
    return Receipt(outcome=Outcome.ACCEPTED, reference=said["id"])

"""Mailgun: up to 1,000 readers in one call, personalised by its recipient variables.

Source: documentation.mailgun.com, «Send an email» and «Batch sending». The API has no idempotency
key, so a lost answer stays uncertain until its events are searched by tag; pages younger than half an hour are not
final («Event polling»).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import requests
from urllib3.filepost import encode_multipart_formdata

from digest.adapters.answers import get, open_session, post
from digest.errors import ConfigError, ProviderMisused
from digest.model.mail import Email, Envelope, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, headers, personal

REGIONS: Mapping[str, str] = {"us": "https://api.mailgun.net", "eu": "https://api.eu.mailgun.net"}

UNSUBSCRIBE = "%recipient.unsubscribe%"
_IN_ADDRESS_LISTS = frozenset(' ,;<>"()\t\r\n')
"""What would make two addresses of one, or something else altogether, where addresses stand in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailgunPayload:
    """The body of one call, exactly as it goes out."""

    body: bytes
    content_type: str


class Mailgun:
    """`ports.Provider` for Mailgun's HTTP API, in the US or the EU."""

    name = "mailgun"
    batch_size = 1000
    replay_for = timedelta(0)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self, *, domain: str, api_key: str, region: str = "eu", base_url: str | None = None, timeout: float = 60.0
    ) -> None:
        """`base_url` replaces the region's (for a simulator); `timeout` is the seconds between two reads.

        ConfigError for a region that does not exist.
        """
        if base_url is None and region not in REGIONS:
            raise ConfigError(f"Mailgun has no region {region!r}.", mend=f"Write one of: {', '.join(REGIONS)}.")
        self._domain = f"{(base_url or REGIONS[region]).rstrip('/')}/v3/{domain}"
        self._timeout = (10.0, timeout)
        self._session = open_session()
        self._session.auth = ("api", api_key)

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> MailgunPayload:
        """The multipart body for these readers; ProviderMisused for none, too many, or a wrong address."""
        if not 0 < len(recipients) <= self.batch_size:
            raise ProviderMisused(
                f"{len(recipients)} readers in one call.", mend=f"Mailgun takes from 1 to {self.batch_size}."
            )
        for recipient in recipients:
            if not _IN_ADDRESS_LISTS.isdisjoint(recipient.address):
                raise ProviderMisused(f"delivery {recipient.delivery_id} has an address that is none.")
        fields = _fields(email, envelope, recipients, tag=tag)
        body, content_type = encode_multipart_formdata(fields, boundary=_boundary(fields))
        return MailgunPayload(body=body, content_type=content_type)

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt."""
        if not isinstance(payload, MailgunPayload):
            raise ProviderMisused(f"Mailgun was handed a {type(payload).__name__}.", mend="Use its own payload().")
        return post(
            self._session,
            f"{self._domain}/messages",
            body=payload.body,
            headers={"Content-Type": payload.content_type, "Accept": "application/json"},
            timeout=self._timeout,
            read=_receipt,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Ask the domain's events whether any copy of the batch was accepted since then (one page, one event)."""
        asked = {
            "tags": tag,
            "event": "accepted",
            "begin": f"{since.timestamp():.0f}",
            "ascending": "yes",
            "limit": "1",
        }
        said = get(self._session, f"{self._domain}/events", params=asked, timeout=self._timeout)
        if not isinstance(said, dict) or not isinstance(said.get("items"), list):
            return Trace.UNKNOWN
        return Trace.FOUND if said["items"] else Trace.MISSING


def _fields(
    email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str
) -> tuple[tuple[str, str], ...]:
    """Name and value of every form field, in order. Readers are told apart by `recipient-variables` alone."""
    mapped = personal(email, UNSUBSCRIBE)
    variables = {
        reader.address: {"id": reader.delivery_id, "unsubscribe": reader.unsubscribe_url} for reader in recipients
    }
    return (
        ("from", envelope.sender),
        *(("to", reader.address) for reader in recipients),
        ("subject", header_text(mapped.subject, LONGEST_SUBJECT)),
        ("text", mapped.text),
        ("html", mapped.html),
        ("recipient-variables", json.dumps(variables, ensure_ascii=False, separators=(",", ":"))),
        ("o:tag", tag),
        ("o:tracking", "no"),
        ("o:tracking-clicks", "no"),
        ("o:tracking-opens", "no"),
        ("v:batch", tag),
        ("v:delivery", "%recipient.id%"),
        *((f"h:{name}", value) for name, value in headers(envelope, unsubscribe_url=UNSUBSCRIBE)),
    )


def _boundary(fields: Sequence[tuple[str, str]]) -> str:
    """A line that is in none of the fields, and the same at every attempt (RFC 2046, section 5.1.1)."""
    digest = sha256()
    for name, value in fields:
        digest.update(f"{name}\0{value}\0".encode())
    return digest.hexdigest()


def _receipt(answer: requests.Response) -> Receipt:
    """Accepted under Mailgun's id of the message; ValueError when the answer is not Mailgun's."""
    said = answer.json()
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not said["id"]:
        raise ValueError("no message id")
    return Receipt(outcome=Outcome.ACCEPTED, reference=said["id"])

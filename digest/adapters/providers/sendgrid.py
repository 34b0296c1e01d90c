"""SendGrid: up to 1,000 readers in one call, each a personalization with its own link, headers and delivery.

Source: twilio.com/docs/sendgrid, «Mail Send», «Limitations», «Substitution Tags», «Email Logs». Substitutions reach
subject, reply-to and content, never headers, so that a reader's List-Unsubscribe stands in his own. There is no
idempotency key; a lost answer is looked for in the email logs (30 days, on every plan) by its category: the one thing
that they can be searched by and that we choose, though SendGrid means categories for kinds of mail.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from http import HTTPStatus
from itertools import count

import orjson
import requests

from digest.adapters.answers import ask, open_session, post
from digest.adapters.events.sendgrid import LISTS, heard, public_key, require_signature, suppressed
from digest.adapters.handing import own, require_bytes, require_size
from digest.adapters.hearing import parsed, table
from digest.errors import ConfigError, Unreachable
from digest.model.feedback import Event
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Outcome, Receipt, Recipient, Trace
from digest.render.header import header_text, plain_name
from digest.render.mime import LONGEST_NAME, LONGEST_SUBJECT, checked, headers, personal, plain_link

REGIONS: Mapping[str, str] = {"global": "https://api.sendgrid.com", "eu": "https://api.eu.sendgrid.com"}
LARGEST_CALL = 30_000_000
"""Bytes of one call («Limitations»: less than 30 MB)."""

PAGE = 500
"""Entries on a page of a suppression list, the most SendGrid gives."""

_OWN_FIELDS = frozenset({"Reply-To", "Date", "List-Unsubscribe"})
"""Headers that SendGrid takes as a field or sets itself, and the one that every reader has of his own."""

_OFF = {"enable": False}
_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": _OFF,
    "subscription_tracking": _OFF,
    "ganalytics": _OFF,
}
_MAIL_SETTINGS = {"bypass_list_management": _OFF, "footer": _OFF, "sandbox_mode": _OFF}
"""Nothing is added to the letter, whatever the account's settings say, and SendGrid's own suppressions hold. Without an
`asm` object there is no second unsubscribe link either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendgridPayload:
    """The body of one call, exactly as it goes out."""

    body: bytes


class Sendgrid:
    """`ports.Provider` for SendGrid's Web API v3.

    It allows 10,000 calls a second. The email logs are «near real time» and nobody says more, so they are trusted after
    half an hour.
    """

    name = "sendgrid"
    batch_size = 1000
    connections = 8
    per_second = 0.0
    replay_for = timedelta(0)
    search_after: timedelta | None = timedelta(minutes=30)
    is_real = True

    def __init__(
        self,
        *,
        api_key: str,
        webhook_public_key: str = "",
        region: str = "global",
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
    ) -> None:
        """`base_url` replaces the region's (for a simulator); `timeout` is the seconds between two reads.

        `webhook_public_key` is the «Verification Key» of the Signed Event Webhook. ConfigError when it is none, when
        the library to use it is missing, and for a region that does not exist.
        """
        self.connections, self.per_second = connections, per_second
        if not base_url and region not in REGIONS:
            raise ConfigError(f"SendGrid has no region {region!r}.", mend=f"Write one of: {', '.join(REGIONS)}.")
        self._key = public_key(webhook_public_key) if webhook_public_key else None
        self._url = f"{(base_url or REGIONS[region]).rstrip('/')}/v3"
        self._timeout = (10.0, timeout)
        self._session = open_session(connections=connections)
        self._session.headers.update({"Authorization": f"Bearer {api_key}", "Accept": "application/json"})

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: the letter goes once a call."""
        return self.batch_size

    def payload(
        self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str
    ) -> SendgridPayload:
        """The JSON for these readers; ProviderMisused for none, too many, too much, or a wrong address or link."""
        require_size(recipients, most=self.batch_size, provider="SendGrid")
        body = orjson.dumps(_message(email, envelope, recipients, tag=tag))
        require_bytes(body, most=LARGEST_CALL - 1, provider="SendGrid")
        return SendgridPayload(body=body)

    def submit(self, payload: object) -> Receipt:
        """One POST, never repeated here; every answer and every error becomes a receipt."""
        mine = own(payload, SendgridPayload, provider="SendGrid")
        return post(
            self._session,
            f"{self._url}/mail/send",
            body=mine.body,
            headers={"Content-Type": "application/json"},
            timeout=self._timeout,
            read=_receipt,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:
        """Ask the email logs for one message with the batch's category since then."""
        asked = {
            "query": f"categories IN ('{tag}') AND "
            f'sg_message_id_created_at >= TIMESTAMP "{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"',
            "limit": 1,
        }
        try:
            said = ask(self._session, f"{self._url}/logs", params={}, query=orjson.dumps(asked), timeout=self._timeout)
        except Unreachable:
            return Trace.UNKNOWN
        messages = table(said).get("messages")
        if not isinstance(messages, list):
            return Trace.UNKNOWN
        return Trace.FOUND if messages else Trace.MISSING

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """Read one call of the Event Webhook: a list, of which an entry that is none is kept as unknown."""
        require_signature(headers, body, key=self._key, now=now)
        told = parsed(body)
        return tuple(heard(each, now=now) for each in (told if isinstance(told, list) else [told]))

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read the suppression lists from `since` on, one after the other.

        They know address, time and reason, not whose batch it was, and share no id with the webhook: who listens has
        no need to pull. What was delivered is told by the webhook alone.
        """
        for where in LISTS:
            yield from (suppressed(each, where=where, now=since) for each in self._listed(where, since))

    def _listed(self, where: str, since: datetime) -> Iterator[object]:
        asked = {"start_time": f"{int(since.timestamp())}", "limit": f"{PAGE}"}
        for offset in count(0, PAGE):
            said = ask(
                self._session,
                f"{self._url}/suppression/{where}",
                params=asked | {"offset": f"{offset}"},
                timeout=self._timeout,
            )
            if not isinstance(said, list):
                raise Unreachable(f"SendGrid's {where} are no list.", mend="Try again later; nothing was changed.")
            yield from said
            if len(said) < PAGE:
                return


def _message(email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> Mapping[str, object]:
    """The whole call; a reader carries all of his headers, for nobody says what becomes of the call's own."""
    mark = _mark(email)
    mapped = personal(email, mark)
    name, address = parseaddr(envelope.sender)
    common = dict(headers(envelope, unsubscribe_url=UNSUBSCRIBE_PLACEHOLDER))
    kept = {field: value for field, value in common.items() if field not in _OWN_FIELDS}
    return {
        "from": {"email": address} | _named(name),
        **({"reply_to": {"email": common["Reply-To"]}} if "Reply-To" in common else {}),
        "subject": header_text(mapped.subject, LONGEST_SUBJECT) or " ",
        "content": [
            {"type": "text/plain", "value": mapped.text},
            {"type": "text/html", "value": mapped.html},
        ],
        "categories": [tag],
        "tracking_settings": _TRACKING,
        "mail_settings": _MAIL_SETTINGS,
        "personalizations": [_personalization(reader, kept, mark, tag=tag) for reader in recipients],
    }


def _mark(email: Email) -> str:
    """What stands for the link: derived from the letter, and nowhere in it, so that no title can be one."""
    content = f"{email.subject}\n{email.text}\n{email.html}"
    marks = (f"-link-{sha256(f'{n} {content}'.encode()).hexdigest()[:24]}-" for n in count())
    return next(mark for mark in marks if mark not in content)


def _personalization(reader: Recipient, common: Mapping[str, str], mark: str, *, tag: str) -> Mapping[str, object]:
    link = plain_link(reader)
    return {
        "to": [{"email": checked(reader)} | _named(plain_name(reader.name, LONGEST_NAME))],
        "headers": {**common, "List-Unsubscribe": f"<{link}>"},
        "substitutions": {mark: link},
        "custom_args": {"batch": tag, "delivery": str(reader.delivery_id)},
    }


def _named(name: str) -> dict[str, str]:
    return {"name": name} if name else {}


def _receipt(answer: requests.Response) -> Receipt:
    """Accepted under SendGrid's id of the call; ValueError for another 2xx: 200 is the sandbox, which sends nothing."""
    reference = answer.headers.get("X-Message-Id", "")
    if answer.status_code != HTTPStatus.ACCEPTED or not reference:
        raise ValueError("no message id")
    return Receipt(outcome=Outcome.ACCEPTED, reference=reference)

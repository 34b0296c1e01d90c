"""Amazon SES: up to 50 readers in one call, personalised by a template that comes with it.

Source: the SES guide, «Using templates to send personalized email», «Amazon SES header fields» and «Managing your
sending limits»; the call itself is SendBulkEmail of its API, version 2. There is no key and no search: what became of
a lost answer is told by its events, which carry our tags.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from html import escape

from digest.adapters.amazon import hand_over, open_client
from digest.adapters.events.ses import PROVIDER, of_notice
from digest.adapters.events.sns import Certificate, Certificates, proven, require_topic
from digest.adapters.handing import own, require_bytes, require_size
from digest.errors import ProviderMisused
from digest.model.feedback import Event
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Receipt, Recipient, Trace
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, checked, encoded_mailbox, headers

LARGEST_BATCH = 50
LARGEST_CALL = 1_000_000
"""Bytes of one call with a template in it, both parts included."""

SEND_RATE = 14.0
"""Readers a second: what accounts outside the sandbox are commonly given first. SES counts readers, not calls."""

IN_HTML, IN_TEXT = "{{link_html}}", "{{link}}"
"""Where a reader's link goes. SES escapes nothing in a template («Advanced email personalization»), so we do."""

_OWN_FIELDS = frozenset({"Reply-To", "Date", "List-Unsubscribe"})
"""Headers that SES takes as a field or sets itself («header fields»), and the one that is each reader's own."""

_SYNTAX = re.compile(r"\{(?=\{)|[{\\](?=" + re.escape(UNSUBSCRIBE_PLACEHOLDER) + ")")
"""What SES would read as the beginning of a variable, or as the end of what keeps ours from being one. Titles are
disarmed at render; here the whole letter is, so that nobody's braces end in a «Rendering Failure»."""

_WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class SesPayload:
    """The arguments of one call as JSON, and whose copy each of its entries is, in order."""

    body: bytes
    deliveries: tuple[int, ...]


class Ses:
    """`ports.Provider` for Amazon SES by its API, version 2."""

    name = PROVIDER
    batch_size = LARGEST_BATCH
    connections = 8
    per_second = 0.0
    replay_for = timedelta(0)
    search_after: timedelta | None = None
    is_real = True

    def __init__(
        self,
        *,
        region: str,
        access_key_id: str = "",
        secret_access_key: str = "",
        session_token: str = "",
        configuration_set: str = "",
        topic_arn: str = "",
        send_rate: float = SEND_RATE,
        base_url: str = "",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 60.0,
        certificate: Certificate | None = None,
    ) -> None:
        """`base_url` replaces the region's (for a simulator); `timeout` is the seconds between two reads.

        A call has no more readers than SES takes in a second (`send_rate`), nor do they begin sooner than it takes
        them, unless `per_second` says otherwise. Events come by the SNS topic `topic_arn`; `certificate` finds its
        certificates. ConfigError for one key without the other, for a topic that is none, and without boto3.
        """
        self.batch_size = max(1, min(LARGEST_BATCH, int(send_rate)))
        self.connections, self.per_second = connections, per_second or send_rate / self.batch_size
        self._configuration_set = configuration_set
        self._topic_arn = require_topic(topic_arn)
        self._certificate = certificate or Certificates()
        self._client = open_client(
            region=region,
            keys=(access_key_id, secret_access_key, session_token),
            base_url=base_url,
            connections=connections,
            timeout=(10.0, timeout),
        )

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: the letter goes once a call."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> SesPayload:
        """The call for these readers; ProviderMisused for none, too many, too much, or a wrong address."""
        require_size(recipients, most=LARGEST_BATCH, provider="Amazon SES")
        asked = {
            **_head(email, envelope, tag=tag),
            "BulkEmailEntries": [_entry(reader) for reader in recipients],
            **({"ConfigurationSetName": self._configuration_set} if self._configuration_set else {}),
        }
        body = json.dumps(asked).encode()  # as botocore writes it, so that its bytes are those that SES counts
        require_bytes(body, most=LARGEST_CALL, provider="Amazon SES")
        return SesPayload(body=body, deliveries=tuple(reader.delivery_id for reader in recipients))

    def submit(self, payload: object) -> Receipt:
        """One call, never repeated here; every answer and every error becomes a receipt, with each copy's fate."""
        call = own(payload, SesPayload, provider="Amazon SES")
        return hand_over(self._client, json.loads(call.body), call.deliveries)

    def search(self, tag: str, *, since: datetime) -> Trace:  # noqa: ARG002
        """Unknown: SES cannot be asked what it took. Its «Send» events tell."""
        return Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:  # noqa: ARG002
        """Read one call of the topic's; Unreachable when the certificate it names cannot be had now.

        The topic's wish to be confirmed is an event of an unknown kind; its detail is the address to confirm it at.
        """
        notice = proven(body, topic_arn=self._topic_arn, certificate=self._certificate, now=now)
        return of_notice(notice)

    def pull(self, *, since: datetime) -> Iterator[Event]:  # noqa: ARG002
        """Nothing to ask: SES tells events only to those who listen."""
        raise ProviderMisused(
            "Amazon SES lists no events.", mend="subscribe the webhook to an SNS topic; docs/operations.md says how."
        )


def _head(email: Email, envelope: Envelope, *, tag: str) -> Mapping[str, object]:
    """What all readers of a call share."""
    fixed = dict(headers(envelope, unsubscribe_url=""))
    reply_to = fixed.get("Reply-To")
    return {
        "FromEmailAddress": _mailbox("From", *parseaddr(envelope.sender)),
        **({"ReplyToAddresses": [reply_to]} if reply_to else {}),
        "DefaultEmailTags": [{"Name": "batch", "Value": tag}],
        "DefaultContent": {
            "Template": {
                "TemplateContent": _content(email),
                "TemplateData": "{}",
                "Headers": [_named(name, value) for name, value in fixed.items() if name not in _OWN_FIELDS],
            }
        },
        "ConfigurationOverrides": {"Tracking": {"OpenTrackingEnabled": "DISABLED", "ClickTrackingEnabled": "DISABLED"}},
    }


def _content(email: Email) -> Mapping[str, str]:
    """The letter as a template: only the reader's link is a variable in it."""
    subject = header_text(email.subject, LONGEST_SUBJECT)
    html = _SYNTAX.sub(lambda found: f"&#{ord(found[0])};", email.html)
    return {
        "Subject": _joined(subject),
        "Html": html.replace(UNSUBSCRIBE_PLACEHOLDER, IN_HTML),
        "Text": _joined(email.text).replace(UNSUBSCRIBE_PLACEHOLDER, IN_TEXT),
    }


def _joined(text: str) -> str:
    """Text reads the same, but no two braces stand together."""
    return _SYNTAX.sub(lambda found: found[0] + _WORD_JOINER, text)


def _entry(reader: Recipient) -> Mapping[str, object]:
    link = reader.unsubscribe_url
    data = json.dumps({"link": link, "link_html": escape(link)})
    return {
        "Destination": {"ToAddresses": [_mailbox("To", reader.name, checked(reader))]},
        "ReplacementTags": [{"Name": "delivery", "Value": str(reader.delivery_id)}],
        "ReplacementHeaders": [_named("List-Unsubscribe", f"<{link}>")],
        "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": data}},
    }


def _mailbox(field: str, name: str, address: str) -> str:
    """In one line and in ASCII, as SES wants names («encoded-word syntax»)."""
    return encoded_mailbox(field, name, address).replace("\r\n", "")


def _named(name: str, value: str) -> Mapping[str, str]:
    return {"Name": name, "Value": value}

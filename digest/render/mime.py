"""An email and one reader -> the RFC 5322 bytes of that reader's copy, and the headers every provider must send."""

import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime, parseaddr, quote
from html import escape

from digest.errors import ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Recipient
from digest.render.header import encoded, header_text

LONGEST_NAME = 100
LONGEST_SUBJECT = 250
BOUNDARY = "=_digest_alternative"
"""Fixed, so a retry builds the same bytes; `=_` cannot occur in quoted-printable text (RFC 2045, section 6.7)."""

_WIRE = compat32.clone(linesep="\r\n", mangle_from_=False)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_URL = re.compile(r"https?://[!-;=?-~]{1,880}")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$()*+,;=%-]{1,880}")
"""Nothing in it means anything to HTML or to a template, and a header with it is within RFC 5322's 998 octets."""


def message(email: Email, *, envelope: Envelope, recipient: Recipient, tag: str) -> bytes:
    """One reader's copy, with this reader's link in both parts; the same arguments give the same bytes.

    `tag` is the batch's id. Both parts are quoted-printable, so every line is short ASCII and no
    relay has a reason to rewrite it. Raises ProviderMisused for what cannot stand in a header.
    """
    _require(_URL, recipient.unsubscribe_url, f"the unsubscribe link of delivery {recipient.delivery_id}")
    name, address = parseaddr(envelope.sender)
    _require(_ADDRESS, address, f"the sender {envelope.sender!r}")
    fields = (
        ("From", encoded_mailbox("From", name, address)),
        ("To", encoded_mailbox("To", recipient.name, checked(recipient))),
        ("Subject", encoded("Subject", header_text(email.subject, LONGEST_SUBJECT))),
        ("Message-ID", message_id(envelope, recipient, tag=tag)),
        *headers(envelope, unsubscribe_url=recipient.unsubscribe_url),
    )
    head = "".join(f"{field}: {value}\r\n" for field, value in fields).encode("ascii")
    _compare(head, fields)
    return head + _body(personal(email, recipient.unsubscribe_url))


def headers(envelope: Envelope, *, unsubscribe_url: str) -> tuple[tuple[str, str], ...]:
    """The headers that bulk mail needs and providers do not set by themselves; ASCII, unfolded.

    `unsubscribe_url` is a reader's own link, or the provider's variable for it. RFC 8058 wants
    it over https: the config asks for that wherever real mail is sent; loopback trials may use http.
    Raises ProviderMisused for a list id or domain that cannot stand in a header.
    """
    _require(_TOKEN, envelope.list_id, f"the list id {envelope.list_id!r}")
    _require(_TOKEN, envelope.message_domain, f"the domain {envelope.message_domain!r}")
    return (
        *_reply_to(envelope),
        ("Date", format_datetime(envelope.sent_at)),
        ("List-Id", f"<{envelope.list_id}>"),
        ("List-Unsubscribe", f"<{unsubscribe_url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Precedence", "bulk"),
        ("Feedback-ID", f"{envelope.day:%Y%m%d}:{envelope.list_id}:bulk:{envelope.message_domain}"),
    )


def message_id(envelope: Envelope, recipient: Recipient, *, tag: str) -> str:
    """`<delivery.batch@domain>`: derived, so a crashed sender builds it again (RFC 5322, section 3.6.4)."""
    _require(_TOKEN, tag, f"the tag {tag!r}")
    return f"<{recipient.delivery_id}.{tag}@{envelope.message_domain}>"


def mailbox(name: str, address: str) -> str:
    """«"Name" <address>» in Unicode, as providers' APIs take it; the name cleaned as for a header."""
    shown = header_text(name, LONGEST_NAME)
    return f'"{quote(shown)}" <{address}>' if shown else address


def encoded_mailbox(field: str, name: str, address: str) -> str:
    """The same as the value of header `field`: ASCII, a name beyond it as encoded words (RFC 2047), folded by CRLF."""
    shown = header_text(name, LONGEST_NAME)
    if shown.isascii() and "=?" not in shown:
        return mailbox(shown, address)
    return f"{encoded(field, shown)}\r\n <{address}>"


def checked(recipient: Recipient) -> str:
    """A reader's address, if it is one and no more than one; else ProviderMisused."""
    _require(_ADDRESS, recipient.address, f"the address of delivery {recipient.delivery_id}")
    return recipient.address


def plain_link(recipient: Recipient) -> str:
    """A reader's unsubscribe link that is the same in a header, in text, in HTML and in a provider's template.

    Raises ProviderMisused for one that is longer or has characters that would have to be escaped somewhere.
    """
    _require(_PLAIN_URL, recipient.unsubscribe_url, f"the unsubscribe link of delivery {recipient.delivery_id}")
    return recipient.unsubscribe_url


def personal(email: Email, unsubscribe_url: str) -> Email:
    """The email with the placeholder replaced in both parts, by a reader's link or a provider's variable."""
    return replace(
        email,
        html=email.html.replace(UNSUBSCRIBE_PLACEHOLDER, escape(unsubscribe_url)),
        text=email.text.replace(UNSUBSCRIBE_PLACEHOLDER, unsubscribe_url),
    )


def _reply_to(envelope: Envelope) -> tuple[tuple[str, str], ...]:
    if not envelope.reply_to:
        return ()
    address = parseaddr(envelope.reply_to)[1]
    _require(_ADDRESS, address, f"the reply address {envelope.reply_to!r}")
    return (("Reply-To", address),)


def _body(email: Email) -> bytes:
    parts = MIMEMultipart("alternative", boundary=BOUNDARY, policy=_WIRE)
    for subtype, text in (("plain", email.text), ("html", email.html)):
        part = MIMENonMultipart("text", subtype, charset="utf-8", policy=_WIRE)
        del part["MIME-Version"]  # it belongs to the message, not to its parts (RFC 2045, section 4)
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(binascii.b2a_qp(text.encode("utf-8"), istext=True).decode("ascii"))
        parts.attach(part)
    return parts.as_bytes(policy=_WIRE)


def _require(pattern: re.Pattern[str], value: str, what: str) -> None:
    if not pattern.fullmatch(value):
        raise ProviderMisused(f"{what} cannot stand in a header.", mend="correct it where it was given.")


def _compare(head: bytes, fields: Sequence[tuple[str, str]]) -> None:
    """Read the headers back: a name, value or line more than was meant is somebody's injection."""
    read = BytesHeaderParser(policy=compat32).parsebytes(head)
    meant = [(name, _unfolded(value)) for name, value in fields]
    if [(name, _unfolded(value)) for name, value in read.items()] != meant or read.get_payload():
        raise ProviderMisused("the headers read back differ from what was meant.", mend="report this as a fault.")


def _unfolded(value: str) -> str:
    return value.replace("\r\n", "")

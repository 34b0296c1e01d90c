"""Lines that would break out of a header, and strings that break programs, as everything that stands in one."""

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from email.utils import parseaddr
from html import escape
from pathlib import Path

import pytest

from digest.errors import ProviderMisused
from digest.model.mail import Email
from digest.model.news import Kind
from digest.render.header import header_text
from digest.render.mime import LONGEST_SUBJECT, mailbox, message
from tests.corpora.carriers import DATE, without_what_no_xml_holds
from tests.corpora.corpus import read
from tests.corpora.line import collected, document, letter, source
from tests.render.letters import ENVELOPE, READER, TAG

pytestmark = pytest.mark.shared

FIELDS = tuple(
    name
    for name, _ in message_from_bytes(
        message(
            Email(subject="Motion carried", preheader="", html="<p>x</p>", text="x"),
            envelope=ENVELOPE,
            recipient=READER,
            tag=TAG,
        )
    ).items()
)
"""The headers of an ordinary letter, in order."""


@pytest.fixture(scope="module")
def payloads(shared: Path) -> tuple[str, ...]:
    """Every line-breaking and every naughty string, and each as the raw line ends that its escapes stand for."""
    found = [
        record.text for name in ("patt_crlf", "blns") for record in read(shared / "data" / "corpora" / f"{name}.jsonl")
    ]
    return tuple(found + [one.replace("%0d", "\r").replace("%0a", "\n") for one in found if "%0" in one])


def test_a_headline_becomes_a_subject_and_nothing_else(payloads: tuple[str, ...]) -> None:
    subjects = 0
    for payload in payloads:
        email = _letter(f"Council hears {payload}")
        read_back = message_from_bytes(message(email, envelope=ENVELOPE, recipient=READER, tag=TAG), policy=compat32)
        assert tuple(read_back.keys()) == FIELDS, payload
        subject = str(make_header(decode_header(read_back["Subject"].replace("\r\n", ""))))
        assert subject == header_text(email.subject, LONGEST_SUBJECT), payload
        subjects += "hears" in subject
    assert subjects == len(payloads)


def test_a_name_in_from_or_to_adds_no_header(payloads: tuple[str, ...]) -> None:
    email = Email(subject="Motion carried", preheader="", html="<p>x</p>", text="x")
    for payload in payloads:
        envelope = replace(ENVELOPE, sender=mailbox(payload, "desk@dailyrose.example"))
        built = message(email, envelope=envelope, recipient=READER._replace(name=payload), tag=TAG)
        read_back = message_from_bytes(built)
        assert tuple(read_back.keys()) == FIELDS, payload
        assert parseaddr(read_back["From"])[1] == "desk@dailyrose.example", payload
        assert parseaddr(read_back["To"])[1] == READER.address, payload


def test_a_list_id_that_is_no_token_is_refused(payloads: tuple[str, ...]) -> None:
    email = Email(subject="Motion carried", preheader="", html="<p>x</p>", text="x")
    for payload in payloads:
        if not payload.isascii() or set(payload) & set(" \r\n:<>()@,;/"):
            with pytest.raises(ProviderMisused):
                message(email, envelope=replace(ENVELOPE, list_id=payload), recipient=READER, tag=TAG)


def _letter(title: str) -> Email:
    """The letter that one feed with one entry makes, whose headline is the subject, be it one of a column or not."""
    written = escape(without_what_no_xml_holds(title))
    body = (
        f"<rss version='2.0'><channel><item><title>{written}</title><pubDate>{DATE}</pubDate>"
        "<link>https://paper.example/1</link></item></channel></rss>"
    )
    outlet = source(0)
    feed = collected(outlet, document(outlet, body.encode()))
    assert feed is not None
    plain = replace(feed, entries=tuple(replace(entry, kind=Kind.NEWS) for entry in feed.entries))
    email = letter([plain], [outlet]).email
    assert email is not None
    return email

"""Over a real Postfix into real mailboxes, and back: what it cannot deliver comes home as a bounce of that copy."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from digest.adapters.providers.smtp import Smtp
from digest.deliver.token import KEY_ID
from digest.deliver.verp import bounce_address
from digest.errors import Unreachable
from digest.model.feedback import BounceClass, Event, EventKind
from digest.model.mail import Email, Outcome, Receipt, Recipient
from tests.adapters.certificates import certificate
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.mailbox.dovecot import dovecot, find_dovecot
from tests.mailbox.programs import required
from tests.mailbox.site import BOUNCES, BUSY, DOMAIN, LARGEST_LETTER, Site, letters, site

KEY = b"0123456789abcdef"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DKIM_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KNOWN, NOBODY = 3, 4
"""Readers 1 to KNOWN have a mailbox; NOBODY and whoever comes after him has none."""


@pytest.fixture(scope="module")
def mail_site() -> Iterator[Site]:
    with site([f"reader{number}@{DOMAIN}" for number in range(1, KNOWN + 1)]) as running:
        yield running


def readers(*numbers: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=number,
            address=f"reader{number}@{DOMAIN}",
            name="",
            unsubscribe_url=f"https://example.org/u/{number}",
        )
        for number in numbers
    )


def smtp(port: int, **options: object) -> Smtp:
    given = {"host": "localhost", "port": port, "bounce_address": BOUNCES, "key": KEY}
    return Smtp(**(given | options))  # type: ignore[arg-type]


def signing(port: int, **options: object) -> Smtp:
    pem = DKIM_KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return smtp(port, dkim_domain="example.org", dkim_selector="s1", dkim_key=pem.decode(), **options)


def public_key(name: bytes, timeout: int = 5) -> bytes:
    """A name server that knows one key."""
    del timeout
    assert name == b"s1._domainkey.example.org."
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return b"v=DKIM1; p=" + b64encode(DKIM_KEY.public_key().public_bytes(serialization.Encoding.DER, form))


def send(provider: Smtp, *numbers: int, email: Email = EMAIL) -> Receipt:
    return send_to(provider, *readers(*numbers), email=email)


def send_to(provider: Smtp, *recipients: Recipient, email: Email = EMAIL) -> Receipt:
    envelope = replace(ENVELOPE, sent_at=datetime(2024, 5, 15, 6, 30, tzinfo=UTC))  # dkimpy takes no time to come
    return provider.submit(provider.payload(email, envelope, recipients, tag=TAG))


@pytest.fixture(scope="module")
def sent(mail_site: Site) -> Receipt:
    """One batch of letters to three readers and to one who does not exist, signed and over STARTTLS, all arrived."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(mail_site.trusted))
        receipt = send(signing(mail_site.server.port), 1, 2, 3, NOBODY)
    mail_site.wait_for_mail("reader1@", "reader2@", "reader3@", "bounces+")
    return receipt


def events(mail_site: Site, box: Mapping[str, object] | None = None, *, since: datetime = EPOCH) -> list[Event]:
    """What is read of the bounces from their maildir, or from another box."""
    return list(smtp(1, **(box or {"maildir": str(mail_site.bounces)})).pull(since=since))


def test_a_batch_arrives_over_starttls_each_copy_with_a_signature_that_holds(mail_site: Site, sent: Receipt) -> None:
    assert (sent.outcome, {fate.outcome for fate in sent.fates}) == (Outcome.ACCEPTED, {Outcome.ACCEPTED})
    arrived = [letter for letter in letters(mail_site.inbox) if b"\nDKIM-Signature: " in letter]
    assert len(arrived) == KNOWN
    for letter in arrived:
        read = message_from_bytes(letter, policy=policy.default)
        number = int(str(read["Delivered-To"]).removeprefix("reader").partition("@")[0])
        assert read["Return-Path"] == f"<{bounce_address(BOUNCES, number, key=KEY, key_id=KEY_ID)}>"
        assert read["List-Unsubscribe"] == f"<https://example.org/u/{number}>"
        unstamped = letter[letter.index(b"DKIM-Signature:") :].replace(b"\n", b"\r\n")
        assert dkim.verify(unstamped, dnsfunc=public_key)
        for meant, forged in ((b"/u/%d>" % number, b"/u/9>"), (b"=One-Click", b"=No-Click"), (b"<p>", b"<b>")):
            assert unstamped.count(meant) == 1
            assert not dkim.verify(unstamped.replace(meant, forged), dnsfunc=public_key)
        (covered,) = re.findall(r"\bh=([^;]+);", str(read["DKIM-Signature"]))
        assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(re.split(r"[\s:]+", covered))
        assert "with ESMTPS" in str(read["Received"])


def test_what_cannot_be_delivered_comes_back_as_a_hard_bounce_of_that_copy(mail_site: Site, sent: Receipt) -> None:
    assert sent.outcome is Outcome.ACCEPTED
    (event,) = events(mail_site)
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.delivery_id, event.batch_id, event.address) == (NOBODY, TAG, f"reader{NOBODY}@{DOMAIN}")
    assert "unknown user" in event.detail
    assert events(mail_site) == [event]
    assert events(mail_site, since=event.at + timedelta(days=2)) == []


def test_the_same_bounce_is_read_from_an_imap_box(
    mail_site: Site, sent: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = required(find_dovecot(), "Dovecot 2.3")
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_site.trusted))
    assert sent.outcome is Outcome.ACCEPTED
    (kept,) = letters(mail_site.bounces)
    with dovecot(program, mail_site.folder, maildir=mail_site.bounces, password="right") as port:
        box = {"imap_host": "localhost", "imap_port": port, "imap_user": "bounces", "imap_password": "right"}
        (event,) = events(mail_site, box)
        assert replace(event, at=EPOCH) == replace(events(mail_site)[0], at=EPOCH)
        assert events(mail_site, box, since=event.at + timedelta(days=3)) == []
        with pytest.raises(Unreachable, match="bounces on localhost"):
            events(mail_site, box | {"imap_password": "wrong"})
        with pytest.raises(Unreachable, match="bounces on localhost"):
            events(mail_site, box | {"imap_folder": "Nowhere"})
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            events(mail_site, box)
    (still,) = (path for folder in ("new", "cur") for path in (mail_site.bounces / folder).iterdir())
    assert still.read_bytes() == kept
    assert still.name.partition(":")[2] in {"", "2,"}  # a mail that was seen or moved away has letters there


def test_a_server_with_a_wrong_certificate_gets_no_letter(
    mail_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = certificate(tmp_path, "other.example")
    for trusted in (other, None):
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        else:
            monkeypatch.delenv("SSL_CERT_FILE")
        receipt = send(smtp(mail_site.server.port), 1)
        assert (receipt.outcome, receipt.halts) == (Outcome.RETRYABLE, True)
        assert "CERTIFICATE_VERIFY_FAILED" in receipt.detail
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_site.trusted))
    receipt = send(smtp(mail_site.server.port, host="127.0.0.1"), 1)
    assert (receipt.outcome, receipt.halts) == (Outcome.RETRYABLE, True)
    assert "IP address mismatch" in receipt.detail


def test_without_tls_where_it_is_asked_for_nothing_goes_over_the_wire(mail_site: Site) -> None:
    """Either side may ask; whoever does is not talked out of it."""
    for receipt, why in (
        (send(smtp(mail_site.strict_port), 1), "STARTTLS"),
        (send(smtp(mail_site.server.port, host="127.0.0.1", security="none"), 1), "530 5.7.0"),
    ):
        assert (receipt.outcome, receipt.halts, receipt.fates) == (Outcome.RETRYABLE, True, ())
        assert why in receipt.detail


def test_readers_whom_the_server_refuses_cost_nobody_else_his_copy(mail_site: Site, sent: Receipt) -> None:
    """Postfix ends a connection after so many mistakes; the copy it ends at is begun again on another."""
    assert sent.outcome is Outcome.ACCEPTED
    plain = smtp(mail_site.strict_port, host="127.0.0.1", security="none")
    busy = readers(9)[0]._replace(address=BUSY)
    receipt = send_to(plain, *readers(1, 4, 5), busy, *readers(6, 7, 8, 2))
    known = {fate.delivery_id: (fate.outcome, fate.detail.partition(" <")[0]) for fate in receipt.fates}
    taken, unknown = (Outcome.ACCEPTED, ""), (Outcome.REJECTED, "RCPT TO: 550 5.1.1")
    later = (Outcome.RETRYABLE, "RCPT TO: 450 4.2.1")
    assert (receipt.outcome, receipt.halts) == (Outcome.ACCEPTED, False)
    assert known == {1: taken, 2: taken, 9: later} | dict.fromkeys((4, 5, 6, 7, 8), unknown)
    mail_site.wait_for_mail("reader1@", "reader2@")


def test_a_letter_that_is_too_long_for_the_server_stops_the_edition_and_loses_no_reader(mail_site: Site) -> None:
    plain = smtp(mail_site.strict_port, host="127.0.0.1", security="none")
    long = replace(EMAIL, text=f"{'x' * 60}\n" * (LARGEST_LETTER // 60))
    receipt = send(plain, 1, 2, email=long)
    assert (receipt.outcome, receipt.halts, receipt.fates) == (Outcome.RETRYABLE, True, ())
    assert "552 5.3.4" in receipt.detail

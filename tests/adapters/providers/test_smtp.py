"""Copies over SMTP: what goes over the wire, over which connections, and what may be configured."""

import gc
import re
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.adapters import smtp_turn
from digest.adapters.providers.smtp import Smtp
from digest.deliver.token import KEY_ID
from digest.deliver.verp import delivery
from digest.errors import ConfigError, ProviderMisused
from tests.adapters.providers.letter import EMAIL, ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.smtp_copies import BASE, KEY, A, R, fates, payload, readers, smtp
from tests.adapters.smtp_server import CLOSE, MailServer

Serve = Callable[..., MailServer]


def test_every_reader_has_a_message_and_a_sender_of_his_own_over_one_connection(mail_server: Serve) -> None:
    server = mail_server()
    provider = smtp(server.port)
    receipts = [provider.submit(payload(3)) for _ in range(2)]
    assert [(receipt.outcome, fates(receipt)) for receipt in receipts] == [(A, {1: A, 2: A, 3: A})] * 2
    assert receipts[0].reference == "end of data: 250 2.0.0 Ok: queued as 4B1D"
    assert server.receivers() == [f"reader{n}@example.org" for n in (1, 2, 3, 1, 2, 3)]
    assert len(server.conversations) == 1
    for number, (sender, _, data) in zip((1, 2, 3), server.complete, strict=False):
        assert delivery([sender], base=BASE, keys={KEY_ID: KEY}) == number
        assert data == payload(3).copies[number - 1].content
        assert b"https://example.org/u/%d" % number in data


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(mail_server: Serve) -> None:
    server = mail_server()
    email = replace(EMAIL, text=".\n..\n.hidden\n.\n")
    made = smtp(25).payload(email, ENVELOPE, readers(1), tag=TAG)
    assert smtp(server.port).submit(made).outcome is A
    assert server.complete[0][2] == made.copies[0].content
    assert b"\r\n.hidden\r\n" in made.copies[0].content


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_out_of_its_message(title: str, mail_server: Serve) -> None:
    """A bare line feed or return is what smuggles a second mail past servers that read ends of lines differently."""
    server = mail_server()
    email = replace(EMAIL, subject=title, html=f"{title}\n.\r\nMAIL FROM:<x@y>\r", text=f"{title}\r.\r\n.\n")
    assert smtp(server.port).submit(smtp(25).payload(email, ENVELOPE, readers(2), tag=TAG)).outcome is A
    assert len(server.complete) == 2
    assert not any(re.search(rb"\r(?!\n)|(?<!\r)\n", data) for _, _, data in server.complete)


def test_an_idle_connection_found_dead_is_opened_anew(mail_server: Serve) -> None:
    server = mail_server({"MAIL": ["250 ok", CLOSE]})
    provider = smtp(server.port)
    assert provider.submit(payload(1)).outcome is A
    assert provider.submit(payload(1)).outcome is A
    assert len(server.complete) == len(server.conversations) == 2


def test_a_connection_that_was_idle_for_long_is_not_trusted(
    mail_server: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_turn, "IDLE_SECONDS", -1.0)
    server = mail_server()
    provider = smtp(server.port)
    assert [provider.submit(payload(1)).outcome for _ in range(2)] == [A, A]
    assert server.conversations[0][-1].upper() == "QUIT"


def test_connections_are_kept_for_the_next_who_asks_and_take_leave_at_the_end(mail_server: Serve) -> None:
    server = mail_server()
    provider = smtp(server.port)
    with_all = threading.Barrier(3)

    def send(by: Smtp) -> None:
        with_all.wait()
        by.submit(payload(2))

    for _ in range(2):
        threads = [threading.Thread(target=send, args=(provider,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.complete) == 12
    assert 1 <= len(server.conversations) <= 3
    del provider, threads
    gc.collect()
    assert [said[-1].upper() for said in server.conversations] == ["QUIT"] * len(server.conversations)


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org>\r\nRCPT TO:<b@example.org",
        "jürgen@example.org",  # would want SMTPUTF8 of every server on the way (RFC 6531)
        "reader@bücher.example",
        "a b@example.org",
        "",
    ],
)
def test_an_address_that_no_envelope_takes_is_refused_alone(address: str, mail_server: Serve) -> None:
    wrong = readers(1)[0]._replace(delivery_id=9, address=address)
    made = smtp(25).payload(EMAIL, ENVELOPE, (wrong, *readers(1)), tag=TAG)
    receipt = smtp(mail_server().port).submit(made)
    assert (receipt.outcome, fates(receipt)) == (A, {9: R, 1: A})
    alone = smtp(25).payload(EMAIL, ENVELOPE, (wrong,), tag=TAG)
    refused = smtp(25).submit(alone)
    assert fates(refused) == {9: R}
    assert refused.fates[0].detail == "the address of delivery 9 cannot stand in a header."


def test_what_a_server_says_of_an_address_is_kept_without_the_address(mail_server: Serve) -> None:
    server = mail_server({"RCPT": ["550 5.1.1 <Reader1@Example.org>: unknown"]})
    (fate,) = smtp(server.port).submit(payload(1)).fates
    assert fate.detail == "RCPT TO: 550 5.1.1 <(reader)>: unknown"


def test_the_password_is_handed_over_and_stands_in_no_repr(mail_server: Serve) -> None:
    server = mail_server()
    provider = smtp(server.port, username="us", password="canary", ehlo_name="news.example.org")
    assert provider.submit(payload(1)).outcome is A
    assert server.conversations[0][0].lower() == "ehlo news.example.org"
    assert server.conversations[0][1] == "AUTH PLAIN AHVzAGNhbmFyeQ=="
    assert "canary" not in repr(vars(provider)["_lines"]._door)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"host": "mail.example.org"}, "this machine alone"),
        ({"username": "us"}, "username and password"),
        ({"username": "us", "password": "pässword"}, "ASCII"),
        ({"imap_host": "i.example", "imap_user": "us", "imap_password": "pässword"}, "imap_folder must be ASCII"),
        ({"imap_host": "i.example", "imap_user": "us", "imap_password": "p", "imap_folder": "Rücklauf"}, "ASCII"),
        ({"host": "mail..example.org", "security": "tls"}, "host 'mail..example.org' is no name"),
        ({"host": f"{'m' * 64}.example", "security": "tls"}, "is no name of a server"),
        ({"imap_host": ".example", "imap_user": "us", "imap_password": "p"}, "imap_host '.example' is no name"),
        ({"dkim_domain": "example.org", "dkim_selector": "s1"}, "dkim_"),
        ({"maildir": "/var/mail/bounces", "imap_host": "imap.example.org"}, "not to both"),
        ({"imap_host": "imap.example.org", "imap_user": "bounces"}, "imap_host, imap_user"),
        ({"bounce_address": "bounces"}, "bounce address"),
        ({"bounce_address": f"{'b' * 38}@example.org"}, "at most 37"),
        ({"dkim_domain": "example.org", "dkim_selector": "s1", "dkim_key": "canary"}, "no private key in PEM"),
    ],
)
def test_options_that_do_not_go_together_are_refused_at_once(options: dict[str, object], what: str) -> None:
    with pytest.raises(ConfigError, match=what) as refused:
        smtp(25, **options)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("limit", [0.2, 1, 1.5, 9, 50, 100, 1000])
def test_a_limit_by_the_second_counts_copies_and_no_batch_has_more(limit: float) -> None:
    provider = smtp(25, per_second=limit)
    assert provider.per_second * provider.batch_size == pytest.approx(limit)
    assert provider.batch_size <= max(1, limit)


def test_a_batch_that_was_cut_under_another_limit_is_still_taken() -> None:
    assert len(smtp(25, per_second=2).payload(EMAIL, ENVELOPE, readers(50), tag=TAG).copies) == 50


def test_bounces_are_read_only_where_a_mailbox_is_named() -> None:
    with pytest.raises(ProviderMisused, match="no mailbox is named"):
        smtp(25).pull(since=ENVELOPE.sent_at)

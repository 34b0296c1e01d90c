"""What is known of each copy over SMTP when an answer is no, or none, or comes too late."""

import socket
from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.adapters import smtp_line, smtp_receipt, smtp_turn
from digest.adapters.providers.smtp import SmtpPayload
from digest.deliver.replies import Verdict
from digest.model.mail import Outcome
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.adapters.providers.smtp_copies import A, L, R, fates, payload, readers, smtp
from tests.adapters.smtp_server import CLOSE, HANG, RESET, MailServer, Script

Serve = Callable[..., MailServer]


@pytest.mark.parametrize(
    ("script", "known"),
    [
        ({"RCPT": ["250 ok", "550 5.1.1 no such user"]}, {1: A, 2: R, 3: A}),
        ({"RCPT": ["250 ok", "450 4.2.1 mailbox busy"]}, {1: A, 2: L, 3: A}),
        ({"RCPT": ["250 ok", "452 4.3.1 storage"]}, {1: A, 2: L, 3: A}),
        ({"RCPT": ["250 ok", "552 too many recipients"]}, {1: A, 2: L, 3: A}),
        ({"RCPT": ["250 ok", "552 5.2.2 mailbox full"]}, {1: A, 2: R, 3: A}),
        ({"RCPT": ["250 ok", "550 not here"]}, {1: A, 2: R, 3: A}),
        ({"RCPT": ["550 5.7.1 not this one", "250 ok"]}, {1: R, 2: A, 3: A}),
        ({"DATA": ["354 go", "451 4.3.0 try later"]}, {1: A, 2: L, 3: A}),
        ({"DATA": ["354 go", "554 5.5.1 no valid recipients"]}, {1: A, 2: R, 3: A}),
        ({"END": ["250 ok", "451 4.7.1 greylisted"]}, {1: A, 2: L, 3: A}),
        ({"END": ["250 ok", "554 5.6.0 content"]}, {1: A, 2: R, 3: A}),
        ({"END": ["250 ok", "552 5.3.4 too long"]}, {1: A, 2: R, 3: A}),
        ({"END": ["250 ok", "421 4.3.2 going down"]}, {1: A, 2: L, 3: A}),
    ],
)
def test_an_answer_about_one_reader_is_about_no_other(script: Script, known: object, mail_server: Serve) -> None:
    server = mail_server(script)
    receipt = smtp(server.port).submit(payload(3))
    assert (receipt.outcome, fates(receipt), receipt.halts) == (A, known, False)


@pytest.mark.parametrize(
    ("script", "known"),
    [
        ({"MAIL": ["250 ok", "451 4.3.0 later"]}, {1: A, 2: L, 3: L}),
        ({"MAIL": ["250 ok", "452 4.3.1 disk full"]}, {1: A, 2: L, 3: L}),
        ({"MAIL": ["250 ok", "250 ok", "000 what"]}, {1: A, 2: A, 3: A}),
    ],
)
def test_an_answer_about_the_sender_is_about_all_that_follow(script: Script, known: object, mail_server: Serve) -> None:
    server = mail_server(script)
    receipt = smtp(server.port).submit(payload(3))
    assert (receipt.outcome, fates(receipt), receipt.halts) == (A, known, False)


@pytest.mark.parametrize(
    ("script", "options"),
    [
        ({"greeting": ["554 5.7.1 no mail from you"]}, {}),
        ({"EHLO": ["550 no"], "HELO": ["550 no"]}, {}),
        ({"AUTH": ["535 5.7.8 wrong password"]}, {"username": "us", "password": "canary"}),
        ({"EHLO": ["250 mail.example"]}, {"username": "us", "password": "canary"}),
        ({}, {"security": "starttls"}),
        ({"MAIL": ["530 5.7.0 authentication required"]}, {}),
        ({"MAIL": ["550 5.1.8 bad sender"]}, {}),
        ({"RCPT": ["554 5.7.1 relay access denied"] * 3}, {}),
        ({"RCPT": ["550 relay not permitted"] * 3}, {}),
        ({"END": ["550 5.7.1 looks like spam"] * 3}, {}),
    ],
)
def test_who_is_refused_as_a_sender_loses_no_reader_and_goes_no_further(
    script: Script, options: dict[str, object], mail_server: Serve
) -> None:
    receipt = smtp(mail_server(script).port, **options).submit(payload(3))
    assert (receipt.outcome, receipt.halts, receipt.fates) == (L, True, ())
    assert receipt.detail
    assert "canary" not in repr(receipt)


def test_a_reader_who_does_not_exist_halts_nothing_even_if_he_is_the_only_one(mail_server: Serve) -> None:
    receipt = smtp(mail_server({"RCPT": ["550 5.1.1 no such user"]}).port).submit(payload(1))
    assert (receipt.outcome, receipt.halts, fates(receipt)) == (R, False, {1: R})


def test_once_a_server_has_taken_a_copy_a_refusal_is_the_readers(mail_server: Serve) -> None:
    provider = smtp(mail_server({"RCPT": ["250 ok", "550 no"]}).port)
    assert provider.submit(payload(1)).outcome is A
    receipt = provider.submit(payload(1))
    assert (receipt.outcome, receipt.halts) == (R, False)


def test_one_alone_who_is_refused_before_anybody_was_taken_is_tried_again_until_there_are_too_many(
    mail_server: Serve,
) -> None:
    """Who was put off is tried by another process, and alone: his server's «550 no» is no reason to pause."""
    provider = smtp(mail_server({"RCPT": ["550 no"] * (smtp_receipt.MOST_REFUSED + 1)}).port)
    for _ in range(smtp_receipt.MOST_REFUSED):
        receipt = provider.submit(payload(1))
        assert (receipt.outcome, receipt.halts, receipt.fates) == (L, False, ())
    receipt = provider.submit(payload(1))
    assert (receipt.outcome, receipt.halts, receipt.fates) == (L, True, ())


def test_where_a_server_stops_taking_copies_the_rest_is_kept_not_refused(mail_server: Serve) -> None:
    """As at the end of a day's quota: a policy's refusal, copy after copy, batch after batch."""
    quota = ["250 ok"] * 3 + ["550 5.7.1 no more today"] * 40
    provider = smtp(mail_server({"RCPT": ["250 ok", "550 5.7.1 not him", *quota]}).port)
    first = provider.submit(payload(5 + smtp_receipt.MOST_REFUSED))
    assert (first.outcome, first.halts) == (A, False)
    assert fates(first) == {1: A, 2: R, 3: A, 4: A, 5: A} | dict.fromkeys(range(6, 16), R)
    second = provider.submit(payload(2))
    assert (second.outcome, second.halts, second.fates) == (L, True, ())


def test_of_a_batch_at_which_a_server_stops_the_copies_before_are_as_they_are(mail_server: Serve) -> None:
    quota = ["250 ok", "550 5.1.1 unknown"] + ["550 5.7.1 no more today"] * 40
    receipt = smtp(mail_server({"RCPT": quota}).port).submit(payload(20))
    assert (receipt.outcome, receipt.halts) == (A, True)
    assert fates(receipt) == {1: A, 2: R} | dict.fromkeys(range(3, 21), L)


@pytest.mark.parametrize("at", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("end", [CLOSE, RESET])
def test_a_connection_lost_before_the_dot_handed_nothing_over_and_the_next_one_goes_on(
    at: str, end: str, mail_server: Serve
) -> None:
    server = mail_server({at: [end]})
    receipt = smtp(server.port).submit(payload(3))
    if at in {"greeting", "EHLO"}:
        assert (receipt.outcome, receipt.halts, server.complete) == (L, False, [])
    else:
        assert (receipt.outcome, fates(receipt)) == (A, {1: L, 2: A, 3: A})
        assert server.receivers() == ["reader2@example.org", "reader3@example.org"]


@pytest.mark.parametrize("end", [CLOSE, RESET])
def test_a_connection_lost_in_the_middle_of_the_data_handed_nothing_over(end: str, mail_server: Serve) -> None:
    server = mail_server({"body": [end]})
    long = replace(EMAIL, text="A line of a letter that fills every buffer on the way.\n" * 200_000)
    (first,) = smtp(25).payload(long, ENVELOPE, readers(1), tag=TAG).copies
    receipt = smtp(server.port).submit(SmtpPayload(copies=(first, *payload(2).copies[1:])))
    assert (receipt.outcome, fates(receipt)) == (A, {1: L, 2: A})


@pytest.mark.parametrize("end", [CLOSE, RESET])
def test_where_the_dot_had_left_us_nothing_is_known_whatever_the_server_read(end: str, mail_server: Serve) -> None:
    """A short letter is with the system, dot and all, before a server that hangs up in the middle of it is noticed."""
    server = mail_server({"body": [end]})
    receipt = smtp(server.port).submit(payload(2))
    assert (receipt.outcome, fates(receipt), server.complete) == (Outcome.UNCERTAIN, {2: L}, [])


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("end", [CLOSE, RESET, "421 4.4.2 too long a session"])
def test_a_copy_is_begun_again_where_a_connection_that_had_worked_ends_before_its_dot(
    at: str, end: str, mail_server: Serve
) -> None:
    usual = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go"}[at]
    server = mail_server({at: [usual, end]})
    receipt = smtp(server.port).submit(payload(3))
    assert (receipt.outcome, fates(receipt)) == (A, {1: A, 2: A, 3: A})
    assert server.receivers() == [f"reader{n}@example.org" for n in (1, 2, 3)]
    assert len(server.conversations) == 2


@pytest.mark.parametrize("end", [CLOSE, RESET, HANG, "25", "what?", "354 go on", "199 hm"])
def test_an_answer_lost_after_the_dot_leaves_one_copy_in_doubt_and_the_rest_untried(
    end: str, mail_server: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_line, "ANSWER_TO_END_SECONDS", 0.2)
    server = mail_server({"END": ["250 ok", end]})
    receipt = smtp(server.port).submit(payload(4))
    assert (receipt.outcome, fates(receipt), receipt.halts) == (Outcome.UNCERTAIN, {1: A, 3: L, 4: L}, False)
    assert server.receivers() == ["reader1@example.org", "reader2@example.org"]
    assert receipt.detail.startswith("delivery 2: ")


def test_a_server_that_lets_go_of_every_connection_is_left_alone_after_a_few(mail_server: Serve) -> None:
    server = mail_server(*[{"RCPT": [CLOSE]}] * 10)
    receipt = smtp(server.port).submit(payload(9))
    assert (receipt.outcome, receipt.fates) == (L, ())
    assert len(server.conversations) == smtp_turn.MOST_LOST
    assert server.complete == []


@pytest.mark.parametrize(
    ("script", "options"),
    [
        ({"greeting": ["421 4.7.0 too many connections"]}, {}),
        ({"EHLO": ["421 4.3.2 going down"], "HELO": ["421 4.3.2 going down"]}, {}),
        ({"AUTH": ["454 4.7.0 not now"]}, {"username": "us", "password": "canary"}),
        (
            {"EHLO": ["250-mail.example\r\n250 STARTTLS"], "STARTTLS": ["454 4.7.0 no TLS now"]},
            {"security": "starttls"},
        ),
    ],
)
def test_a_server_that_has_no_time_for_us_now_is_asked_again_later(
    script: Script, options: dict[str, object], mail_server: Serve
) -> None:
    server = mail_server(script)
    receipt = smtp(server.port, **options).submit(payload(3))
    assert (receipt.outcome, receipt.halts, receipt.fates) == (L, False, ())
    assert (len(server.conversations), server.complete) == (1, [])


def test_where_nobody_answers_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    receipt = smtp(port).submit(payload(2))
    assert (receipt.outcome, receipt.halts, receipt.fates) == (L, False, ())


def test_a_batch_that_takes_too_long_gives_back_who_was_not_tried(mail_server: Serve) -> None:
    server = mail_server()
    provider = smtp(server.port)
    given = tuple(smtp_turn.answers(payload(3).copies, provider._lines, last_begin=-1.0))
    assert [answer.verdict for answer in given] == [Verdict.ALL_LATER] * 3
    assert server.conversations == []


@pytest.mark.parametrize("late", ["EHLO", "MAIL"])
def test_no_copy_is_begun_when_its_connection_was_had_or_lost_too_late(late: str, mail_server: Serve) -> None:
    """So that a turn ends within the lease of its batch, however slowly a server answers."""
    server = mail_server({"MAIL": ["250 ok", CLOSE]})

    def elapsed() -> float:
        said = [word.upper() for words in server.conversations for word in words]
        return 100.0 * (sum(word.startswith(late) for word in said) == {"EHLO": 1, "MAIL": 2}[late])

    given = tuple(smtp_turn.answers(payload(3).copies, smtp(server.port)._lines, elapsed=elapsed))
    taken = {"EHLO": [], "MAIL": [Verdict.TAKEN]}[late]
    assert [answer.verdict for answer in given] == taken + [Verdict.ALL_LATER] * (3 - len(taken))
    assert (len(server.complete), len(server.conversations)) == (len(taken), 1)

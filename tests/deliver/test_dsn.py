"""A message from the bounce mailbox -> what it reports, if it is a report and proven."""

import re
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import dsn
from digest.deliver.dsn import reports
from digest.deliver.verp import bounce_address
from digest.model.feedback import BounceClass, Event, EventKind

KEY = b"0123456789abcdef"
BASE = "bounces@lists.example.org"
NOW = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
OURS = bounce_address(BASE, 7, key=KEY, key_id=1)

DSN = f"""\
Return-Path: <>
Delivered-To: {OURS}
Date: Fri, 15 May 2026 08:31:09 +0100 (BST)
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {OURS}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4B1D.1747/mx.example.net"
Message-Id: <20260515073109.9A1@mx.example.net>

This is a MIME-encapsulated message.

--4B1D.1747/mx.example.net
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4B1D.1747/mx.example.net
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Fri, 15 May 2026 08:30:00 +0100 (BST)

Final-Recipient: rfc822; reader7@example.net
Original-Recipient: rfc822;reader7@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 5.1.1 <reader7@example.net>: Recipient address
    rejected: User unknown

--4B1D.1747/mx.example.net
Content-Type: text/rfc822-headers

Return-Path: <{OURS}>
Message-ID: <7.0b5f5b0e-58d2-5f8e-8d0c-6f6d1d0f7b11@example.org>
Subject: Nurses

--4B1D.1747/mx.example.net--
"""
ARF = f"""\
From: <feedback@mail.example.net>
To: <fbl@lists.example.org>
Message-ID: <fbl.1@mail.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type="feedback-report"; boundary=part

--part
Content-Type: text/plain

This is an email abuse report.
--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{OURS}>
Original-Rcpt-To: <reader7@example.org>
Arrival-Date: Thu, 14 May 2026 14:00:00 EDT

--part
Content-Type: message/rfc822

Return-Path: <{OURS}>
Message-ID: <7.batch-1@example.org>
Subject: Nurses

The letter.
--part--
"""
ANSWER = f"""\
Return-Path: <>
Delivered-To: {OURS}
Auto-Submitted: auto-replied
Subject: Out of office
Content-Type: text/plain

I am away. Status: 5.1.1
"""


def read(message: str, *, key: bytes = KEY, received: datetime = NOW) -> tuple[Event, ...]:
    return reports(message.encode(), provider="smtp", base=BASE, keys={1: key}, received=received)


def one(message: str) -> Event:
    (event,) = read(message)
    return event


def changed(**given: str) -> str:
    """The report with other values in fields of its second group."""
    made = DSN
    for field, value in given.items():
        made, count = re.subn(rf"(?m)^{field}: .*(\n[ \t].*)*", f"{field}: {value}", made)
        assert count == 1
    return made


def test_a_bounce_says_whose_copy_it_was_and_why() -> None:
    event = one(DSN)
    assert (event.provider, event.kind, event.bounce) == ("smtp", EventKind.BOUNCED, BounceClass.HARD)
    assert (event.delivery_id, event.batch_id) == (7, "0b5f5b0e-58d2-5f8e-8d0c-6f6d1d0f7b11")
    assert (event.address, event.status) == ("reader7@example.org", "5.1.1")
    assert event.detail == "550 5.1.1 <reader7@example.net>: Recipient address rejected: User unknown"
    assert event.at == datetime(2026, 5, 15, 7, 31, 9, tzinfo=UTC)
    assert event.payload.startswith("Reporting-MTA: dns; mx.example.net")
    assert "Nurses" not in event.payload
    assert event.is_sealed
    assert not event.speaks_for_batch


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_may_end_as_they_like(ends: str) -> None:
    assert one(DSN.replace("\n", ends)) == one(DSN)
    assert one(DSN.replace("Message-Id: ", "X-Id: ").replace("\n", ends)) == one(DSN.replace("Message-Id: ", "X-Id: "))


@pytest.mark.parametrize(
    ("fields", "kind", "bounce", "status"),
    [
        ({}, EventKind.BOUNCED, BounceClass.HARD, "5.1.1"),
        ({"Status": "5.2.2"}, EventKind.BOUNCED, BounceClass.SOFT, "5.2.2"),
        ({"Status": "5.7.1"}, EventKind.BOUNCED, BounceClass.OURS, "5.7.1"),
        ({"Status": "4.4.7"}, EventKind.BOUNCED, BounceClass.SOFT, "4.4.7"),
        ({"Status": "5.0.0"}, EventKind.BOUNCED, BounceClass.HARD, "5.1.1"),
        ({"Status": "5.0.0", "Diagnostic-Code": "smtp; 550 no"}, EventKind.BOUNCED, BounceClass.SOFT, "5.0.0"),
        ({"Status": "", "Diagnostic-Code": "x-unix; gone"}, EventKind.BOUNCED, BounceClass.SOFT, ""),
        ({"Status": "5.1.1 (bad destination)", "Action": "FAILED"}, EventKind.BOUNCED, BounceClass.HARD, "5.1.1"),
        ({"Action": "delayed", "Status": "4.4.1"}, EventKind.DEFERRED, None, "4.4.1"),
        ({"Action": "delivered", "Status": "2.1.5"}, EventKind.DELIVERED, None, "2.1.5"),
        ({"Action": "relayed", "Status": "2.1.9"}, EventKind.ACCEPTED, None, "2.1.9"),
        ({"Action": "expanded", "Status": "2.1.5"}, EventKind.DELIVERED, None, "2.1.5"),
        ({"Action": "teleported"}, EventKind.UNKNOWN, None, "5.1.1"),
        ({"Action": ""}, EventKind.UNKNOWN, None, "5.1.1"),
    ],
)
def test_every_action_has_its_word_and_every_failure_its_class(
    fields: dict[str, str], kind: EventKind, bounce: BounceClass | None, status: str
) -> None:
    event = one(changed(**fields))
    assert (event.kind, event.bounce, event.status) == (kind, bounce, status)


def test_each_recipient_of_a_report_is_told_of_up_to_a_bound() -> None:
    group = "Final-Recipient: rfc822; other@example.net\nAction: delayed\nStatus: 4.2.0\n\n"
    more = DSN.replace("Final-Recipient", group * 3 + "Final-Recipient")
    assert [event.kind for event in read(more)] == [EventKind.DEFERRED] * 3 + [EventKind.BOUNCED]
    assert len({event.id for event in read(more)}) == 4
    assert len(read(DSN.replace("Final-Recipient", group * 500 + "Final-Recipient"))) == dsn.MOST_RECIPIENTS


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To"])
def test_whom_it_came_to_is_read_from_whatever_header_the_mailbox_writes(field: str) -> None:
    bare = DSN.replace(OURS, "bounces@lists.example.org")
    assert one(f"{field}: <{OURS.upper()}>\n{bare}").delivery_id == 7


def test_the_returned_copys_own_sender_proves_as_well() -> None:
    head, _, rest = DSN.partition("\n\n")
    assert one(f"{head.replace(OURS, 'bounces@lists.example.org')}\n\n{rest}").delivery_id == 7


def test_a_report_without_a_proof_is_counted_and_believed_in_nothing() -> None:
    forged = bounce_address(BASE, 7, key=KEY[::-1], key_id=1)
    for message in (DSN.replace(OURS, "desk@example.org"), DSN.replace(OURS, forged)):
        event = one(message)
        assert (event.kind, event.delivery_id, event.batch_id) == (EventKind.UNKNOWN, 0, "")
        assert (event.address, event.status, event.bounce, event.payload) == ("", "", None, "")
        assert event.detail.startswith("a report that is not proven")
    assert one(DSN.replace(OURS, forged)).id == one(DSN.replace(OURS, forged)).id


def test_a_batch_is_believed_only_with_its_own_delivery() -> None:
    assert one(DSN.replace("<7.0b5f", "<8.0b5f")).batch_id == ""
    assert one(DSN.replace("Message-ID: <7.", "X-Message-ID: <7.")).batch_id == ""


def test_a_complaint_is_told_with_the_readers_address() -> None:
    event = one(ARF)
    assert (event.kind, event.bounce, event.delivery_id) == (EventKind.COMPLAINED, None, 7)
    assert (event.batch_id, event.address, event.detail) == ("batch-1", "reader7@example.org", "abuse")
    assert event.at == NOW


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("fraud", EventKind.COMPLAINED),
        ("opt-out", EventKind.UNSUBSCRIBED),
        ("not-spam", EventKind.UNKNOWN),
        ("virus", EventKind.UNKNOWN),
        ("new in 2027", EventKind.UNKNOWN),
    ],
)
def test_feedback_of_other_kinds_has_its_word(said: str, kind: EventKind) -> None:
    assert one(ARF.replace("Feedback-Type: abuse", f"Feedback-Type: {said}")).kind is kind


@pytest.mark.parametrize(
    "message",
    [
        ANSWER,
        "",
        "\n",
        "Subject: hello\n\nDear editors",
        DSN.replace("multipart/report", "multipart/mixed"),
        DSN.replace("report-type=delivery-status", "report-type=disposition-notification"),
        DSN.replace("report-type=delivery-status;", ""),
        DSN.replace("message/delivery-status", "text/plain"),
        DSN.replace('boundary="4B1D.1747/mx.example.net"', 'boundary=""'),
        DSN.replace('boundary="4B1D.1747/mx.example.net"', "boundary=other"),
    ],
)
def test_what_is_no_report_is_left_alone(message: str) -> None:
    assert read(message) == ()


def test_a_report_read_again_has_the_same_name_and_no_other_copy_can_have_it() -> None:
    assert one(DSN).id == one(f"X-Spam: no\n{DSN}").id
    assert one(DSN).id != one(DSN.replace(OURS, bounce_address(BASE, 8, key=KEY, key_id=1))).id
    without = DSN.replace("Message-Id: ", "X-Id: ")
    assert one(without).id == one(without).id != one(DSN).id


def test_a_report_that_was_written_tomorrow_happened_when_it_came() -> None:
    early = NOW - timedelta(days=30)
    (event,) = read(DSN, received=early)
    assert event.at == early


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 May 2026 08:31:09 +0100", "1 Jan 2026 00:00:00 +9999999"])
def test_a_date_that_is_none_falls_back_to_when_it_came(date: str) -> None:
    assert one(DSN.replace("Fri, 15 May 2026 08:31:09 +0100 (BST)", date)).at == NOW


def test_a_report_may_say_when_it_was_tried_last() -> None:
    made = DSN.replace("Action:", "Last-Attempt-Date: Fri, 15 May 2026 07:30:59 +0000\nAction:")
    assert one(made).at == datetime(2026, 5, 15, 7, 30, 59, tzinfo=UTC)


def test_a_long_letter_behind_the_report_is_not_looked_at() -> None:
    assert one(DSN.replace("Subject: Nurses", "Subject: Nurses\n\n" + "x" * 3_000_000)).status == "5.1.1"


HOSTILE = {
    "parts within parts": DSN.replace(
        "Subject: Nurses", "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(20_000))
    ),
    "letters within letters": DSN + "Content-Type: message/rfc822\n\n" * 100_000,
    "many parts": DSN.replace("--4B1D.1747/mx.example.net\n", "--4B1D.1747/mx.example.net\n" * 40_000, 1),
    "many fields": DSN.replace("Reporting-MTA", "X: y\n" * 200_000 + "Reporting-MTA"),
    "a long fold": DSN.replace("Reporting-MTA", "X: y" + "\n " * 300_000 + "\nReporting-MTA"),
    "a long line": "X" * 900_000 + DSN,
    "many addresses": f"To: {'bounces+' * 100_000}\n{DSN}",
    "empty lines": DSN.replace("Reporting-MTA", "\n" * 900_000 + "Reporting-MTA"),
    "semicolons": DSN.replace("multipart/report;", "multipart/report" + "; " * 30_000 + ";"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bomb_costs_no_more_than_a_few_times_its_own_size(name: str) -> None:
    message = HOSTILE[name].encode()
    tracemalloc.start()
    try:
        events = reports(message, provider="smtp", base=BASE, keys={1: KEY}, received=NOW)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 20 * dsn.LARGEST
    assert all(event.delivery_id in {0, 7} for event in events)


@given(st.binary(max_size=600))
def test_no_bytes_at_all_are_a_reason_to_fall_over(message: bytes) -> None:
    assert reports(message, provider="smtp", base=BASE, keys={1: KEY}, received=NOW) == ()


@given(st.sampled_from([DSN, ARF]), st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=8)), max_size=12))
def test_a_report_that_was_damaged_is_believed_only_about_its_own_copy(
    report: str, damages: list[tuple[int, bytes]]
) -> None:
    message = bytearray(report.encode())
    for place, written in damages:
        message[place : place + len(written)] = written
    for event in reports(bytes(message), provider="smtp", base=BASE, keys={1: KEY}, received=NOW):
        assert event.delivery_id in {0, 7}
        assert event.at <= NOW
        assert (event.bounce is not None) == (event.kind is EventKind.BOUNCED)

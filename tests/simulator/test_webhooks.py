"""Webhooks: what they say, how they are proved (each proof checked as its receiver would), and how often they come."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
import requests

from digest.simulator.script import Script
from digest.simulator.server import Habits, Running, simulator
from digest.simulator.webhooks import Attempt
from tests.simulator.calls import TAG, readers
from tests.simulator.receiver import READERS, Got, confirmed, habits, is_svix, receiving, sent


def events(name: str, got: list[Got]) -> list[tuple[str, str]]:
    """Every event as (address, the provider's own words for it)."""
    found: list[tuple[str, str]] = []
    for each in got:
        said: Any = json.loads(each.body)
        match name:
            case "mailgun":
                data = said["event-data"]
                found.append((data["recipient"], f"{data['event']} {data.get('severity', '')}".strip()))
            case "ses":
                if said["Type"] == "Notification":
                    inner = json.loads(said["Message"])
                    kind = inner.get("bounce", {}).get("bounceType", "")
                    found.append((inner["mail"]["destination"][0], f"{inner['eventType']} {kind}".strip()))
            case "resend":
                kind = said["data"].get("bounce", {}).get("type", "")
                found.append((said["data"]["to"][0], f"{said['type']} {kind}".strip()))
            case "brevo":
                found.append((said["email"], said["event"]))
            case "postmark":
                found.append(
                    (said.get("Recipient") or said["Email"], f"{said['RecordType']} {said.get('Type', '')}".strip())
                )
            case _:
                found += [(one["email"], f"{one['event']} {one.get('type', '')}".strip()) for one in said]
    return sorted(found)


R, H, S, P, C, U = READERS
EXPECTED = {
    "mailgun": [
        *((address, "accepted") for address in READERS),
        (R, "delivered"),
        (H, "failed permanent"),
        (S, "failed temporary"),
        (P, "failed permanent"),
        (C, "delivered"),
        (C, "complained"),
        (U, "delivered"),
        (U, "unsubscribed"),
    ],
    "ses": [
        *((address, "Send") for address in READERS),
        (R, "Delivery"),
        (H, "Bounce Permanent"),
        (S, "Bounce Transient"),
        (P, "Bounce Transient"),
        (C, "Delivery"),
        (C, "Complaint"),
        (U, "Delivery"),
        (U, "Subscription"),
    ],
    "resend": [
        *((address, "email.sent") for address in READERS),
        (R, "email.delivered"),
        (H, "email.bounced Permanent"),
        (S, "email.bounced Transient"),
        (P, "email.bounced Transient"),
        (C, "email.delivered"),
        (C, "email.complained"),
        (U, "email.delivered"),
    ],
    "brevo": [
        *((address, "request") for address in READERS),
        (R, "delivered"),
        (H, "hard_bounce"),
        (S, "soft_bounce"),
        (P, "soft_bounce"),
        (C, "delivered"),
        (C, "spam"),
        (U, "delivered"),
        (U, "unsubscribed"),
    ],
    "postmark": [
        (R, "Delivery"),
        (H, "Bounce HardBounce"),
        (S, "Bounce SoftBounce"),
        (P, "Bounce Blocked"),
        (C, "Delivery"),
        (C, "SpamComplaint SpamComplaint"),
        (U, "Delivery"),
        (U, "SubscriptionChange"),
    ],
    "sendgrid": [
        *((address, "processed") for address in READERS),
        (R, "delivered"),
        (H, "bounce bounce"),
        (S, "bounce blocked"),
        (P, "bounce blocked"),
        (C, "delivered"),
        (C, "spamreport"),
        (U, "delivered"),
        (U, "unsubscribe"),
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_thing_that_becomes_of_a_copy_is_told_in_the_providers_words(name: str) -> None:
    with receiving() as receiver, simulator(name, habits=habits(receiver)) as running:
        if name == "ses":
            confirmed(running, receiver)
        sent(name, running, READERS)
        expected = sorted(EXPECTED[name])
        deadline = time.monotonic() + 10
        while len(events(name, list(receiver.got))) < len(expected) and time.monotonic() < deadline:
            time.sleep(0.005)
        assert events(name, list(receiver.got)) == expected
        assert {attempt.status for attempt in running.attempts()} == {200}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_webhook_names_the_batch_and_the_delivery(name: str) -> None:
    with receiving() as receiver, simulator(name, habits=habits(receiver)) as running:
        if name == "ses":
            confirmed(running, receiver)
        sent(name, running, READERS[1:2])
        body = receiver.waits_for(len(receiver.got) + 1)[-1].body
    assert TAG.encode() in body
    assert b"delivery" in body


def playing(**webhooks: Any) -> Script:
    return Script.model_validate({"webhooks": webhooks})


def test_a_script_doubles_webhooks_byte_for_byte() -> None:
    with receiving() as receiver, simulator("resend", habits=habits(receiver), script=playing(times=3)) as running:
        sent("resend", running, READERS[:1])
        got = receiver.waits_for(6)
    assert got[0] == got[1] == got[2]
    assert got[3] == got[4] == got[5] != got[0]


def attempted(running: Running, count: int) -> list[Attempt]:
    """What was tried, once there is so much."""
    deadline = time.monotonic() + 10
    while len(running.attempts()) < count and time.monotonic() < deadline:
        time.sleep(0.005)
    assert len(running.attempts()) >= count
    return running.attempts()


def test_a_script_drops_webhooks() -> None:
    with receiving() as receiver, simulator("brevo", habits=habits(receiver), script=playing(times=0)) as running:
        sent("brevo", running, READERS[:1])
        assert {attempt.tries for attempt in attempted(running, 2)} == {0}
        assert receiver.got == []


def test_a_script_shuffles_webhooks() -> None:
    orders = []
    for shuffle in (False, True):
        with receiving() as receiver:
            script = playing(shuffle=shuffle, delay=30)  # late, so that all are due at once
            with simulator("brevo", habits=habits(receiver), script=script) as running:
                sent("brevo", running, readers(20))
                orders.append([json.loads(each.body)["email"] for each in receiver.waits_for(40)])
    assert orders[0] == readers(20) * 2
    assert orders[1] != orders[0]
    assert sorted(orders[1]) == sorted(orders[0])


def test_a_script_delays_webhooks_by_the_simulators_clock() -> None:
    with receiving() as receiver, simulator("brevo", habits=habits(receiver), script=playing(delay=3600)) as running:
        sent("brevo", running, READERS[:1])
        assert running.attempts() == []
        running.move_clock(timedelta(hours=1))
        assert len(receiver.waits_for(2)) == 2


@pytest.mark.parametrize("alter", ["signature", "body"])
def test_a_script_makes_a_signature_wrong(alter: str) -> None:
    with receiving() as receiver, simulator("resend", habits=habits(receiver), script=playing(alter=alter)) as running:
        sent("resend", running, READERS[:1])
        assert not any(is_svix(each, running.secret) for each in receiver.waits_for(2))


def test_a_webhook_that_is_not_taken_comes_again_under_the_same_id() -> None:
    with receiving(500, 404) as receiver, simulator("resend", habits=habits(receiver)) as running:
        sent("resend", running, READERS[:1])
        deadline = time.monotonic() + 10
        while len(receiver.got) < 4 and time.monotonic() < deadline:
            running.move_clock(timedelta(minutes=1))
            time.sleep(0.005)
        got = list(receiver.got)
        assert all(is_svix(each, running.secret) for each in got)
    assert len(got) == 4
    assert len({each.headers["svix-id"] for each in got}) == 2


@pytest.mark.parametrize(("name", "status"), [("mailgun", 406), ("postmark", 403)])
def test_a_receiver_can_say_that_it_wants_no_more(name: str, status: int) -> None:
    with receiving(*[status] * 2) as receiver, simulator(name, habits=habits(receiver)) as running:
        sent(name, running, READERS[:1])
        receiver.waits_for(1 if name == "postmark" else 2)
        running.move_clock(timedelta(days=2))
        sent(name, running, ["other@example.org"])
        receiver.waits_for(2 if name == "postmark" else 4)
        assert {attempt.tries for attempt in running.attempts()} == {1}


def test_where_nobody_receives_the_attempts_are_kept() -> None:
    with simulator("brevo", habits=Habits(webhook="http://127.0.0.1:1/hooks")) as running:
        sent("brevo", running, READERS[:1])
        assert {attempt.status for attempt in attempted(running, 2)} == {0}
        said = requests.get(f"{running.url}/_simulator/webhooks", timeout=10).text.splitlines()
    assert [json.loads(line)["status"] for line in said] == [0, 0]

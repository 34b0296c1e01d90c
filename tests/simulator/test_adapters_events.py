"""What a provider tells of copies, posted and proved as it does: read by its adapter, and the same when it is asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from operator import attrgetter

import pytest

from digest.errors import ProviderMisused, Unproven
from digest.model.feedback import BounceClass, Event, EventKind
from digest.model.mail import Outcome, Recipient
from digest.ports.world import Provider
from digest.simulator.script import Script
from digest.simulator.server import Running, simulator
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.simulator.receiver import READERS, Got, Receiver, confirmed, habits, receiving
from tests.simulator.roads import ROADS, batches, provider, readers

Told = tuple[EventKind, BounceClass | None, int]

ACCEPTED: list[Told] = [(EventKind.ACCEPTED, None, n) for n in range(1, 7)]
DELIVERED: list[Told] = [(EventKind.DELIVERED, None, n) for n in (1, 5, 6)]
BOUNCED: list[Told] = [
    (EventKind.BOUNCED, BounceClass.HARD, 2),
    (EventKind.BOUNCED, BounceClass.SOFT, 3),
    (EventKind.BOUNCED, BounceClass.OURS, 4),
]
COMPLAINED: list[Told] = [(EventKind.COMPLAINED, None, 5)]
LEFT: list[Told] = [(EventKind.UNSUBSCRIBED, None, 6)]
ALL = [*ACCEPTED, *DELIVERED, *BOUNCED, *COMPLAINED, *LEFT]

TOLD: Mapping[str, list[Told]] = {
    "mailgun": [*(told for told in ALL if told[1] is not BounceClass.SOFT), (EventKind.DEFERRED, None, 3)],
    "postmark": [told for told in ALL if told not in ACCEPTED],
    "ses": ALL,
    "resend": [told for told in ALL if told not in LEFT],
    "brevo": ALL,
    "sendgrid": ALL,
}
"""Mailgun goes on trying where a mailbox is full. Postmark tells nothing of what it only took, Resend has no lists."""

SIGNED = {
    "mailgun": ["signature"],
    "postmark": ["signature"],
    "ses": ["signature", "body"],
    "resend": ["signature", "body"],
    "brevo": ["signature"],
    "sendgrid": ["signature", "body"],
}
"""What of a call is proved; where there is no signature, another secret stands for a wrong one."""

STALE = ["mailgun", "ses", "resend", "sendgrid"]
"""Whose proofs have a time in them."""


def audience() -> tuple[Recipient, ...]:
    return tuple(
        Recipient(delivery_id=n, address=address, name="", unsubscribe_url=f"https://example.org/u/{n}")
        for n, address in enumerate(READERS, 1)
    )


@contextmanager
def told(name: str, script: Script) -> Iterator[tuple[Provider, Running, Receiver]]:
    """A batch that was accepted a minute ago, and whoever receives what is told of it."""
    secret = f"{ROADS[name].user}:word" if ROADS[name].user else ""
    with receiving() as receiver, simulator(name, habits=habits(receiver, secret), script=script) as running:
        if name == "ses":
            confirmed(running, receiver)
            receiver.got.clear()
        road = provider(name, running.url, secret=running.secret)
        assert road.submit(road.payload(EMAIL, ENVELOPE, audience(), tag=TAG)).outcome is Outcome.ACCEPTED
        running.move_clock(timedelta(minutes=1))
        yield road, running, receiver


def heard(road: Provider, running: Running, receiver: Receiver, *, count: int) -> list[Event]:
    """The events of as many calls as it takes to have so many."""
    events: list[Event] = []
    calls: list[Got] = []
    while len(events) < count:
        calls = receiver.waits_for(len(calls) + 1)
        events = [event for got in calls for event in road.events(got.headers, got.body, now=running.now())]
    return events


def in_order(events: list[Told]) -> list[Told]:
    return sorted(events, key=lambda told: (told[2], told[0]))


def own_words(events: list[Event]) -> list[Told]:
    return in_order([(event.kind, event.bounce, event.delivery_id) for event in events])


@pytest.mark.parametrize("name", ROADS)
def test_what_becomes_of_each_copy_is_told_in_our_words(name: str) -> None:
    with told(name, Script()) as (road, running, receiver):
        events = heard(road, running, receiver, count=len(TOLD[name]))
    assert own_words(events) == in_order(TOLD[name])
    assert {(event.provider, event.batch_id) for event in events} == {(name, TAG)}
    assert all(event.address == READERS[event.delivery_id - 1] for event in events)
    assert all(timedelta(0) <= running.now() - event.at <= timedelta(minutes=2) for event in events)
    assert len({event.id for event in events}) == len(events)


@pytest.mark.parametrize("name", ROADS)
def test_what_comes_twice_and_in_any_order_is_the_same_events(name: str) -> None:
    habit = Script.model_validate({"webhooks": {"times": 2, "shuffle": True}})
    with told(name, habit) as (road, running, receiver):
        events = heard(road, running, receiver, count=2 * len(TOLD[name]))
    once = list({event.id: event for event in events}.values())
    assert own_words(once) == in_order(TOLD[name])


@pytest.mark.parametrize(("name", "alter"), [(name, alter) for name in SIGNED for alter in SIGNED[name]])
def test_a_call_that_was_altered_is_not_believed(name: str, alter: str) -> None:
    habit = Script.model_validate({"webhooks": {"alter": alter}})
    with told(name, habit) as (road, running, receiver):
        for got in receiver.waits_for(1):
            with pytest.raises(Unproven):
                road.events(got.headers, got.body, now=running.now())


@pytest.mark.parametrize("name", STALE)
@pytest.mark.parametrize("days", [2, -2])
def test_a_call_of_another_day_is_not_believed(name: str, days: int) -> None:
    with told(name, Script()) as (road, running, receiver):
        (first, *_) = receiver.waits_for(1)
        assert road.events(first.headers, first.body, now=running.now())
        with pytest.raises(Unproven):
            road.events(first.headers, first.body, now=running.now() + timedelta(days=days))


def test_amazon_s_first_message_is_proved_and_says_where_to_confirm() -> None:
    with receiving() as receiver, simulator("ses", habits=habits(receiver)) as running:
        road = provider("ses", running.url, secret=running.secret)
        (got,) = receiver.waits_for(1)
        (event,) = road.events(got.headers, got.body, now=running.now())
    assert event.kind is EventKind.UNKNOWN
    assert event.detail.startswith("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=")


ASKED: Mapping[str, tuple[list[EventKind], tuple[str, ...]]] = {
    "mailgun": (list(EventKind), ("id", "kind", "bounce", "batch_id", "delivery_id", "address")),
    "brevo": (list(EventKind), ("id", "kind", "bounce", "batch_id", "address")),
    "postmark": (
        [EventKind.BOUNCED, EventKind.COMPLAINED],
        ("id", "kind", "bounce", "batch_id", "delivery_id", "address"),
    ),
    "sendgrid": ([EventKind.BOUNCED, EventKind.COMPLAINED, EventKind.UNSUBSCRIBED], ("kind", "bounce", "address")),
}
"""Of which events there is a list, and what of them is the same there: Brevo's has no delivery, SendGrid's no batch."""


@pytest.mark.parametrize("name", ASKED)
def test_who_asks_is_told_the_same_as_who_listens(name: str) -> None:
    kinds, fields = ASKED[name]
    same = attrgetter(*fields)
    with told(name, Script()) as (road, running, receiver):
        events = heard(road, running, receiver, count=len(TOLD[name]))
        asked = list(road.pull(since=running.now() - timedelta(hours=1)))
    assert sorted(map(same, asked)) == sorted(same(event) for event in events if event.kind in kinds)


def test_resend_tells_who_asks_the_last_thing_of_each_copy() -> None:
    with told("resend", Script()) as (road, running, receiver):
        heard(road, running, receiver, count=len(TOLD["resend"]))
        asked = {event.address: event.kind for event in road.pull(since=running.now() - timedelta(hours=1))}
    assert [asked[address].value for address in READERS] == [
        "delivered",
        "bounced",
        "bounced",
        "bounced",
        "complained",
        "delivered",
    ]


def test_amazon_tells_nothing_to_who_asks() -> None:
    with told("ses", Script()) as (road, running, _), pytest.raises(ProviderMisused, match="SNS topic"):
        list(road.pull(since=running.now()))


@pytest.mark.parametrize("name", [*ASKED, "resend"])
def test_nobody_s_bounce_is_passed_over_between_two_pages(name: str) -> None:
    everybody = readers(1300, prefix="bounce-hard")
    with simulator(name) as running:
        road = provider(name, running.url)
        for tag, batch in batches(everybody, road.batch_size):
            assert road.submit(road.payload(EMAIL, ENVELOPE, batch, tag=tag)).outcome is Outcome.ACCEPTED
        running.move_clock(timedelta(minutes=1))
        asked = list(road.pull(since=running.now() - timedelta(hours=1)))
    bounced = [event.address for event in asked if event.kind is EventKind.BOUNCED]
    assert sorted(bounced) == sorted(reader.address for reader in everybody)

"""Whatever goes wrong between an adapter and its provider: what is known afterwards, and what settles the rest."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from digest.model.feedback import EventKind
from digest.model.mail import Fate, Outcome, Receipt, Trace
from digest.ports.world import Provider
from digest.simulator.script import Do, Rule, Script
from digest.simulator.server import Running, simulator
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.simulator.receiver import confirmed, habits, receiving
from tests.simulator.roads import PATIENCE, ROADS, provider, readers

HASTE = 0.5
"""Seconds of patience with a server that is known to say nothing."""

LOST = [
    Rule(do=Do.HANG, calls=(1,)),
    Rule(do=Do.RESET, calls=(1,)),
    Rule(do=Do.CLOSE, calls=(1,)),
    Rule(do=Do.GARBAGE, calls=(1,)),
    Rule(do=Do.TRUNCATE, calls=(1,)),
    Rule(do=Do.STATUS_AFTER, status=500, calls=(1,)),
    Rule(do=Do.STATUS_AFTER, status=503, calls=(1,)),
]
NEVER = [
    Rule(do=Do.HANG_BEFORE, calls=(1,)),
    Rule(do=Do.RESET_BEFORE, calls=(1,)),
    Rule(do=Do.RESET_UNREAD, calls=(1,)),
    Rule(do=Do.STATUS, status=500, calls=(1,)),
    Rule(do=Do.STATUS, status=503, calls=(1,)),
]
EVERY = pytest.mark.parametrize("name", ROADS)


def named(rule: Rule) -> str:
    return f"{rule.do.value}-{rule.status}" if rule.status else rule.do.value


@contextmanager
def spoilt(name: str, *rules: Rule, listed_after: float = 0.0) -> Iterator[tuple[Running, Provider]]:
    """A simulator that plays these rules, and the adapter for it."""
    patience = HASTE if any(rule.do in {Do.HANG, Do.HANG_BEFORE} for rule in rules) else PATIENCE
    with simulator(name, script=Script(rules=rules, listed_after=listed_after)) as running:
        yield running, provider(name, running.url, timeout=patience)


def send(road: Provider, *, tag: str = TAG) -> Receipt:
    return road.submit(road.payload(EMAIL, ENVELOPE, readers(3), tag=tag))


def copies(running: Running) -> Counter[object]:
    return Counter(copy["address"] for copy in running.copies())


ONE_EACH = Counter(reader.address for reader in readers(3))


@EVERY
@pytest.mark.parametrize("rule", [*LOST, *NEVER], ids=named)
def test_a_batch_without_an_answer_is_uncertain_and_a_search_tells_the_truth_of_it(name: str, rule: Rule) -> None:
    road = provider(name, "http://127.0.0.1:1")
    settling = road.search_after or timedelta(0)
    with spoilt(name, rule, listed_after=settling.total_seconds()) as (running, road):
        assert send(road).outcome is Outcome.UNCERTAIN
        assert copies(running) == (ONE_EACH if rule in LOST else Counter())
        running.move_clock(settling + timedelta(seconds=1))
        truth = Trace.FOUND if rule in LOST else Trace.MISSING
        said = road.search(TAG, since=ENVELOPE.sent_at).said
        assert said == (truth if road.search_after else Trace.UNKNOWN).said


KEYED = [name for name in ROADS if provider(name, "http://127.0.0.1:1").replay_for]
UNSETTLED = [name for name in ROADS if name not in KEYED and not provider(name, "http://127.0.0.1:1").search_after]


def test_every_road_has_a_key_a_search_or_an_event_that_settles() -> None:
    assert (set(KEYED), set(UNSETTLED)) == ({"resend", "brevo"}, {"ses"})


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize("rule", [*LOST, *NEVER], ids=named)
def test_the_same_bytes_under_the_same_key_leave_one_copy_to_the_end_of_the_window(name: str, rule: Rule) -> None:
    with spoilt(name, rule) as (running, road):
        payload = road.payload(EMAIL, ENVELOPE, readers(3), tag=TAG)
        assert road.submit(payload).outcome is Outcome.UNCERTAIN
        running.move_clock(road.replay_for)
        for _ in range(2):
            receipt = road.submit(payload)
            assert receipt.outcome is Outcome.ACCEPTED or receipt.knows_key, receipt
            assert copies(running) == ONE_EACH
        assert {copy["key"] for copy in running.copies()} == {TAG}


@pytest.mark.parametrize("name", UNSETTLED)
@pytest.mark.parametrize("rule", LOST, ids=named)
def test_where_there_is_neither_key_nor_search_an_event_names_the_batch(name: str, rule: Rule) -> None:
    script = Script(rules=(rule,))
    with receiving() as receiver, simulator(name, habits=habits(receiver), script=script) as running:
        confirmed(running, receiver)
        road = provider(name, running.url, timeout=HASTE, secret=running.secret)
        assert send(road).outcome is Outcome.UNCERTAIN
        told = [
            event
            for got in receiver.waits_for(1 + 3)[1:4]
            for event in road.events(got.headers, got.body, now=running.now())
        ]
    assert {event.batch_id for event in told} == {TAG}
    assert [(event.kind, event.delivery_id) for event in told] == [(EventKind.ACCEPTED, n) for n in (1, 2, 3)]


@EVERY
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_letter_that_is_refused_is_rejected_and_nothing_more(name: str, status: int) -> None:
    with spoilt(name, Rule(do=Do.STATUS, status=status)) as (running, road):
        receipt = send(road)
        assert (receipt.outcome, receipt.halts, receipt.fates) == (Outcome.REJECTED, False, ())
        assert f"status {status} by the script" in receipt.detail
        assert copies(running) == Counter()


@EVERY
@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_sender_that_is_refused_halts_and_keeps_the_batch(name: str, status: int) -> None:
    with spoilt(name, Rule(do=Do.STATUS, status=status)) as (running, road):
        receipt = send(road)
        assert (receipt.outcome, receipt.halts) == (Outcome.RETRYABLE, True)
        assert copies(running) == Counter()


@EVERY
@pytest.mark.parametrize(("written", "least"), [("seconds", 40), ("date", 30)])
def test_a_sender_that_is_too_fast_waits_as_long_as_it_is_told_and_then_goes_through(
    name: str, written: str, least: float
) -> None:
    slow = Rule.model_validate(
        {"do": "status", "status": 429, "retry_after": 40, "retry_after_as": written, "calls": [1]}
    )
    with spoilt(name, slow) as (running, road):
        receipt = send(road)
        assert (receipt.outcome, receipt.halts) == (Outcome.RETRYABLE, False)
        assert least <= receipt.retry_after <= 40
        assert send(road).outcome is Outcome.ACCEPTED
        assert copies(running) == ONE_EACH


@EVERY
def test_where_nobody_listens_the_batch_may_be_tried_again(name: str) -> None:
    with spoilt(name, Rule(do=Do.REFUSE, calls=(2,), seconds=30)) as (running, road):
        assert send(road).outcome is Outcome.ACCEPTED
        assert send(road, tag="another").outcome is Outcome.RETRYABLE
        assert copies(running) == ONE_EACH


@EVERY
@pytest.mark.parametrize("where", ["head", "body"])
def test_an_answer_that_comes_in_drops_is_an_answer(name: str, where: str) -> None:
    with spoilt(name, Rule.model_validate({"do": "slow", "seconds": 0.1, "where": where})) as (running, road):
        assert send(road).outcome is Outcome.ACCEPTED
        assert copies(running) == ONE_EACH


@pytest.mark.parametrize("name", ["ses", "postmark"])
@pytest.mark.parametrize(("final", "fate"), [(True, Outcome.REJECTED), (False, Outcome.RETRYABLE)])
def test_of_a_partial_success_each_copy_has_a_fate_of_its_own(name: str, *, final: bool, fate: Outcome) -> None:
    with spoilt(name, Rule(do=Do.PARTIAL, entries=(1,), final=final)) as (running, road):
        receipt = send(road)
        assert receipt.outcome is Outcome.ACCEPTED
        assert [(each.delivery_id, each.outcome) for each in receipt.fates] == [
            (1, Outcome.ACCEPTED),
            (2, fate),
            (3, Outcome.ACCEPTED),
        ]
        assert of(receipt, 2).detail
        assert [of(receipt, n).reference for n in (1, 3)] == [copy["message_id"] for copy in running.copies()]
        assert copies(running) == ONE_EACH - Counter(["reader2@example.org"])


def of(receipt: Receipt, delivery_id: int) -> Fate:
    return next(fate for fate in receipt.fates if fate.delivery_id == delivery_id)


def test_a_batch_of_which_postmark_took_a_part_is_no_whole() -> None:
    with spoilt("postmark", Rule(do=Do.PARTIAL, entries=(1,), final=True)) as (running, road):
        assert send(road).outcome is Outcome.ACCEPTED
        assert len(running.copies()) == 2
        running.move_clock(timedelta(hours=1))
        found = road.search(TAG, since=ENVELOPE.sent_at)
        assert sorted(found.addresses) == sorted(str(copy["address"]) for copy in running.copies())

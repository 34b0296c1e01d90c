"""Sending: what is told on the way, and what an interruption leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver.batches import batch_id
from digest.model.mail import DeliveryState, EditionState, Fate, Outcome, Receipt
from digest.pipeline.send import MOST_REFUSALS, send
from digest.pipeline.withhold import resume
from tests.fakes import TogetherCalls
from tests.pipeline.conftest import READERS, Room


def test_it_says_how_many_copies_have_come_to_their_end(room: Room) -> None:
    told: list[tuple[str, int, int]] = []
    line = replace(room.line, progress=lambda *said: told.append(said))
    record = room.approved()
    told.clear()
    send(record, line=line)
    assert told == [("send", 0, 5), ("send", 2, 5), ("send", 4, 5), ("send", 5, 5)]


def test_a_copy_that_may_be_tried_again_has_not_come_to_its_end(room: Room) -> None:
    told: list[int] = []
    line = replace(room.line, progress=lambda _, done, __: told.append(done))
    record = room.approved()
    later = Fate(delivery_id=1, outcome=Outcome.RETRYABLE)
    room.provider.answers(
        Receipt(outcome=Outcome.ACCEPTED, fates=(later,)),
        Receipt(outcome=Outcome.UNCERTAIN),
        Receipt(outcome=Outcome.REJECTED),
    )
    told.clear()
    send(record, line=line)
    assert told == [0, 1, 1, 2]


def test_when_the_program_is_to_end_nothing_more_is_begun(room: Room) -> None:
    record = room.approved()
    room.interrupts.came = True
    balance = send(record, line=room.line)
    assert (balance.pending, balance.open_batches) == (5, 3)
    assert not room.provider.copies
    room.interrupts.came = False
    send(room.line.editions.get(record.id), line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.SENT
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_the_one_address_that_a_provider_refuses_a_call_for_is_found_and_all_others_get_their_copy(room: Room) -> None:
    room.provider.batch_size = 1000
    room.subscribes(*(f"more{n}@example.org" for n in range(40)))
    room.provider.refused = {"more17@example.org"}
    record = room.approved()
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (44, 1, True)
    assert balance.batches < 15
    refused = [copy for copy in room.line.ledger.deliveries(record.id) if copy.state is DeliveryState.REJECTED]
    assert [(copy.address, copy.reason) for copy in refused] == [("more17@example.org", "HTTP 400: no such address")]


def test_a_letter_that_is_refused_to_everybody_pauses_the_edition_with_its_copies(room: Room) -> None:
    room.provider.batch_size = 1000
    room.subscribes(*(f"more{n}@example.org" for n in range(40)))
    record = room.approved()
    room.provider.answers(*[Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no such letter")] * MOST_REFUSALS)
    balance = send(record, line=room.line)
    standing = room.line.editions.get(record.id)
    assert (standing.state, balance.pending) == (EditionState.PAUSED, 45)
    assert "no such letter" in standing.reason
    resume(standing, by="Ada", now=room.clock.now, line=room.line)
    assert send(room.line.editions.get(record.id), line=room.line).accepted == 45


def test_several_calls_that_are_refused_at_once_pause_the_edition_once(room: Room) -> None:
    record = room.approved()
    room.provider.answers(*[Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401: wrong key", halts=True)] * 3)
    send(record, line=replace(room.line, calls=TogetherCalls()))
    assert room.line.editions.get(record.id).state is EditionState.PAUSED


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.UNCERTAIN, Outcome.REJECTED])
def test_a_copy_that_no_call_can_carry_is_refused_alone(room: Room, outcome: Outcome) -> None:
    record = room.approved()
    room.provider.impossible = {READERS[0]}
    room.provider.answers(Receipt(outcome=outcome, detail="so it was said"))
    send(record, line=room.line)
    first, second = list(room.line.ledger.deliveries(record.id))[:2]
    assert (first.address, first.state) == (READERS[0], DeliveryState.REJECTED)
    assert "is no address" in first.reason
    assert second.state is (DeliveryState.PENDING if outcome is Outcome.UNCERTAIN else DeliveryState(outcome.value))


def test_a_copy_that_no_call_can_carry_is_refused_when_its_batch_is_tried_again_as_well(room: Room) -> None:
    record = room.approved()
    room.provider.impossible = {READERS[0]}
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, retry_after=60))
    assert send(record, line=room.line).rejected == 0
    room.clock.now += timedelta(minutes=10)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.rejected, balance.accepted, balance.is_exact) == (1, 4, True)


def test_a_batch_of_impossible_copies_is_refused_without_a_call(room: Room) -> None:
    record = room.approved()
    room.provider.impossible = set(READERS)
    balance = send(record, line=room.line)
    assert (balance.rejected, balance.is_exact, room.provider.copies) == (5, True, {})
    assert all("is no address" in copy.reason for copy in room.line.ledger.deliveries(record.id))


def test_a_long_letter_goes_to_fewer_readers_a_call(room: Room) -> None:
    record = room.approved()
    assert record.email is not None
    room.provider.largest_call = len(record.email.html) + len(record.email.text)
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.batches) == (5, 5)


def test_the_batches_of_two_newsrooms_on_one_account_share_no_name(room: Room) -> None:
    record = room.approved()
    send(record, line=room.with_newsroom(list_domain="other.example").line)
    ours = {batch_id(list_domain="example.org", newsletter="daily", day=record.day, provider="fake", n=0)}
    assert room.provider.accepted
    assert not ours & {tag for tag, _ in room.provider.accepted}

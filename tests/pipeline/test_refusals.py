"""What a provider refuses, or no call can carry: who is believed to be the reason, and what pauses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.adapters.calls import ThreadedCalls
from digest.deliver.batches import batch_id
from digest.model.mail import DeliveryState, EditionState, Fate, Outcome, Receipt, Trace
from digest.pipeline.hand_over import MOST_REFUSALS
from digest.pipeline.send import send
from digest.pipeline.withhold import resume
from tests.fakes import TogetherCalls
from tests.pipeline.conftest import READERS, Room


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


@pytest.mark.parametrize("others", [0, 40, 400])
def test_a_letter_that_is_refused_to_everybody_pauses_the_edition_with_its_copies(room: Room, others: int) -> None:
    room.provider.batch_size = 1000
    room.subscribes(*(f"more{n}@example.org" for n in range(others)))
    record = room.approved()
    room.provider.refuses_all = True
    assert send(record, line=room.line).pending == 5 + others
    standing = room.line.editions.get(record.id)
    assert standing.state is EditionState.PAUSED
    room.provider.refuses_all = False
    room.clock.moves_on(hours=7)
    resume(standing, by="Ada", now=room.clock.now, line=room.line)
    assert send(room.line.editions.get(record.id), line=room.line).accepted == 5 + others


def test_where_every_copy_of_every_call_is_refused_singly_the_edition_pauses_as_well(room: Room) -> None:
    room.provider.batch_size = 1000
    record = room.approved()

    def answers(payload: object) -> Receipt:
        del payload
        fates = tuple(
            Fate(delivery_id=n, outcome=Outcome.REJECTED, detail="412: pending approval") for n in range(1, 6)
        )
        return Receipt(outcome=Outcome.ACCEPTED, fates=fates)

    room.provider.submit = answers  # type: ignore[method-assign]
    balance = send(record, line=room.line)
    assert (balance.rejected, balance.pending) == (0, 5)


def test_when_nothing_is_taken_any_more_few_are_lost_before_the_edition_pauses(room: Room) -> None:
    room.provider.batch_size = 1
    room.subscribes(*(f"more{n}@example.org" for n in range(95)))
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED))
    room.provider.refuses_all_after_script = True
    balance = send(record, line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.PAUSED
    assert (balance.accepted, balance.rejected, balance.pending) == (1, MOST_REFUSALS, 99 - MOST_REFUSALS)


def test_a_reader_who_is_refused_before_anybody_was_taken_is_tried_again_and_believed_then(room: Room) -> None:
    room.provider.batch_size = 1
    room.provider.refused = {READERS[0]}
    record = room.approved()
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.rejected, balance.pending) == (4, 0, 1)
    room.clock.moves_on(minutes=5)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (4, 1, True)


def test_halves_are_handed_over_in_the_same_sending_by_threads_too(room: Room) -> None:
    room.provider.batch_size, room.provider.connections = 1000, 4
    room.subscribes(*(f"more{n}@example.org" for n in range(59)))
    room.provider.refused = {"more7@example.org"}
    record = room.approved()
    balance = send(record, line=replace(room.line, calls=ThreadedCalls()))
    assert (balance.accepted, balance.rejected, balance.is_exact) == (63, 1, True)


def test_a_call_that_is_too_large_without_its_impossible_reader_is_cut_smaller(room: Room) -> None:
    room.provider.batch_size, room.provider.most_built = 5, 3
    room.provider.impossible = {READERS[0]}
    record = room.approved()
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (4, 1, True)


def test_several_calls_that_are_refused_at_once_pause_the_edition_once(room: Room) -> None:
    record = room.approved()
    room.provider.answers(*[Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401: wrong key", halts=True)] * 3)
    send(record, line=replace(room.line, calls=TogetherCalls()))
    assert room.line.editions.get(record.id).state is EditionState.PAUSED


def test_a_copy_that_no_call_can_carry_is_refused_before_any_is_made_and_the_others_go_without_it(room: Room) -> None:
    record = room.approved()
    room.provider.impossible = {READERS[0]}
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (4, 1, True)
    first, second = list(room.line.ledger.deliveries(record.id))[:2]
    assert (first.address, first.state) == (READERS[0], DeliveryState.REJECTED)
    assert "is no address" in first.reason
    assert second.state is DeliveryState.ACCEPTED
    assert second.batch_id != first.batch_id


def test_nobody_who_was_in_no_call_is_taken_for_served_because_his_batch_was_found(room: Room) -> None:
    record = room.approved()
    room.provider.impossible = {READERS[0]}
    room.provider.answers(*[Receipt(outcome=Outcome.UNCERTAIN, detail="reset")] * 3)
    send(record, line=room.line)
    for doubt in room.line.ledger.doubts(record.id):
        assert room.line.ledger.trace(doubt.batch_id, Trace.FOUND, at=room.clock.now)
    balance = room.line.ledger.balance(record.id)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (4, 1, True)


def test_copies_of_which_no_call_can_be_made_at_all_pause_the_edition_and_are_kept(room: Room) -> None:
    record = room.approved()
    room.provider.impossible = set(READERS)
    balance = send(record, line=room.line)
    assert (balance.rejected, balance.pending, room.provider.copies) == (0, 5, {})
    standing = room.line.editions.get(record.id)
    assert standing.state is EditionState.PAUSED
    assert "has taken no copy" in standing.reason
    assert "is no address" in standing.reason


def test_an_impossible_copy_in_every_batch_pauses_nothing(room: Room) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(75)))
    room.provider.impossible = {*READERS[::2], *(f"more{n}@example.org" for n in range(0, 75, 2))}
    balance = send(room.approved(), line=room.line)
    assert balance.is_exact
    assert (balance.accepted, balance.rejected) == (80 - len(room.provider.impossible), len(room.provider.impossible))


def test_a_batch_of_which_nothing_was_taken_proves_nothing_of_the_provider(room: Room) -> None:
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.ACCEPTED, fates=_fates(1, 2, Outcome.RETRYABLE)),
        Receipt(outcome=Outcome.ACCEPTED, fates=_fates(3, 3, Outcome.RETRYABLE) + _fates(4, 4, Outcome.REJECTED)),
        Receipt(outcome=Outcome.REJECTED, detail="we do not know you"),
    )
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.rejected, balance.pending) == (0, 0, 5)
    assert room.line.editions.get(record.id).state is EditionState.PAUSED


def test_of_some_who_are_refused_singly_where_nothing_is_taken_none_is_believed_and_all_go_under_other_keys(
    room: Room,
) -> None:
    record = room.approved()
    room.provider.batch_size = 5
    room.provider.answers(Receipt(outcome=Outcome.REJECTED, detail="no", fates=_fates(1, 2, Outcome.REJECTED)))
    send(record, line=room.line)
    room.clock.moves_on(minutes=5)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.accepted, balance.is_exact) == (5, True)
    assert len({tag for tag, _ in room.provider.accepted}) == 2


def test_a_reader_who_is_refused_alone_is_tried_again_under_another_key(room: Room) -> None:
    room.provider.batch_size = 1
    room.provider.refused = {READERS[0]}
    record = room.approved()
    send(record, line=room.line)
    first = batch_id(list_domain="example.org", newsletter="daily", day=record.day, provider="fake", n=0)
    room.provider.refused = set()
    room.clock.moves_on(minutes=5)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.accepted, balance.is_exact) == (5, True)
    assert first not in {tag for tag, _ in room.provider.accepted}


def test_a_replay_that_is_told_of_a_refusal_of_every_copy_ends_the_batch(room: Room) -> None:
    room.provider.replay_for = timedelta(hours=1)
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.UNCERTAIN, detail="reset"),
        Receipt(outcome=Outcome.ACCEPTED, reference="1"),
        Receipt(outcome=Outcome.ACCEPTED, reference="2"),
        Receipt(outcome=Outcome.ACCEPTED, fates=_fates(1, 2, Outcome.REJECTED)),
    )
    send(record, line=room.line)
    room.clock.moves_on(minutes=5)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.accepted, balance.rejected, balance.is_exact) == (3, 2, True)


def _fates(first: int, last: int, outcome: Outcome) -> tuple[Fate, ...]:
    return tuple(Fate(delivery_id=n, outcome=outcome, detail="so it is") for n in range(first, last + 1))

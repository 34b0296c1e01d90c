"""Handing over: what is told on the way, what is refused and by whom, and what an interruption leaves."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.calls import ThreadedCalls
from digest.adapters.high_water import FileHighWater
from digest.deliver.batches import batch_id
from digest.errors import StoreBusy, StoreError
from digest.model.mail import BatchState, DeliveryState, EditionRecord, EditionState, Fate, Outcome, Receipt, Trace
from digest.pipeline.hand_over import MOST_REFUSALS
from digest.pipeline.send import send
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


def test_every_copy_has_its_own_link(room: Room) -> None:
    record = room.approved()
    send(record, line=room.line)
    copies = [copy.delivery_id for copy in room.line.ledger.deliveries(record.id)]
    assert room.provider.links == {delivery: f"https://example.org/u/{delivery}" for delivery in copies}
    assert len(copies) == len(READERS)


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


def test_what_a_paused_edition_keeps_is_given_up_for_no_age(room: Room) -> None:
    record = room.approved()
    halts = Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True)
    room.provider.answers(halts)
    send(record, line=room.line)
    room.clock.moves_on(hours=7)
    resume(room.line.editions.get(record.id), by="Ada", now=room.clock.now, line=room.line)
    room.provider.answers(halts)
    assert send(room.line.editions.get(record.id), line=room.line).abandoned == 0
    room.clock.moves_on(hours=1)
    resume(room.line.editions.get(record.id), by="Ada", now=room.clock.now, line=room.line)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 429"))
    assert send(room.line.editions.get(record.id), line=room.line).abandoned == 0


class LockedOnce:
    """A ledger of which one settling fails."""

    def __init__(self, room: Room) -> None:
        self._ledger, self._is_first = room.line.ledger, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    def settle(self, *given: Any, **named: Any) -> bool:
        if self._is_first:
            self._is_first = False
            raise StoreBusy("it is locked", mend="try again.")
        return self._ledger.settle(*given, **named)


def test_an_answer_that_cannot_be_written_down_costs_no_other_its_own(room: Room) -> None:
    record = room.approved()
    line = replace(room.line, calls=TogetherCalls(), ledger=LockedOnce(room))
    with pytest.raises(StoreBusy):
        send(record, line=line)
    balance = room.line.ledger.balance(record.id)
    assert (balance.accepted, balance.pending, len(room.provider.accepted)) == (3, 2, 5)


def test_a_call_whose_mark_cannot_be_kept_is_not_made(room: Room, tmp_path: Path) -> None:
    record = room.approved()
    (tmp_path / "there").mkdir()
    high_water = FileHighWater(tmp_path / "there" / "calls.made")
    high_water.raise_to(0)
    (tmp_path / "there").rename(tmp_path / "gone")
    line = replace(room.line, high_water=high_water)
    with pytest.raises(StoreError, match="cannot be written"):
        send(record, line=line)
    assert not room.provider.accepted
    assert {state for _, state, _ in room.line.ledger.open_batches(record.id)} == {
        BatchState.READY,
        BatchState.RETRYABLE,
    }


def test_an_answer_that_comes_after_its_call_was_given_up_for_lost_is_taken(room: Room) -> None:
    record, ledger = room.approved(), room.line.ledger
    ledger.prepare(record.id, list_domain="example.org", provider="fake", batch_size=100, at=room.clock.now)
    batch = ledger.claim(record.id, worker="far", at=room.clock.now, lease_seconds=300)
    assert batch is not None
    room.clock.moves_on(seconds=301)
    assert ledger.release_stale(record.id, at=room.clock.now, is_alive=lambda _: None) == 1
    assert not ledger.settle(batch, Receipt(outcome=Outcome.RETRYABLE), worker="far", at=room.clock.now)
    assert not ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED), worker="other", at=room.clock.now)
    assert ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED), worker="far", at=room.clock.now)
    assert ledger.balance(record.id).accepted == 5


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


class Locked:
    """Editions of which nothing can be read, once calls have been made."""

    def __init__(self, room: Room) -> None:
        self._editions, self._provider = room.line.editions, room.provider

    def __getattr__(self, name: str) -> Any:
        return getattr(self._editions, name)

    def get(self, edition_id: int) -> EditionRecord:
        if self._provider.accepted:
            raise StoreBusy("it is locked", mend="try again.")
        return self._editions.get(edition_id)


def test_a_pause_that_cannot_be_written_down_costs_no_call_under_way_its_answer(room: Room) -> None:
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True)
    )
    line = replace(room.line, calls=TogetherCalls(), editions=Locked(room))
    with pytest.raises(StoreBusy):
        send(record, line=line)
    balance = room.line.ledger.balance(record.id)
    assert (balance.accepted, balance.pending) == (3, 2)


def test_a_long_letter_goes_to_fewer_readers_a_call(room: Room) -> None:
    record = room.approved()
    assert record.email is not None
    room.provider.largest_call = len(record.email.html) + len(record.email.text)
    balance = send(record, line=room.line)
    assert (balance.accepted, balance.batches) == (5, 5)


def test_what_a_provider_repeats_of_readers_is_not_written_down(room: Room) -> None:
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.UNCERTAIN, detail=f'"to": "{READERS[0].upper()}" is wrong'),
        Receipt(outcome=Outcome.RETRYABLE, halts=True, detail=f"{READERS[2]} is ours"),
    )
    send(record, line=room.line)
    details = [detail for _, _, detail in room.line.ledger.open_batches(record.id)]
    assert '"to": "[…]" is wrong' in details
    assert room.line.editions.get(record.id).reason.endswith("refuses us: […] is ours")


def test_the_batches_of_two_newsrooms_on_one_account_share_no_name(room: Room) -> None:
    record = room.approved()
    send(record, line=room.with_newsroom(list_domain="other.example").line)
    ours = {batch_id(list_domain="example.org", newsletter="daily", day=record.day, provider="fake", n=0)}
    assert room.provider.accepted
    assert not ours & {tag for tag, _ in room.provider.accepted}


def _fates(first: int, last: int, outcome: Outcome) -> tuple[Fate, ...]:
    return tuple(Fate(delivery_id=n, outcome=outcome, detail="so it is") for n in range(first, last + 1))

"""Handing over: what is told on the way, what is refused and by whom, and what an interruption leaves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.high_water import FileHighWater
from digest.deliver.batches import batch_id
from digest.errors import StoreBusy, StoreError
from digest.model.mail import BatchState, EditionRecord, EditionState, Fate, Outcome, Receipt
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

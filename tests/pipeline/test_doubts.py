"""What becomes of a batch whose answer was lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.model.mail import EditionState, Outcome, Receipt, Trace
from digest.pipeline.send import send
from tests.pipeline.conftest import READERS, Room

LOST = Receipt(outcome=Outcome.UNCERTAIN, detail="read timed out")


def lost_first(room: Room) -> int:
    """Send an edition whose first batch has no answer, and return its number."""
    record = room.approved()
    room.provider.answers(LOST)
    balance = send(record, line=room.line)
    assert (balance.uncertain_batches, balance.pending) == (1, 2)
    return record.id


def send_again(room: Room, edition: int, *, after: timedelta) -> EditionState:
    room.clock.now += after
    send(room.line.editions.get(edition), line=room.line)
    return room.line.editions.get(edition).state


def test_without_a_key_and_without_records_it_waits_for_a_person(room: Room) -> None:
    edition = lost_first(room)
    assert send_again(room, edition, after=timedelta(hours=1)) is EditionState.SENDING
    assert len(room.provider.copies) == len(READERS) - 2
    assert room.provider.asked == []


def test_while_its_key_lives_the_same_batch_is_handed_over_again(room: Room) -> None:
    edition = lost_first(room)
    room.provider.replay_for = timedelta(minutes=30)
    assert send_again(room, edition, after=timedelta(minutes=29)) is EditionState.SENT
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_a_call_whose_key_was_somebodys_before_is_not_handed_over_again_to_be_taken_for_ours(room: Room) -> None:
    record = room.approved()
    room.provider.replay_for = timedelta(minutes=30)
    room.provider.answers(*[replace(LOST, knows_key=True)] * 3)
    send(record, line=room.line)
    assert send_again(room, record.id, after=timedelta(minutes=1)) is EditionState.SENDING
    assert room.line.ledger.balance(record.id).uncertain_batches == 3
    assert room.provider.copies == {}


def test_a_key_that_is_dead_is_never_used(room: Room) -> None:
    edition = lost_first(room)
    room.provider.replay_for = timedelta(minutes=30)
    assert send_again(room, edition, after=timedelta(minutes=30)) is EditionState.SENDING
    assert len(room.provider.copies) == len(READERS) - 2


def test_a_key_that_died_while_the_provider_was_busy_is_never_used(room: Room) -> None:
    edition = lost_first(room)
    room.provider.replay_for = timedelta(minutes=30)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, retry_after=1800.0))
    assert send_again(room, edition, after=timedelta(minutes=5)) is EditionState.SENDING
    assert send_again(room, edition, after=timedelta(minutes=31)) is EditionState.SENDING
    assert len(room.provider.copies) == len(READERS) - 2


@pytest.mark.parametrize("replay_for", [timedelta(0), timedelta(minutes=30), timedelta(hours=24)])
def test_a_clock_that_was_set_back_makes_no_key_live(room: Room, replay_for: timedelta) -> None:
    edition = lost_first(room)
    room.provider.replay_for = replay_for
    assert send_again(room, edition, after=-timedelta(minutes=20)) is EditionState.SENDING
    assert len(room.provider.copies) == len(READERS) - 2


def test_what_was_sought_while_a_clock_was_back_is_not_replayed_by_it(room: Room) -> None:
    edition = lost_first(room)
    room.provider.replay_for, room.provider.search_after = timedelta(hours=1), -timedelta(hours=1)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, retry_after=1200.0))
    assert send_again(room, edition, after=timedelta(minutes=5)) is EditionState.SENDING
    assert send_again(room, edition, after=timedelta(minutes=1)) is EditionState.SENDING  # it may not be replayed yet
    assert send_again(room, edition, after=-timedelta(minutes=20)) is EditionState.SENDING
    assert len(room.provider.asked) == 1
    assert len(room.provider.copies) == len(READERS) - 2


def test_the_records_are_asked_from_before_the_editions_day_on_whatever_the_clock_said(room: Room) -> None:
    edition = lost_first(room)
    room.provider.search_after = timedelta(minutes=30)
    send_again(room, edition, after=timedelta(hours=1))
    assert room.provider.asked_since == [datetime(2026, 5, 14, tzinfo=UTC)]


def test_the_providers_records_are_asked_once_they_are_complete(room: Room) -> None:
    edition = lost_first(room)
    (doubt,) = room.line.ledger.doubts(edition)
    room.provider.search_after = timedelta(minutes=30)
    room.provider.records = {doubt.batch_id: Trace.FOUND}
    assert send_again(room, edition, after=timedelta(minutes=29)) is EditionState.SENDING
    assert room.provider.asked == []
    assert send_again(room, edition, after=timedelta(minutes=1)) is EditionState.SENT
    assert room.provider.asked == [doubt.batch_id]


@pytest.mark.parametrize("trace", [Trace.MISSING, Trace.UNKNOWN])
def test_what_the_records_do_not_know_is_never_sent_again_by_itself(trace: Trace, room: Room) -> None:
    edition = lost_first(room)
    (doubt,) = room.line.ledger.doubts(edition)
    room.provider.search_after = timedelta(0)
    room.provider.records = {doubt.batch_id: trace}
    for _ in range(3):
        assert send_again(room, edition, after=timedelta(minutes=5)) is EditionState.SENDING
    assert len(room.provider.copies) == len(READERS) - 2
    assert len(room.provider.asked) == (1 if trace is Trace.MISSING else 3)
    assert room.line.ledger.resolve(doubt.batch_id, accepted=False, by="Ann", at=room.clock.now)
    assert send_again(room, edition, after=timedelta(minutes=5)) is EditionState.SENT
    assert room.provider.copies == dict.fromkeys(READERS, 1)

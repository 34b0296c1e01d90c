"""Cancelling an edition that is being sent: what has no answer stays here, and the books still balance."""

from collections.abc import Callable
from datetime import datetime

import pytest

from digest.errors import EditionRefused, Overtaken
from digest.model.mail import EditionRecord, EditionState, Outcome, Receipt
from digest.pipeline.send import send
from digest.pipeline.withhold import cancel, resume
from tests.pipeline.conftest import Room


def half_sent(room: Room) -> EditionRecord:
    """One batch accepted, one without an answer, one to be tried again."""
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.UNCERTAIN), Receipt(outcome=Outcome.RETRYABLE)
    )
    send(record, line=room.line)
    return room.line.editions.get(record.id)


def cancelled(room: Room, record: EditionRecord) -> EditionRecord:
    return cancel(record, by="Ada", reason="the story was wrong", now=room.clock.now, line=room.line)


def test_what_has_no_answer_is_given_up_with_its_reason(room: Room) -> None:
    record = cancelled(room, half_sent(room))
    assert (record.state, record.reason) == (EditionState.CANCELLED, "the story was wrong")
    books = room.line.ledger.balance(record.id)
    assert (books.accepted, books.abandoned, books.is_exact) == (2, 3, True)
    reasons = [copy.reason for copy in room.line.ledger.deliveries(record.id)]
    assert sum("answer was lost" in reason for reason in reasons) == 2
    assert sum(reason == "cancelled by Ada before it was handed over" for reason in reasons) == 1
    room.clock.moves_on(hours=1)
    send(record, line=room.line)
    assert len(room.provider.copies) == 2


def test_while_a_call_is_under_way_it_only_pauses(room: Room) -> None:
    record = half_sent(room)
    claim = room.line.ledger.claim
    room.clock.moves_on(minutes=5)
    batch = claim(record.id, worker="other", at=room.clock.now, lease_seconds=300)
    assert batch is not None
    with pytest.raises(EditionRefused, match="calls for the edition of 2026-05-15 are under way"):
        cancelled(room, record)
    assert room.line.editions.get(record.id).state is EditionState.PAUSED
    room.line.ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED), worker="other", at=room.clock.now)
    assert cancelled(room, record).state is EditionState.CANCELLED
    assert room.line.ledger.balance(record.id).accepted == 3


def test_a_call_whose_worker_died_keeps_nobody_waiting(room: Room) -> None:
    record = half_sent(room)
    room.clock.moves_on(minutes=5)
    room.line.ledger.claim(record.id, worker="other", at=room.clock.now, lease_seconds=300)
    room.registry.buries("other")
    assert cancelled(room, record).state is EditionState.CANCELLED
    assert room.line.ledger.balance(record.id).is_exact


def test_no_copy_is_given_up_where_somebody_resumes_it_meanwhile(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    record = half_sent(room)
    release_stale = room.line.ledger.release_stale

    def resumed_meanwhile(edition_id: int, *, at: datetime, is_alive: Callable[[str], bool | None]) -> int:
        resume(room.line.editions.get(edition_id), by="Bob", now=at, line=room.line)
        return release_stale(edition_id, at=at, is_alive=is_alive)

    monkeypatch.setattr(room.line.ledger, "release_stale", resumed_meanwhile)
    with pytest.raises(Overtaken, match="is sending by another's word"):
        cancelled(room, record)
    assert room.line.editions.get(record.id).state is EditionState.SENDING
    assert room.line.ledger.balance(record.id).abandoned == 0


def test_what_is_sent_cannot_be_cancelled(room: Room) -> None:
    record = room.approved()
    send(record, line=room.line)
    with pytest.raises(EditionRefused, match="is sent and can be cancelled only while it is draft or held"):
        cancelled(room, room.line.editions.get(record.id))

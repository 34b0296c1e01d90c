"""Sending: what is told on the way, and what an interruption leaves."""

from dataclasses import replace

from digest.model.mail import EditionState, Fate, Outcome, Receipt
from digest.pipeline.send import send
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

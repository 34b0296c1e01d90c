"""An edition of which a database knows less than went out: what the tests of restored databases share."""

import pytest

from digest.deliver.batches import batch_id
from digest.model.mail import BatchState, EditionRecord, Trace
from digest.pipeline.send import send
from tests.fakes import FakeHighWater
from tests.pipeline.conftest import Room


def a_batch(room: Room, n: int) -> str:
    return batch_id(list_domain="example.org", newsletter="daily", day=room.clock.now.date(), provider="fake", n=n)


def loses_the_mark(room: Room) -> None:
    mark = room.line.high_water
    assert isinstance(mark, FakeHighWater)
    mark.number = None


def states(room: Room, edition: int) -> set[BatchState]:
    return {state for _, state, _ in room.line.ledger.open_batches(edition)}


def half_sent(room: Room, monkeypatch: pytest.MonkeyPatch) -> EditionRecord:
    """Friday's edition as an older copy has it: its first batch went out. By now the others went out as well."""
    record = room.approved()
    with monkeypatch.context() as patched:
        claim = room.line.ledger.claim
        patched.setattr(room.line.ledger, "claim", lambda *a, **k: None if room.provider.accepted else claim(*a, **k))
        send(record, line=room.line)
    room.provider.records = {a_batch(room, n): Trace.FOUND for n in range(3)}
    assert len(room.provider.copies) == 2
    return room.line.editions.get(record.id)


def mondays(room: Room) -> EditionRecord:
    """The next edition, of which nobody has a copy."""
    room.clock.moves_on(days=3)
    for one in room.line.newsroom.sources[:2]:
        room.publishes(one, ("Labour ministers announce a new plan for buses", "Fares are to be capped next year."))
    record = room.approved()
    room.provider.records |= {a_batch(room, n): Trace.MISSING for n in range(3)}
    return record

"""A database without its mark may be an older copy: every edition that is half sent is asked for first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver.batches import batch_id
from digest.errors import EditionRefused
from digest.model.mail import BatchState, Outcome, Receipt, Trace
from digest.pipeline.restored import MOST_ASKED
from digest.pipeline.send import send
from digest.pipeline.withhold import hold
from tests.pipeline.conftest import READERS, Room
from tests.pipeline.restoring import a_batch, half_sent, loses_the_mark, mondays, states


@pytest.mark.parametrize(
    ("trace", "copies"),
    [(Trace.FOUND, 0), (replace(Trace.FOUND, addresses=(READERS[0],)), 0), (Trace.MISSING, 5), (Trace.UNKNOWN, 5)],
)
@pytest.mark.parametrize("n", range(3))
def test_where_even_the_mark_is_new_the_provider_is_asked_for_every_batch(
    room: Room, n: int, trace: Trace, copies: int
) -> None:
    record = room.approved()
    room.provider.search_after = timedelta(minutes=30)
    room.provider.records = {a_batch(room, n): trace}
    send(record, line=room.line)
    asked = 3 if copies else n + 1
    assert room.provider.asked == [a_batch(room, each) for each in range(asked)]
    assert len(room.provider.copies) == copies


def test_a_copy_of_the_midst_of_the_sending_is_found_out_without_its_mark(room: Room) -> None:
    record = room.approved()
    room.provider.search_after = timedelta(minutes=30)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE), Receipt(outcome=Outcome.ACCEPTED))
    send(record, line=room.line)
    room.provider.records = {a_batch(room, 0): Trace.FOUND}
    loses_the_mark(room)
    room.clock.moves_on(minutes=5)
    send(room.line.editions.get(record.id), line=room.line)
    assert states(room, record.id) == {BatchState.UNCERTAIN}
    assert len(room.provider.copies) == 3


def test_a_first_edition_asks_for_no_more_than_a_hundred_batches(room: Room) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(MOST_ASKED)))
    room.provider.batch_size = 1
    room.provider.search_after = timedelta(minutes=30)
    record = room.approved()
    send(record, line=room.line)
    assert len(room.provider.asked) == MOST_ASKED < len(room.provider.copies)


def test_a_database_without_its_mark_sends_nothing_while_the_records_cannot_be_read(room: Room) -> None:
    record = room.approved()
    room.provider.search_after = timedelta(minutes=30)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE), Receipt(outcome=Outcome.ACCEPTED))
    send(record, line=room.line)
    loses_the_mark(room)
    room.clock.moves_on(minutes=5)
    room.line.ledger.prepare(record.id, list_domain="example.org", provider="fake", batch_size=2, at=room.clock.now)
    with pytest.raises(EditionRefused, match="may be an older copy"):
        send(room.line.editions.get(record.id), line=room.line)
    assert len(room.provider.copies) == 3
    room.line.high_water.raise_to(room.line.ledger.calls())
    send(room.line.editions.get(record.id), line=room.line)
    assert len(room.provider.copies) == 5


@pytest.mark.parametrize("is_paused", [False, True])
def test_without_the_mark_every_half_sent_edition_is_looked_into_before_any_goes_on(
    room: Room, monkeypatch: pytest.MonkeyPatch, is_paused: bool
) -> None:
    room.provider.search_after = timedelta(minutes=30)
    friday = half_sent(room, monkeypatch)
    if is_paused:
        hold(friday, by="Ada", reason="lunch", now=room.clock.now, line=room.line)
    loses_the_mark(room)
    assert send(mondays(room), line=room.line).accepted == 5
    assert states(room, friday.id) == {BatchState.UNCERTAIN}
    assert room.line.high_water.read() == room.line.ledger.calls()


def test_without_the_mark_nothing_goes_on_while_one_edition_cannot_be_asked_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.provider.search_after = timedelta(minutes=30)
    half_sent(room, monkeypatch)
    loses_the_mark(room)
    room.provider.records = {}
    monday = mondays(room)
    with pytest.raises(EditionRefused, match="may be an older copy"):
        send(monday, line=room.line)
    assert (len(room.provider.copies), room.line.high_water.read()) == (2, None)


def test_an_edition_that_was_begun_with_another_provider_is_in_doubt_where_the_mark_is_gone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.provider.search_after = timedelta(minutes=30)
    friday = half_sent(room, monkeypatch)
    loses_the_mark(room)
    room.provider.name, room.provider.records = "another", {}
    monday = room.clock.now + timedelta(days=3)
    names = [
        batch_id(list_domain="example.org", newsletter="daily", day=monday.date(), provider="another", n=n)
        for n in range(3)
    ]
    record = mondays(room)
    room.provider.records = dict.fromkeys(names, Trace.MISSING)
    assert send(record, line=room.line).accepted == 5
    assert states(room, friday.id) == {BatchState.UNCERTAIN}


def test_without_the_mark_nothing_goes_to_a_provider_that_cannot_be_asked(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = half_sent(room, monkeypatch)
    loses_the_mark(room)
    with pytest.raises(EditionRefused, match="does not say what it took"):
        send(friday, line=room.line)
    assert len(room.provider.copies) == 2
    room.provider.replay_for = timedelta.max  # the same files are written again
    assert send(friday, line=room.line).accepted == 5

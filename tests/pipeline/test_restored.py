"""A database that was restored from an older copy sends nothing a second time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from digest.model.mail import BatchState, EditionState, Outcome, Receipt, Trace
from digest.pipeline.approve import approve
from digest.pipeline.doubts import MOST_SEARCHES
from digest.pipeline.draft import draft
from digest.pipeline.restored import distrust_restored
from digest.pipeline.send import send
from tests.fakes import InlineCalls
from tests.pipeline.conftest import DAILY, READERS, Room
from tests.pipeline.restoring import a_batch, half_sent, states


def test_a_database_that_knows_fewer_calls_than_were_made_puts_all_in_doubt(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(3)
    balance = send(record, line=room.line)
    assert not room.provider.copies
    assert (balance.uncertain_batches, balance.pending) == (3, 5)
    assert "restored database" in [alert.kind for alert in room.line.alerts.untold()]


def test_its_doubts_are_settled_by_the_providers_records_and_never_by_a_key(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(3)
    room.provider.replay_for, room.provider.search_after = timedelta(hours=24), timedelta(minutes=30)
    send(record, line=room.line)
    room.provider.records = {doubt.batch_id: Trace.FOUND for doubt in room.line.ledger.doubts(record.id)}
    room.clock.moves_on(minutes=30)
    send(room.line.editions.get(record.id), line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.SENT
    assert not room.provider.copies


def test_not_even_the_same_files_are_written_again_for_other_readers_may_have_their_names(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(3)
    room.provider.replay_for = timedelta.max
    send(record, line=room.line)
    assert states(room, record.id) == {BatchState.UNCERTAIN}
    assert not room.provider.copies


def test_what_the_records_do_not_know_is_not_called_absent_for_it_may_be_out_in_other_batches(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(3)
    room.provider.search_after = timedelta(minutes=30)
    send(record, line=room.line)
    room.provider.records = {doubt.batch_id: Trace.MISSING for doubt in room.line.ledger.doubts(record.id)}
    room.clock.moves_on(minutes=30)
    send(room.line.editions.get(record.id), line=room.line)
    assert states(room, record.id) == {BatchState.UNCERTAIN}
    assert not room.provider.copies
    for batch, _, _ in room.line.ledger.open_batches(record.id):
        room.line.ledger.resolve(batch, accepted=False, by="Ada", at=room.clock.now)
    send(room.line.editions.get(record.id), line=room.line)
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_of_many_doubts_the_provider_is_asked_for_a_hundred_in_turn_and_as_often_as_it_allows(room: Room) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(235)))
    record = room.approved()
    room.line.high_water.raise_to(120)
    room.provider.search_after, room.provider.per_second = timedelta(minutes=30), 5.0
    doubted = send(record, line=room.line).uncertain_batches
    room.provider.records = {doubt.batch_id: Trace.MISSING for doubt in room.line.ledger.doubts(record.id)[:60]}
    paces: list[float] = []

    class Paced(InlineCalls):
        def map(self, *given: Any, per_second: float, **named: Any) -> Any:
            paces.append(per_second)
            return super().map(*given, per_second=per_second, **named)

    for _ in range(2):
        room.clock.moves_on(minutes=30)
        send(room.line.editions.get(record.id), line=replace(room.line, calls=Paced()))
    every = [a_batch(room, n) for n in range(doubted)]
    assert (doubted, room.provider.asked) == (120, every + every[: 2 * MOST_SEARCHES - 120])
    assert 5.0 in paces


def test_a_restored_copy_of_a_half_sent_edition_sends_nothing_of_the_rest(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.RETRYABLE))
    send(record, line=room.line)
    copies = dict(room.provider.copies)
    room.line.high_water.raise_to(50)
    room.clock.moves_on(minutes=5)
    send(room.line.editions.get(record.id), line=room.line)
    assert room.provider.copies == copies
    assert states(room, record.id) == {BatchState.UNCERTAIN}


def test_what_goes_out_in_the_hour_after_midnight_is_of_the_newsrooms_day_and_not_of_utcs(room: Room) -> None:
    room.clock.moves_to("2026-05-14T23:50:00Z")  # 00:50 on the 15th in London
    earlier = room.drafted()
    assert earlier.day == date(2026, 5, 14)
    room.line.high_water.raise_to(3)
    distrust_restored(earlier, line=room.line)
    record = draft(DAILY, day=date(2026, 5, 15), now=room.clock.now, line=room.line, may_replace=True)
    signed = approve(record, by="Ada", now=room.clock.now, line=room.line)
    assert send(signed, line=room.line).uncertain_batches == 3


def test_the_editions_of_later_days_are_in_no_doubt(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(3)
    send(record, line=room.line)
    for batch, _, _ in room.line.ledger.open_batches(record.id):
        room.line.ledger.resolve(batch, accepted=True, by="Ada", at=room.clock.now)
    room.clock.moves_on(days=3)
    for one in room.line.newsroom.sources[:2]:
        room.publishes(one, ("Labour ministers announce a new plan for buses", "Fares are to be capped next year."))
    monday = room.approved()
    assert send(monday, line=room.line).is_exact
    assert sum(room.provider.copies.values()) == len(READERS)


@pytest.mark.parametrize("mark", [0, 1])
@pytest.mark.parametrize("trace", [Trace.FOUND, Trace.UNKNOWN])
def test_a_call_that_another_sender_makes_meanwhile_is_no_sign_of_a_restored_database(
    room: Room, monkeypatch: pytest.MonkeyPatch, mark: int, trace: Trace
) -> None:
    record = room.approved()
    room.line.high_water.raise_to(mark)
    assert room.line.ledger.note_loss(made=mark, until=date(2026, 1, 1), at=room.clock.now) == 0
    room.provider.search_after = timedelta(minutes=30)

    def search(tag: str, *, since: datetime) -> Trace:
        if tag == a_batch(room, 0) and tag in room.line.ledger.waiting(record.id):
            room.line.ledger.claim(record.id, worker="another", at=room.clock.now, lease_seconds=60)
        return trace

    monkeypatch.setattr(room.provider, "search", search)
    balance = send(record, line=room.line)
    assert (balance.uncertain_batches, balance.pending) == (0, 2)


def test_what_a_person_lets_go_is_not_doubted_again_because_the_provider_knows_the_rest_of_its_call(room: Room) -> None:
    record = room.approved()
    room.provider.search_after = timedelta(minutes=30)
    room.provider.records = {a_batch(room, n): Trace.FOUND for n in (1, 2)}
    room.provider.records[a_batch(room, 0)] = replace(Trace.FOUND, addresses=READERS[:1])
    send(record, line=room.line)
    room.clock.moves_on(minutes=30)
    send(room.line.editions.get(record.id), line=room.line)
    assert states(room, record.id) == {BatchState.UNCERTAIN}
    assert room.line.ledger.resolve(a_batch(room, 0), accepted=False, by="Ann", at=room.clock.now)
    send(room.line.editions.get(record.id), line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.SENT
    assert room.provider.copies == {READERS[1]: 1}


def test_with_a_mark_the_provider_is_asked_for_one_batch_and_once_more_where_it_does_not_say(room: Room) -> None:
    record = room.approved()
    room.line.high_water.raise_to(1)
    assert room.line.ledger.note_loss(made=1, until=date(2026, 1, 1), at=room.clock.now) == 0
    room.provider.search_after = timedelta(minutes=30)
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE))
    send(record, line=room.line)
    room.clock.moves_on(minutes=5)
    send(room.line.editions.get(record.id), line=room.line)
    assert room.provider.asked == [a_batch(room, 0)] * 2
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_the_mark_is_raised_before_each_call(room: Room) -> None:
    record = room.approved()
    seen: list[int | None] = []
    submit: Callable[[object], Receipt] = room.provider.submit

    def look(payload: object) -> Receipt:
        seen.append(room.line.high_water.read())
        return submit(payload)

    room.provider.submit = look  # type: ignore[method-assign]
    send(record, line=room.line)
    assert seen == [1, 2, 3]
    assert room.line.ledger.calls() == 3


def test_a_mark_that_was_put_back_with_the_database_hides_nothing_from_a_provider_that_can_be_asked(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = half_sent(room, monkeypatch)
    room.provider.search_after = timedelta(minutes=30)
    send(friday, line=room.line)
    assert states(room, friday.id) == {BatchState.UNCERTAIN}
    assert len(room.provider.copies) == 2


def test_what_another_newsletter_sends_meanwhile_hides_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    friday = half_sent(room, monkeypatch)
    room.provider.search_after = timedelta(minutes=30)

    def search(tag: str, *, since: datetime) -> Trace:
        room.line.ledger.note_loss(made=room.line.ledger.calls() + 1, until=date(2026, 1, 1), at=room.clock.now)
        return room.provider.records[tag]

    monkeypatch.setattr(room.provider, "search", search)
    monkeypatch.setattr("digest.adapters.store.doubting.distrust", lambda *_, **__: 0)
    send(friday, line=room.line)
    assert "already knows" in room.line.alerts.untold()[-1].message

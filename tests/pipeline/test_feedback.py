"""What providers tell: taken in, remembered up to where it was read, and a brake."""

from datetime import timedelta

import pytest

from digest.errors import Unreachable
from digest.model.feedback import BounceClass, Event, EventKind
from digest.model.mail import Batch, EditionState, Outcome, Receipt
from digest.pipeline.feedback import hear, pull
from digest.pipeline.send import send
from digest.pipeline.withhold import resume
from tests.pipeline.conftest import Room


def told(room: Room, number: int, kind: EventKind, **given: object) -> Event:
    made = {"provider": "fake", "id": f"e-{number}", "kind": kind, "at": room.clock.now, "delivery_id": number}
    return Event(**{**made, **given})  # type: ignore[arg-type]


def kinds(room: Room) -> list[str]:
    return [alert.kind for alert in room.line.alerts.untold()]


def test_a_complaint_too_many_pauses_what_is_being_sent(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.RETRYABLE))
    send(record, line=room.line)
    heard, troubles = hear([told(room, 1, EventKind.COMPLAINED)], line=room.line)
    assert (heard.suppressed, heard.complaints) == (1, frozenset({record.id}))
    record = room.line.editions.get(record.id)
    assert record.state is EditionState.PAUSED
    assert record.reason == "1 of 3 readers complained, more than 0.3%"
    assert troubles == (f"daily 2026-05-15: {record.reason}",)
    assert kinds(room) == ["complaints"]


def test_who_died_between_taking_a_complaint_in_and_the_brake_has_it_pulled_by_the_next(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.RETRYABLE))
    send(record, line=room.line)
    complaint = told(room, 1, EventKind.COMPLAINED)
    room.line.feedback.record([complaint], soft_bounces=3, at=room.clock.now)
    hear([complaint], line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.PAUSED
    assert kinds(room) == ["complaints"]
    resume(room.line.editions.get(record.id), by="Ada", now=room.clock.now, line=room.line)
    assert hear([complaint], line=room.line)[1] == ()
    assert room.line.editions.get(record.id).state is EditionState.SENDING


def test_of_an_edition_that_is_out_it_only_rings(room: Room) -> None:
    record = room.approved()
    send(record, line=room.line)
    hear([told(room, 1, EventKind.COMPLAINED)], line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.SENT
    assert kinds(room) == ["complaints"]


def test_what_may_be_borne_is_borne(room: Room) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(1000)))
    room.provider.batch_size = 400
    record = room.approved()
    send(record, line=room.line)
    complaints = [told(room, n, EventKind.COMPLAINED) for n in range(1, 5)]
    assert hear(complaints[:3], line=room.line)[1] == ()
    assert hear(complaints[3:], line=room.line)[1] == (
        "daily 2026-05-15: 4 of 1005 readers complained, more than 0.3%",
    )


def in_flight(room: Room, *, batch_size: int) -> Batch:
    """The first batch of an edition, whose answer is waited for."""
    record, now = room.approved(), room.clock.now
    room.line.ledger.prepare(record.id, list_domain="example.org", provider="fake", batch_size=batch_size, at=now)
    batch = room.line.ledger.claim(record.id, worker="w", at=now, lease_seconds=300)
    assert batch is not None
    return batch


def test_a_complaint_before_the_first_answer_is_set_against_what_is_under_way(room: Room) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(1995)))
    batch = in_flight(room, batch_size=1500)
    complaints = [told(room, n, EventKind.COMPLAINED) for n in range(1, 6)]
    assert hear(complaints[:4], line=room.line)[1] == ()
    assert room.line.editions.get(batch.edition_id).state is EditionState.SENDING
    assert hear(complaints[4:], line=room.line)[1] == (
        "daily 2026-05-15: 5 of 1500 readers complained, more than 0.3%",
    )
    assert room.line.editions.get(batch.edition_id).state is EditionState.PAUSED


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.UNCERTAIN])
def test_of_a_small_first_call_one_complaint_is_borne(room: Room, outcome: Outcome) -> None:
    room.subscribes(*(f"more{n}@example.org" for n in range(995)))
    batch = in_flight(room, batch_size=50)
    room.line.ledger.settle(batch, Receipt(outcome=outcome), worker="w", at=room.clock.now)
    complaints = [told(room, n, EventKind.COMPLAINED) for n in range(1, 5)]
    assert hear(complaints[:3], line=room.line)[1] == ()
    assert hear(complaints[3:], line=room.line)[1] == ("daily 2026-05-15: 4 of 50 readers complained, more than 0.3%",)


def test_a_pull_reads_on_from_where_the_last_one_was(room: Room) -> None:
    send(room.approved(), line=room.line)
    room.provider.tells(told(room, 1, EventKind.BOUNCED, bounce=BounceClass.HARD))
    first = pull(room.line)
    assert (first.heard.new, first.heard.suppressed) == (1, 1)
    assert first.since == room.clock.now - timedelta(days=3)
    room.clock.moves_on(hours=6)
    second = pull(room.line)
    assert second.since == room.clock.now - timedelta(hours=7)
    assert second.heard.new == 0
    room.clock.moves_on(minutes=30)
    room.provider.tells(told(room, 2, EventKind.DELIVERED))
    assert pull(room.line).heard.new == 1
    assert pull(room.line).heard.known == 1


def test_a_pull_while_the_clock_was_ahead_hides_nothing_from_the_next(room: Room) -> None:
    send(room.approved(), line=room.line)
    room.clock.moves_on(days=365)
    pull(room.line)
    room.clock.moves_on(days=-364)
    room.provider.tells(told(room, 1, EventKind.COMPLAINED))
    again = pull(room.line)
    assert again.since == room.clock.now - timedelta(days=3)
    assert again.heard.suppressed == 1


def test_a_pull_that_fails_in_the_middle_keeps_what_it_read_and_begins_there_again(room: Room) -> None:
    send(room.approved(), line=room.line)
    room.provider.tells(*(told(room, 1, EventKind.BOUNCED, id=f"e-{n}", bounce=BounceClass.SOFT) for n in range(600)))
    room.provider.fails_after(550)
    with pytest.raises(Unreachable):
        pull(room.line)
    room.provider.fails_after(None)
    again = pull(room.line)
    assert (again.heard.new, again.heard.known) == (100, 500)
    assert again.since == room.clock.now - timedelta(days=3)


def test_a_complaint_of_an_edition_of_which_nothing_was_accepted_is_said_as_it_is(room: Room) -> None:
    record = room.approved()
    room.provider.batch_size = 1
    room.provider.answers(*[Receipt(outcome=Outcome.REJECTED)] * 5)
    send(record, line=room.line)
    assert hear([told(room, 1, EventKind.COMPLAINED)], line=room.line)[1] == (
        "daily 2026-05-15: 1 of 0 readers complained, more than 0.3%",
    )

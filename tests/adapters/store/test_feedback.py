"""Events and what follows from them, in any order and any number of times."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from digest.adapters.events.postmark import event as postmark_event
from digest.adapters.store.engine import reading
from digest.adapters.store.feedback import SqlFeedback
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.readers import SqlReaders
from digest.adapters.store.schema import batches, deliveries, events, subscriptions, suppressions
from digest.model.feedback import BounceClass, Event, EventKind, Heard
from digest.model.mail import Batch, BatchState, Fate, Outcome, Receipt, Trace

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
Approved = Callable[..., int]


def event(number: int = 1, kind: EventKind = EventKind.BOUNCED, **given: object) -> Event:
    bounce = BounceClass.HARD if kind is EventKind.BOUNCED else None
    made = Event(provider="mailgun", id=f"e-{number}", kind=kind, at=NOW, bounce=bounce, delivery_id=1)
    return replace(made, **given)  # type: ignore[arg-type]


@pytest.fixture
def feedback(engine: Engine) -> SqlFeedback:
    return SqlFeedback(engine)


def sent(
    engine: Engine, approved: Approved, *, readers: int = 3, day: date = DAY, receipt: Receipt | None = None
) -> int:
    ledger = SqlLedger(engine)
    edition = approved(readers, day=day)
    ledger.prepare(edition, list_domain="example.org", provider="mailgun", batch_size=100, at=NOW)
    batch = ledger.claim(edition, worker="w", at=NOW, lease_seconds=60)
    assert batch is not None
    assert ledger.settle(batch, receipt or Receipt(outcome=Outcome.ACCEPTED, reference="m"), worker="w", at=NOW)
    return edition


def hear(feedback: SqlFeedback, *told: Event) -> Heard:
    return feedback.record(told, soft_bounces=3, at=NOW)


def end_state(engine: Engine) -> dict[str, object]:
    with reading(engine) as connection:
        return {
            "copies": connection.execute(
                select(deliveries.c.id, deliveries.c.feedback).order_by(deliveries.c.id)
            ).all(),
            "suppressed": sorted(connection.execute(select(suppressions.c.address_key, suppressions.c.reason)).all()),
            "subscriptions": sorted(
                connection.execute(select(subscriptions.c.subscriber_id, subscriptions.c.state)).all()
            ),
            "events": sorted(connection.execute(select(events.c.event_id, events.c.type, events.c.delivery_id)).all()),
            "batches": connection.execute(select(batches.c.state)).scalars().all(),
        }


@pytest.mark.parametrize(("kind", "reason"), [(EventKind.BOUNCED, "hard bounce"), (EventKind.COMPLAINED, "complaint")])
def test_a_hard_bounce_and_a_complaint_suppress_at_once(
    engine: Engine, approved: Approved, feedback: SqlFeedback, kind: EventKind, reason: str
) -> None:
    edition = sent(engine, approved)
    heard = hear(feedback, event(kind=kind))
    assert (heard.new, heard.suppressed) == (1, 1)
    assert heard.complaints == ({edition} if kind is EventKind.COMPLAINED else frozenset())
    assert end_state(engine)["suppressed"] == [("reader0@example.org", reason)]
    assert SqlReaders(engine).counts()["daily"] == {"active": 2, "suppressed": 1}


def test_a_bounce_that_is_ours_suppresses_nobody_and_is_counted(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    edition = sent(engine, approved)
    heard = hear(feedback, event(bounce=BounceClass.OURS, status="5.7.1"))
    assert (heard.ours, heard.suppressed) == (1, 0)
    assert feedback.tally(edition) == {"refused": 1}


def test_soft_bounces_suppress_after_so_many_editions_in_a_row(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    for day in range(3):
        sent(engine, approved, readers=1, day=DAY + timedelta(days=day))
    soft = [event(n, delivery_id=n, bounce=BounceClass.SOFT) for n in (1, 2, 3)]
    assert hear(feedback, soft[0], soft[0], soft[2]).suppressed == 0
    assert hear(feedback, soft[1]).suppressed == 1
    assert end_state(engine)["suppressed"] == [("reader0@example.org", "soft bounces in a row")]


def test_an_unsubscription_ends_the_one_of_its_newsletter(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    approved(3, newsletter="weekly")
    assert hear(feedback, event(kind=EventKind.UNSUBSCRIBED)).left == 1
    assert SqlReaders(engine).counts() == {
        "daily": {"active": 2, "unsubscribed": 1},
        "weekly": {"active": 3},
    }


def test_an_unsubscription_told_by_address_alone_ends_all_that_was_asked_for_before(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    approved(3, newsletter="weekly")
    told = event(kind=EventKind.UNSUBSCRIBED, delivery_id=0, address="Reader1@example.org")
    earlier = replace(told, id="e-0", at=NOW - timedelta(seconds=1))
    elsewhere = replace(told, id="e-2", batch_id=FOREIGN)
    assert hear(feedback, earlier, elsewhere) == Heard(new=2, unmatched=2)
    assert hear(feedback, told) == Heard(new=1, left=2)
    assert hear(feedback, told) == Heard(known=1)
    ended = {"active": 2, "unsubscribed": 1}
    assert SqlReaders(engine).counts() == {"daily": ended, "weekly": ended}
    assert end_state(engine)["suppressed"] == []


@pytest.mark.parametrize("kind", [EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.DEFERRED, EventKind.BOUNCED])
def test_an_event_of_a_batch_whose_answer_was_lost_says_that_it_arrived(
    engine: Engine, approved: Approved, feedback: SqlFeedback, kind: EventKind
) -> None:
    edition = sent(engine, approved, receipt=Receipt(outcome=Outcome.UNCERTAIN))
    ledger = SqlLedger(engine)
    ((batch, state, _),) = ledger.open_batches(edition)
    assert state is BatchState.UNCERTAIN
    assert hear(feedback, event(kind=kind, batch_id=batch)).settled == 1
    assert ledger.balance(edition).accepted == 3
    assert ledger.close(edition, at=NOW)
    assert hear(feedback, event(kind=kind, batch_id=batch)).settled == 0


def test_even_what_the_records_did_not_know_is_settled_by_an_event(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    edition = sent(engine, approved, receipt=Receipt(outcome=Outcome.UNCERTAIN))
    ledger = SqlLedger(engine)
    ((batch, _, _),) = ledger.open_batches(edition)
    ledger.trace(batch, Trace.MISSING, at=NOW)
    assert hear(feedback, event(kind=EventKind.DELIVERED, delivery_id=2)).settled == 1
    assert ledger.balance(edition).accepted == 3


@pytest.mark.parametrize("doubt", [BatchState.UNCERTAIN, BatchState.ABSENT])
def test_a_report_of_a_copy_handed_over_by_itself_says_nothing_of_the_others_in_its_batch(
    engine: Engine, approved: Approved, feedback: SqlFeedback, doubt: BatchState
) -> None:
    edition = sent(engine, approved, receipt=Receipt(outcome=Outcome.UNCERTAIN))
    ledger = SqlLedger(engine)
    ((batch, _, _),) = ledger.open_batches(edition)
    if doubt is BatchState.ABSENT:
        ledger.trace(batch, Trace.MISSING, at=NOW)
    told = [event(number, batch_id=batch, delivery_id=number, speaks_for_batch=False) for number in (2, 1, 3)]
    assert hear(feedback, *told[:1], *told[:1]).settled == 0
    assert [(name, state) for name, state, _ in ledger.open_batches(edition)] == [(batch, doubt)]
    assert (ledger.balance(edition).accepted, ledger.balance(edition).pending) == (1, 2)
    assert [hear(feedback, one).settled for one in told[1:]] == [0, 1]
    assert ledger.balance(edition).accepted == 3
    assert ledger.close(edition, at=NOW)


def test_a_report_settles_no_copy_that_waits_for_another_attempt(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    edition = sent(engine, approved, receipt=Receipt(outcome=Outcome.RETRYABLE))
    assert hear(feedback, event(speaks_for_batch=False)).settled == 0
    assert SqlLedger(engine).balance(edition).pending == 3


LOST = Receipt(outcome=Outcome.UNCERTAIN, detail="read timed out")
BUSY = Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 429")
REFUSED = Receipt(outcome=Outcome.REJECTED, detail="HTTP 400")


def called(engine: Engine, approved: Approved) -> Batch:
    """A batch of three readers, in flight."""
    ledger = SqlLedger(engine)
    edition = approved(3)
    ledger.prepare(edition, list_domain="example.org", provider="mailgun", batch_size=100, at=NOW)
    return claimed(ledger, edition)


def claimed(ledger: SqlLedger, edition: int) -> Batch:
    batch = ledger.claim(edition, worker="w", at=NOW, lease_seconds=60)
    assert batch is not None
    return batch


@pytest.mark.parametrize("kind", [EventKind.ACCEPTED, EventKind.DELIVERED])
@pytest.mark.parametrize("answer", [LOST, BUSY, REFUSED])
def test_what_is_reported_while_the_call_is_under_way_outweighs_the_want_of_an_answer(
    engine: Engine, approved: Approved, feedback: SqlFeedback, kind: EventKind, answer: Receipt
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    assert hear(feedback, event(kind=kind, batch_id=batch.id)).settled == 0
    assert ledger.balance(batch.edition_id).pending == 3
    assert ledger.settle(batch, answer, worker="w", at=NOW)
    assert ledger.balance(batch.edition_id).accepted == 3
    assert ledger.close(batch.edition_id, at=NOW)


def test_what_is_reported_before_its_worker_dies_was_taken(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    hear(feedback, event(kind=EventKind.ACCEPTED, batch_id=batch.id))
    assert ledger.release_stale(batch.edition_id, at=NOW, is_alive=lambda _: False) == 1
    assert ledger.balance(batch.edition_id).accepted == 3
    assert ledger.close(batch.edition_id, at=NOW)


@pytest.mark.parametrize("reported", [1, 3])
@pytest.mark.parametrize("dies", [True, False])
def test_a_copy_that_is_reported_alone_while_the_call_is_under_way_is_in_no_doubt(
    engine: Engine, approved: Approved, feedback: SqlFeedback, reported: int, *, dies: bool
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    told = [event(n, EventKind.ACCEPTED, delivery_id=n, speaks_for_batch=False) for n in range(1, reported + 1)]
    assert hear(feedback, *told).settled == 0
    if dies:
        ledger.release_stale(batch.edition_id, at=NOW, is_alive=lambda _: False)
    else:
        ledger.settle(batch, LOST, worker="w", at=NOW)
    balance = ledger.balance(batch.edition_id)
    assert (balance.accepted, balance.uncertain_batches) == (reported, int(reported < 3))


def test_of_a_batch_whose_other_copies_have_their_fates_reports_settle_the_rest(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    hear(feedback, event(kind=EventKind.ACCEPTED, speaks_for_batch=False))
    fates = (Fate(delivery_id=2, outcome=Outcome.ACCEPTED), Fate(delivery_id=3, outcome=Outcome.REJECTED))
    assert ledger.settle(batch, replace(LOST, fates=fates), worker="w", at=NOW)
    balance = ledger.balance(batch.edition_id)
    assert (balance.accepted, balance.rejected, balance.open_batches) == (2, 1, 0)


def test_a_copy_that_was_reported_before_its_answer_still_gets_its_reference(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    hear(feedback, event(kind=EventKind.DELIVERED, speaks_for_batch=False))
    fates = (
        Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1"),
        Fate(delivery_id=2, outcome=Outcome.REJECTED, detail="no"),
    )
    ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED, fates=fates), worker="w", at=NOW)
    assert [(copy.state.value, copy.reference) for copy in ledger.deliveries(batch.edition_id)] == [
        ("accepted", "m-1"),
        ("rejected", ""),
        ("accepted", ""),
    ]


@pytest.mark.parametrize("speaks", [True, False])
def test_a_report_of_what_an_operator_called_absent_comes_before_it_is_sent_again(
    engine: Engine, approved: Approved, feedback: SqlFeedback, *, speaks: bool
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    ledger.settle(batch, LOST, worker="w", at=NOW)
    assert ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
    assert hear(feedback, event(kind=EventKind.DELIVERED, speaks_for_batch=speaks)).settled == int(speaks)
    assert ledger.balance(batch.edition_id).accepted == (3 if speaks else 1)
    again = ledger.claim(batch.edition_id, worker="w", at=NOW, lease_seconds=60)
    assert [reader.delivery_id for reader in (again.readers if again else ())] == ([] if speaks else [2, 3])


def test_a_replay_has_the_readers_of_the_call_before_it_those_reported_of_too(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    ledger, edition = SqlLedger(engine), approved(5)
    SqlReaders(engine).suppress("reader3@example.org", reason="asked by letter", at=NOW)
    ledger.prepare(edition, list_domain="example.org", provider="resend", batch_size=100, at=NOW)
    SqlReaders(engine).unsubscribe(5, at=NOW)
    first = claimed(ledger, edition)
    refused = (Fate(delivery_id=2, outcome=Outcome.REJECTED, detail="no address"),)
    ledger.settle(first, replace(LOST, fates=refused), worker="w", at=NOW)
    hear(feedback, event(kind=EventKind.DELIVERED, speaks_for_batch=False))
    ledger.replay(first.id, at=NOW, until=NOW + timedelta(hours=1))
    again = claimed(ledger, edition)
    assert [reader.delivery_id for reader in again.readers] == [1, 2, 3]
    assert again.readers == first.readers
    fates = tuple(Fate(delivery_id=n, outcome=Outcome.ACCEPTED, reference=f"m-{n}") for n in (1, 3)) + refused
    ledger.settle(again, Receipt(outcome=Outcome.ACCEPTED, fates=fates), worker="w", at=NOW)
    assert [(copy.state.value, copy.reference) for copy in ledger.deliveries(edition)] == [
        ("accepted", "m-1"),
        ("rejected", ""),
        ("accepted", "m-3"),
        ("suppressed", ""),
        ("excluded", ""),
    ]
    assert ledger.close(edition, at=NOW)


def test_a_report_that_comes_during_the_second_call_spares_the_third(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    batch, ledger = called(engine, approved), SqlLedger(engine)
    ledger.settle(batch, LOST, worker="w", at=NOW)
    ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
    again = claimed(ledger, batch.edition_id)
    hear(feedback, event(kind=EventKind.DELIVERED, batch_id=batch.id))
    ledger.settle(again, BUSY, worker="w", at=NOW)
    assert ledger.close(batch.edition_id, at=NOW)


def test_what_nobody_understands_is_kept_and_changes_nothing(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    edition = sent(engine, approved, receipt=Receipt(outcome=Outcome.UNCERTAIN))
    before = end_state(engine)
    assert hear(feedback, event(kind=EventKind.UNKNOWN, payload='{"new": 1}')).new == 1
    assert SqlLedger(engine).balance(edition).uncertain_batches == 1
    after = end_state(engine)
    assert after.pop("events") == [("e-1", "unknown", 1)]
    assert after == {name: value for name, value in before.items() if name != "events"}


def test_a_copy_is_found_by_its_batch_and_address_whatever_the_spelling(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    with reading(engine) as connection:
        batch = connection.execute(select(batches.c.id)).scalar_one()
    heard = hear(feedback, event(delivery_id=0, batch_id=batch, address="READER2@Example.org"))
    assert (heard.suppressed, heard.unmatched) == (1, 0)
    assert end_state(engine)["suppressed"] == [("reader2@example.org", "hard bounce")]


FOREIGN = "11111111-1111-5111-8111-111111111111"
STRANGER = "stranger@example.org"


def a_batch(engine: Engine) -> str:
    with reading(engine) as connection:
        return str(connection.execute(select(batches.c.id)).scalar_one())


@pytest.mark.parametrize(
    "told", [{"batch_id": FOREIGN, "address": STRANGER}, {"batch_id": FOREIGN}, {"address": STRANGER}]
)
def test_an_id_is_not_believed_where_batch_or_address_are_not_its_copys(
    engine: Engine, approved: Approved, feedback: SqlFeedback, told: dict[str, Any]
) -> None:
    sent(engine, approved)
    assert hear(feedback, event(**told)).unmatched == 1
    assert (end_state(engine)["suppressed"], feedback.tally(1)) == ([], {})


def test_of_an_id_given_out_twice_the_address_in_the_edition_decides(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    assert hear(feedback, event(batch_id=a_batch(engine), address="reader2@example.org")).suppressed == 1
    assert end_state(engine)["suppressed"] == [("reader2@example.org", "hard bounce")]


def test_a_bounce_at_the_address_a_reader_forwards_to_is_his_copys(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    assert hear(feedback, event(batch_id=a_batch(engine), address="elsewhere@example.net")).suppressed == 1
    assert end_state(engine)["suppressed"] == [("reader0@example.org", "hard bounce")]


@pytest.mark.parametrize("address", ["", "mailbox@internal.example.net"])
def test_a_sealed_bounce_at_the_mailbox_behind_a_readers_address_is_his_copys(
    engine: Engine, approved: Approved, feedback: SqlFeedback, address: str
) -> None:
    sent(engine, approved)
    assert hear(feedback, event(address=address, is_sealed=True)).suppressed == 1
    assert end_state(engine)["suppressed"] == [("reader0@example.org", "hard bounce")]


@pytest.mark.parametrize("kind", [EventKind.BOUNCED, EventKind.COMPLAINED])
@pytest.mark.parametrize("is_named", [True, False])
def test_who_has_a_sealed_copy_can_have_no_other_reader_suppressed(
    engine: Engine, approved: Approved, feedback: SqlFeedback, kind: EventKind, *, is_named: bool
) -> None:
    sent(engine, approved)
    batch = a_batch(engine) if is_named else ""
    forged = event(kind=kind, batch_id=batch, address="reader2@example.org", is_sealed=True)
    assert hear(feedback, forged).unmatched == 1
    assert end_state(engine)["suppressed"] == []


@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize("address", ["", "new@example.org"])
def test_an_id_of_the_lost_future_of_a_restored_database_is_not_that_of_another_reader(
    engine: Engine, approved: Approved, feedback: SqlFeedback, address: str, *, is_sealed: bool
) -> None:
    ledger, edition = SqlLedger(engine), approved(3)
    ledger.note_loss(made=1, until=DAY, at=NOW)
    ledger.prepare(edition, list_domain="example.org", provider="mailgun", batch_size=100, at=NOW)
    lost = event(batch_id=a_batch(engine), address=address, is_sealed=is_sealed, speaks_for_batch=False)
    assert hear(feedback, lost).unmatched == 1
    known = replace(lost, id="e-2", address="reader0@example.org")
    assert hear(feedback, known).suppressed == 1
    assert end_state(engine)["suppressed"] == [("reader0@example.org", "hard bounce")]


@pytest.mark.parametrize("delivery_id", [0, 2])
def test_an_event_names_the_batch_its_copy_was_in_before(
    engine: Engine, approved: Approved, feedback: SqlFeedback, delivery_id: int
) -> None:
    fates = (Fate(delivery_id=2, outcome=Outcome.RETRYABLE),)
    sent(engine, approved, receipt=Receipt(outcome=Outcome.ACCEPTED, fates=fates))
    with reading(engine) as connection:
        first = connection.execute(select(batches.c.id).where(batches.c.n == 0)).scalar_one()
    assert hear(feedback, event(batch_id=first, delivery_id=delivery_id, address="reader1@example.org")).suppressed == 1


def test_of_an_address_alone_a_reader_is_suppressed_and_a_stranger_is_not(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    heard = hear(
        feedback,
        event(1, delivery_id=0, address="reader1@example.org"),
        event(2, delivery_id=0, address="stranger@example.org"),
        event(3, delivery_id=99, address=""),
        event(4, EventKind.DELIVERED, delivery_id=0, address="reader1@example.org"),
    )
    assert (heard.new, heard.unmatched, heard.suppressed) == (4, 3, 1)
    assert end_state(engine)["suppressed"] == [("reader1@example.org", "hard bounce")]


def test_a_proof_is_used_once(engine: Engine, approved: Approved, feedback: SqlFeedback) -> None:
    sent(engine, approved)
    assert hear(feedback, event(1, nonce="token")).new == 1
    forged = event(2, EventKind.COMPLAINED, delivery_id=2, nonce="token")
    assert hear(feedback, forged) == Heard(known=1)
    assert end_state(engine)["suppressed"] == [("reader0@example.org", "hard bounce")]


def test_the_graver_reason_stands_and_an_operators_own_is_never_overwritten(
    engine: Engine, approved: Approved, feedback: SqlFeedback
) -> None:
    sent(engine, approved)
    SqlReaders(engine).suppress("reader1@example.org", reason="asked by letter", at=NOW)
    hear(feedback, event(1), event(2, EventKind.COMPLAINED), event(3, EventKind.COMPLAINED, delivery_id=2))
    assert end_state(engine)["suppressed"] == [
        ("reader0@example.org", "complaint"),
        ("reader1@example.org", "asked by letter"),
    ]


STORM = [
    event(1, EventKind.DELIVERED),
    event(2),
    event(3, EventKind.COMPLAINED),
    event(4, EventKind.DEFERRED, delivery_id=2),
    event(5, EventKind.DELIVERED, delivery_id=2),
    event(6, EventKind.UNSUBSCRIBED, delivery_id=2),
    event(7, EventKind.UNKNOWN, delivery_id=2),
    *(event(10 + n, delivery_id=n, bounce=BounceClass.SOFT) for n in (3, 6, 9)),
    event(20, EventKind.ACCEPTED, delivery_id=4),
    event(21, bounce=BounceClass.OURS, delivery_id=5),
    event(22, delivery_id=0, address="reader2@example.org"),
]


@pytest.mark.parametrize("seed", range(12))
def test_shuffled_and_doubled_events_come_to_one_end(
    engine: Engine, approved: Approved, feedback: SqlFeedback, seed: int
) -> None:
    for day in range(3):
        sent(engine, approved, readers=3, day=DAY + timedelta(days=day))
    told = [*STORM, *STORM]
    random.Random(seed).shuffle(told)
    for each in told:
        hear(feedback, each)
    assert end_state(engine) == {
        "copies": [
            (1, "complained"),
            (2, "unsubscribed"),
            (3, "soft bounce"),
            (4, ""),
            (5, "refused"),
            (6, "soft bounce"),
            (7, ""),
            (8, ""),
            (9, "soft bounce"),
        ],
        "suppressed": [("reader0@example.org", "complaint"), ("reader2@example.org", "hard bounce")],
        "subscriptions": [(1, "active"), (2, "unsubscribed"), (3, "active")],
        "events": [
            ("e-13", "bounced", 3),
            ("e-16", "bounced", 6),
            ("e-19", "bounced", 9),
            ("e-2", "bounced", 1),
            ("e-21", "bounced", 5),
            ("e-22", "bounced", None),
            ("e-3", "complained", 1),
            ("e-6", "unsubscribed", 2),
            ("e-7", "unknown", 2),
        ],
        "batches": ["accepted"] * 3,
    }


def test_an_event_with_half_a_character_stops_no_other(
    engine: Engine, feedback: SqlFeedback, approved: Approved
) -> None:
    sent(engine, approved)
    told = postmark_event(
        json.loads(
            '{"RecordType":"Bounce","Type":"HardBounce","ID":1,"Metadata":{"delivery":"1"},"Details":"\\ud83d"}'
        ),
        now=NOW,
    )
    assert hear(feedback, told, event(2, delivery_id=2)).new == 2

"""Events and what follows from them, in any order and any number of times."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from digest.adapters.store.engine import reading
from digest.adapters.store.feedback import SqlFeedback
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.readers import SqlReaders
from digest.adapters.store.schema import batches, deliveries, events, subscriptions, suppressions
from digest.model.feedback import BounceClass, Event, EventKind, Heard
from digest.model.mail import BatchState, Outcome, Receipt, Trace

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
    ledger.prepare(edition, provider="mailgun", batch_size=100, at=NOW)
    batch = ledger.claim(edition, worker="w", at=NOW, lease_seconds=60, link=str)
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

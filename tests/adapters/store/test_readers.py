from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select, update

from digest.adapters.store.engine import reading, writing
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.readers import SqlReaders
from digest.adapters.store.schema import deliveries, subscribers, subscriptions
from digest.model.reader import Subscriber
from digest.ports.store import ReaderStore

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)


@pytest.fixture
def readers(engine: Engine) -> ReaderStore:
    return SqlReaders(engine)


def subscriber(address: str, *frequencies: str, name: str = "Ann") -> Subscriber:
    return Subscriber(address=address, name=name, frequencies=frequencies or ("daily",), consent_source="form")


def names(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        return {row.address: row.name for row in connection.execute(select(subscribers))}


def test_the_preview_promises_what_the_import_does(readers: ReaderStore) -> None:
    readers.import_subscribers([subscriber("a@example.org"), subscriber("b@example.org")], at=NOW)
    readers.suppress("gone@example.org", reason="complaint", at=NOW)
    wanted = [
        subscriber("A@EXAMPLE.org"),
        subscriber("b@example.org", "daily", "weekly"),
        subscriber("new@example.org"),
        subscriber("Gone@example.org"),
    ]
    promised = {"new": 1, "changed": 1, "unchanged": 1, "suppressed": 1}
    assert readers.preview_import(wanted) == promised
    assert readers.counts() == {"daily": {"active": 2}}
    assert readers.import_subscribers(wanted, at=NOW) == promised
    assert readers.counts() == {"daily": {"active": 3}, "weekly": {"active": 1}}
    assert readers.preview_import(wanted) == {"new": 0, "changed": 0, "unchanged": 3, "suppressed": 1}


def test_an_import_corrects_a_name_but_an_empty_one_corrects_nothing(engine: Engine, readers: ReaderStore) -> None:
    readers.import_subscribers([subscriber("a@example.org", name="Anne")], at=NOW)
    assert readers.import_subscribers([subscriber("a@example.org", name="")], at=NOW)["unchanged"] == 1
    assert readers.import_subscribers([subscriber("a@example.org", name="Ann")], at=NOW)["changed"] == 1
    assert names(engine) == {"a@example.org": "Ann"}


def test_one_address_in_two_spellings_is_one_reader_who_asked_for_both(engine: Engine, readers: ReaderStore) -> None:
    twice = [subscriber("a@example.org", "daily"), subscriber("A@Example.org", "weekly", name="")]
    assert readers.import_subscribers(twice, at=NOW)["new"] == 1
    assert readers.counts() == {"daily": {"active": 1}, "weekly": {"active": 1}}
    assert names(engine) == {"a@example.org": "Ann"}


def test_an_empty_import_changes_nothing(readers: ReaderStore) -> None:
    assert set(readers.import_subscribers([], at=NOW).values()) == {0}
    assert readers.counts() == {}


def test_suppressing_is_for_ever_and_once(readers: ReaderStore) -> None:
    assert readers.suppress("A@example.org", reason="complaint", at=NOW)
    assert not readers.suppress("a@EXAMPLE.org", reason="bounce", at=NOW)


def first_delivery(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(deliveries.c.id).order_by(deliveries.c.id)).scalars().first() or 0


def test_a_link_ends_its_own_subscription_and_no_import_revives_it(
    engine: Engine, readers: ReaderStore, approved: Callable[..., int]
) -> None:
    SqlLedger(engine).prepare(approved(2), list_domain="example.org", provider="outbox", batch_size=10, at=NOW)
    readers.import_subscribers([subscriber("reader0@example.org", "weekly")], at=NOW)
    delivery = first_delivery(engine)
    assert readers.subscription(delivery) == ("daily", "active")
    assert readers.unsubscribe(delivery, at=NOW)
    assert readers.unsubscribe(delivery, at=NOW)
    assert readers.subscription(delivery) == ("daily", "unsubscribed")
    readers.import_subscribers([subscriber("reader0@example.org", "daily")], at=NOW)
    assert readers.counts() == {"daily": {"active": 1, "unsubscribed": 1}, "weekly": {"active": 1}}


def test_a_link_of_no_delivery_does_nothing(readers: ReaderStore) -> None:
    assert readers.subscription(42) is None
    assert not readers.unsubscribe(42, at=NOW)


def test_a_suppressed_subscription_stays_suppressed(
    engine: Engine, readers: ReaderStore, approved: Callable[..., int]
) -> None:
    SqlLedger(engine).prepare(approved(1), list_domain="example.org", provider="outbox", batch_size=10, at=NOW)
    with writing(engine) as connection:
        connection.execute(update(subscriptions).values(state="suppressed"))
    assert readers.unsubscribe(first_delivery(engine), at=NOW)
    assert readers.subscription(first_delivery(engine)) == ("daily", "suppressed")


def test_the_link_of_an_erased_reader_still_answers(
    engine: Engine, readers: ReaderStore, approved: Callable[..., int]
) -> None:
    SqlLedger(engine).prepare(approved(1), list_domain="example.org", provider="outbox", batch_size=10, at=NOW)
    with writing(engine) as connection:
        connection.execute(subscribers.delete())
    assert readers.subscription(first_delivery(engine)) == ("daily", "unsubscribed")
    assert readers.unsubscribe(first_delivery(engine), at=NOW)

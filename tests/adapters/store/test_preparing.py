"""The frozen audience: every candidate once, every open copy in one batch, in the order of the readers."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine, reading, writing
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.readers import SqlReaders
from digest.adapters.store.schema import deliveries, subscriptions, suppressions
from digest.deliver.batches import batch_id
from digest.model.edition import Edition
from digest.model.mail import DeliveryState, EditionState, Email
from digest.model.reader import Subscriber, SubscriptionState

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
EMAIL = Email(subject="Subject", preheader="Preheader", html="<p>Html</p>", text="Text")
BARRED = "address barred"


@given(
    states=st.lists(st.sampled_from([*SubscriptionState, BARRED, "of another list"]), min_size=1, max_size=12),
    size=st.integers(1, 5),
)
def test_every_open_copy_is_in_one_full_batch_but_the_last_and_everybody_else_in_none(
    states: list[str], size: int
) -> None:
    engine = open_engine("sqlite://", create=True)
    readers = [
        Subscriber(
            address=f"reader{n}@example.org",
            name="",
            frequencies=("weekly" if state == "of another list" else "daily",),
            consent_source="form",
        )
        for n, state in enumerate(states)
    ]
    SqlReaders(engine).import_subscribers(readers, at=NOW)
    with writing(engine) as connection:
        for n, state in enumerate(states):
            if state in set(SubscriptionState):
                own = subscriptions.c.subscriber_id == n + 1
                connection.execute(update(subscriptions).where(own).values(state=state, reason="it was so"))
            elif state == BARRED:
                barred = {"address_key": f"reader{n}@example.org", "reason": "hard bounce", "at": NOW}
                connection.execute(suppressions.insert(), barred)
    editions = SqlEditions(engine)
    editions.create(Edition(newsletter="daily", day=DAY), "{}", EMAIL, state=EditionState.DRAFT, reason="", at=NOW)
    assert editions.approve(1, EMAIL, expected=EditionState.DRAFT, sha256="0", by="Ann", reason="", at=NOW)
    assert SqlLedger(engine).prepare(1, list_domain="example.org", provider="outbox", batch_size=size, at=NOW)
    with reading(engine) as connection:
        rows = connection.execute(select(deliveries).order_by(deliveries.c.id)).all()
    engine.dispose()
    candidates = [n for n, state in enumerate(states) if state not in {"of another list", "unsubscribed"}]
    assert [row.address for row in rows] == [f"reader{n}@example.org" for n in candidates]
    opened = [row for row in rows if row.state == DeliveryState.PENDING]
    assert [row.subscriber_id - 1 for row in opened] == [n for n, state in enumerate(states) if state == "active"]
    assert [row.batch_id for row in opened] == [
        batch_id(list_domain="example.org", newsletter="daily", day=DAY, provider="outbox", n=place // size)
        for place in range(len(opened))
    ]
    closed = [row for row in rows if row not in opened]
    assert all((row.state, row.batch_id) == (DeliveryState.SUPPRESSED, None) and row.reason for row in closed)

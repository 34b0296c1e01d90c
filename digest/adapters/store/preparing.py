"""An approved edition and its readers -> a frozen audience, cut into batches, in one transaction."""

from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, case, insert, literal, or_, select, update

from digest.adapters.store.counting import is_distrusted
from digest.adapters.store.doubting import distrust
from digest.adapters.store.editions import PROGRAM, move_edition
from digest.adapters.store.schema import batches, deliveries, editions, subscribers, subscriptions, suppressions
from digest.adapters.store.statements import off_index
from digest.deliver.batches import batch_id, cut
from digest.model.mail import BatchState, DeliveryState, EditionState, SubscriptionState

MAY_BE_OUT = "the database was restored from an older copy: this may have been sent already"

_CANDIDATES = (SubscriptionState.ACTIVE, SubscriptionState.SUPPRESSED)


def prepare(connection: Connection, edition_id: int, *, provider: str, batch_size: int, at: datetime) -> bool:
    """Freeze the audience, cut it, then move approved to sending; False when the edition is not ours to prepare.

    The caller's transaction makes it whole: an interrupted preparation leaves nothing behind.
    """
    edition = connection.execute(
        select(editions.c.newsletter, editions.c.day)
        .where(
            editions.c.id == edition_id,
            editions.c.state == EditionState.APPROVED,
            editions.c.prepared_at.is_(None),
        )
        .with_for_update()
    ).one_or_none()
    if edition is None:
        return False
    _freeze_audience(connection, edition_id, edition.newsletter)
    _cut_batches(connection, edition_id, edition.newsletter, edition.day, provider=provider, batch_size=batch_size)
    if is_distrusted(connection, edition.day):
        distrust(connection, edition_id, detail=MAY_BE_OUT, at=at)
    return move_edition(
        connection,
        edition_id,
        expected=[EditionState.APPROVED],
        to=EditionState.SENDING,
        by=PROGRAM,
        reason="",
        at=at,
        provider=provider,
        prepared_at=at,
    )


def _freeze_audience(connection: Connection, edition_id: int, newsletter: str) -> None:
    """One delivery per candidate, in the order of the readers' ids; the suppressed are final at once."""
    suppressed = or_(subscriptions.c.state == SubscriptionState.SUPPRESSED, suppressions.c.address_key.is_not(None))
    why = case(
        (suppressions.c.reason.is_not(None), suppressions.c.reason),
        (suppressed, subscriptions.c.reason),
        else_="",
    )
    candidates = (
        select(
            literal(edition_id),
            subscribers.c.id,
            subscribers.c.address,
            subscribers.c.address_key,
            subscribers.c.name,
            case((suppressed, DeliveryState.SUPPRESSED.value), else_=DeliveryState.PENDING.value),
            why,
            literal(""),
        )
        .join_from(subscriptions, subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
        .outerjoin(suppressions, suppressions.c.address_key == subscribers.c.address_key)
        .where(and_(subscriptions.c.newsletter == newsletter, subscriptions.c.state.in_(_CANDIDATES)))
        .order_by(subscribers.c.id)
    )
    columns = ["edition_id", "subscriber_id", "address", "address_key", "name", "state", "reason", "reference"]
    connection.execute(insert(deliveries).from_select(columns, candidates, include_defaults=False))


def _cut_batches(
    connection: Connection, edition_id: int, newsletter: str, day: date, *, provider: str, batch_size: int
) -> None:
    """Cut the pending deliveries by id. Runs are intervals of ids, so that each batch is one UPDATE."""
    pending = and_(off_index(deliveries.c.edition_id) == edition_id, deliveries.c.state == DeliveryState.PENDING)
    ids = connection.execute(
        select(deliveries.c.id).where(deliveries.c.edition_id == edition_id, pending).order_by(deliveries.c.id)
    ).scalars()
    runs = [(run[0], run[-1]) for run in cut(ids, batch_size)]
    if not runs:
        return
    names = [batch_id(newsletter=newsletter, day=day, provider=provider, n=n) for n in range(len(runs))]
    connection.execute(
        insert(batches),
        [
            {"id": name, "edition_id": edition_id, "provider": provider, "n": n, "state": BatchState.READY}
            for n, name in enumerate(names)
        ],
    )
    connection.execute(
        update(deliveries)
        .where(pending, deliveries.c.id.between(bindparam("first"), bindparam("last")))
        .values(batch_id=bindparam("name_of_batch")),
        [
            {"first": first, "last": last, "name_of_batch": name}
            for (first, last), name in zip(runs, names, strict=True)
        ],
    )

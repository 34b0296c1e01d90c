"""An approved edition and its readers -> a frozen audience, cut into batches, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, String, and_, bindparam, case, insert, literal, not_, null, or_, select

from digest.adapters.store.counting import is_distrusted
from digest.adapters.store.doubting import distrust
from digest.adapters.store.editions import PROGRAM, move_edition
from digest.adapters.store.schema import batches, deliveries, editions, subscribers, subscriptions, suppressions
from digest.adapters.store.statements import run
from digest.deliver.batches import batch_id
from digest.model.mail import BatchState, DeliveryState, EditionState
from digest.model.reader import SubscriptionState

MAY_BE_OUT = "the database was restored from an older copy: this may have been sent already"

_CANDIDATES = (SubscriptionState.ACTIVE, SubscriptionState.SUPPRESSED)
_LARGEST_ID = 2**63 - 1
_COLUMNS = "edition_id subscriber_id address address_key name batch_id state reason reference".split()

_IS_SUPPRESSED = or_(subscriptions.c.state == SubscriptionState.SUPPRESSED, suppressions.c.address_key.is_not(None))
_READERS = subscriptions.join(subscribers, subscribers.c.id == subscriptions.c.subscriber_id).outerjoin(
    suppressions, suppressions.c.address_key == subscribers.c.address_key
)
_IS_CANDIDATE = and_(
    subscriptions.c.newsletter == bindparam("newsletter"),
    or_(*(subscriptions.c.state == state for state in _CANDIDATES)),
)


def prepare(
    connection: Connection, edition_id: int, *, list_domain: str, provider: str, batch_size: int, at: datetime
) -> bool:
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
    lasts = _cut(connection, edition.newsletter, batch_size)
    name = partial(batch_id, list_domain=list_domain, newsletter=edition.newsletter, day=edition.day, provider=provider)
    names = [name(n=n) for n in range(len(lasts))]
    _write_batches(connection, edition_id, provider, names)
    _freeze_audience(connection, edition_id, edition.newsletter, lasts=lasts, names=names)
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


def _cut(connection: Connection, newsletter: str, size: int) -> list[int]:
    """The last reader of each batch, by the readers' ids: a batch is an interval of them. A million ids stay there."""
    reader = subscriptions.c.subscriber_id
    pending = (
        select(reader).select_from(_READERS).where(_IS_CANDIDATE, not_(_IS_SUPPRESSED), reader > bindparam("after"))
    )
    full, rest = pending.order_by(reader).limit(1).offset(size - 1), pending.order_by(reader.desc()).limit(1)
    lasts: list[int] = []
    for statement in (full, rest):
        while last := connection.scalar(statement, {"newsletter": newsletter, "after": lasts[-1] if lasts else 0}):
            lasts.append(last)
    return lasts


def _write_batches(connection: Connection, edition_id: int, provider: str, names: Sequence[str]) -> None:
    rows = [
        {"id": name, "edition_id": edition_id, "provider": provider, "n": n, "state": BatchState.READY}
        for n, name in enumerate(names)
    ]
    run(connection, insert(batches), rows)


def _freeze_audience(
    connection: Connection, edition_id: int, newsletter: str, *, lasts: Sequence[int], names: Sequence[str]
) -> None:
    """One delivery per candidate, in the order of the readers' ids, with its batch; the suppressed are final at once.

    One statement a batch, so that no row is touched twice: there are a million. The last interval is of those who come
    after all batches, and are suppressed.
    """
    why = case(
        (suppressions.c.reason.is_not(None), suppressions.c.reason),
        (_IS_SUPPRESSED, subscriptions.c.reason),
        else_="",
    )
    candidates = (
        select(
            literal(edition_id),
            subscribers.c.id,
            subscribers.c.address,
            subscribers.c.address_key,
            subscribers.c.name,
            case((_IS_SUPPRESSED, null()), else_=bindparam("batch", type_=String)),
            case((_IS_SUPPRESSED, DeliveryState.SUPPRESSED.value), else_=DeliveryState.PENDING.value),
            why,
            literal(""),
        )
        .select_from(_READERS)
        .where(_IS_CANDIDATE, subscriptions.c.subscriber_id.between(bindparam("first"), bindparam("last")))
        .order_by(subscriptions.c.subscriber_id)
    )
    firsts = [0, *(last + 1 for last in lasts)]
    connection.execute(
        insert(deliveries).from_select(_COLUMNS, candidates, include_defaults=False),
        [
            {"newsletter": newsletter, "first": first, "last": last, "batch": name}
            for first, last, name in zip(firsts, [*lasts, _LARGEST_ID], [*names, None], strict=True)
        ],
    )

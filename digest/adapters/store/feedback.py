"""Events -> rows, and what follows from them for copies, batches, subscriptions and addresses."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, exists, func, not_, select, true, update

from digest.adapters.store.doubting import prove, prove_copy
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.readers import end_subscription, end_subscriptions
from digest.adapters.store.schema import batches, deliveries, events, nonces, subscribers, suppressions
from digest.adapters.store.statements import insert_or_ignore
from digest.deliver.address import address_key
from digest.deliver.feedback import Standing, bounced_too_often, later, standing
from digest.model.feedback import Event, EventKind, Heard
from digest.model.mail import DeliveryState

COMPLAINT, HARD_BOUNCE, SOFT_BOUNCES = "complaint", "hard bounce", "soft bounces in a row"

_WITHOUT_ROW = frozenset({EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.DEFERRED})
"""Kinds that every copy may have: they leave their mark on the copy, and no row of their own."""

_IS_DISTRUSTED = exists().where(batches.c.edition_id == deliveries.c.edition_id, batches.c.may_replay.is_(False))
"""Whether the copy's edition may have been sent before by a later state of the database, to other readers."""

_PROVES_NOTHING = frozenset({EventKind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class _Copy:
    """A delivery, as far as events change what follows from it."""

    id: int
    edition_id: int
    subscriber_id: int | None
    address_key: str
    batch_id: str | None
    feedback: str


class SqlFeedback:
    """`ports.FeedbackStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def record(self, events: Sequence[Event], *, soft_bounces: int, at: datetime) -> Heard:
        """Write events down and do what follows from them, in one transaction."""
        with writing(self._engine) as connection:
            heard = Heard()
            for event in events:
                heard += _record(connection, event, soft_bounces=soft_bounces, at=at)
            return heard

    def tally(self, edition_id: int) -> Mapping[str, int]:
        """How many accepted copies of the edition were last heard of as what."""
        told = and_(deliveries.c.edition_id == edition_id, deliveries.c.feedback != "")
        counted = select(deliveries.c.feedback, func.count()).where(told).group_by(deliveries.c.feedback)
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}


def _record(connection: Connection, event: Event, *, soft_bounces: int, at: datetime) -> Heard:
    if not _is_first_use(connection, event, at=at):
        return Heard(known=1)
    copy = _copy_of(connection, event)
    settled = _settle(connection, event, copy, at=at)
    if not _is_new(connection, event, copy):
        return Heard(known=1, settled=settled, old_complaints=_complained_of(event, copy))
    if copy is None:
        barred, left = _bar_stranger(connection, event, at=at), _let_go(connection, event, at=at)
        return Heard(new=1, unmatched=not (barred or left), suppressed=barred, left=left, settled=settled)
    told = standing(event)
    stands = later(Standing(copy.feedback), told)
    if stands != copy.feedback:
        connection.execute(update(deliveries).where(deliveries.c.id == copy.id).values(feedback=stands))
    return Heard(
        new=1,
        settled=settled,
        suppressed=_bar(connection, copy, told, soft_bounces=soft_bounces, at=at),
        left=told is Standing.UNSUBSCRIBED
        and end_subscription(connection, copy.id, reason=f"told by {event.provider}", at=at),
        ours=told is Standing.OURS,
        complaints=_complained_of(event, copy),
    )


def _complained_of(event: Event, copy: _Copy | None) -> frozenset[int]:
    """The edition that the event is a complaint about, if it is one."""
    is_complaint = standing(event) is Standing.COMPLAINED
    return frozenset({copy.edition_id} if copy and is_complaint else ())


def _is_first_use(connection: Connection, event: Event, *, at: datetime) -> bool:
    """Note a proof that may be used once; False when it was used before."""
    if not event.nonce:
        return True
    nonce = {"provider": event.provider, "nonce": event.nonce, "at": at}
    return connection.execute(insert_or_ignore(nonces).values(**nonce)).rowcount == 1


def _is_new(connection: Connection, event: Event, copy: _Copy | None) -> bool:
    """Note the event; False when it was noted before, or tells nothing that is not known of the copy."""
    if event.kind in _WITHOUT_ROW:
        return copy is None or later(Standing(copy.feedback), standing(event)) != copy.feedback
    row = {
        "provider": event.provider,
        "event_id": event.id,
        "type": event.kind,
        "bounce": event.bounce or "",
        "delivery_id": copy.id if copy else None,
        "payload": event.payload or json.dumps({"detail": event.detail}),
        "at": event.at,
    }
    return connection.execute(insert_or_ignore(events).values(**row)).rowcount == 1


def _copy_of(connection: Connection, event: Event) -> _Copy | None:
    """The copy an event is about."""
    columns = (
        deliveries.c.id,
        deliveries.c.edition_id,
        deliveries.c.subscriber_id,
        deliveries.c.address_key,
        deliveries.c.batch_id,
        deliveries.c.feedback,
    )
    for wanted in _places(event):
        if row := connection.execute(select(*columns).where(wanted)).one_or_none():
            return _Copy(*row)
    return None


def _places(event: Event) -> Iterator[ColumnElement[bool]]:
    """Where the copy may stand: with the address in the batch's edition, with id and address, then with the id alone.

    The edition and not the batch, since copies change batches. The id alone, since mail is forwarded and bounces at
    another address; but not that of another reader, and only where the batch's edition is known, or the id is sealed,
    or no address is told: another database on the same account has the same ids. A restored one gives those of its
    lost future out again, under the same names and seals. And whoever has a sealed copy can name whom he likes: what is
    sealed is of that copy or of none.
    """
    is_there: ColumnElement[bool] = true()
    if event.batch_id:
        edition = select(batches.c.edition_id).where(batches.c.id == event.batch_id).scalar_subquery()
        is_there = deliveries.c.edition_id == edition
    is_theirs = deliveries.c.address_key == address_key(event.address)
    if event.batch_id and event.address and not event.is_sealed:
        yield and_(is_there, is_theirs)
    if event.delivery_id:
        is_it = and_(is_there, deliveries.c.id == event.delivery_id)
        yield and_(is_it, is_theirs)
        if event.batch_id or event.is_sealed or not event.address:
            yield and_(is_it, not_(_IS_DISTRUSTED), not_(_is_of_another(event)))


def _is_of_another(event: Event) -> ColumnElement[bool]:
    """Whether the event's address is that of another reader of the same edition."""
    others = deliveries.alias()
    is_named = others.c.address_key == address_key(event.address)
    return exists().where(others.c.edition_id == deliveries.c.edition_id, is_named, others.c.id != deliveries.c.id)


def _settle(connection: Connection, event: Event, copy: _Copy | None, *, at: datetime) -> int:
    """Settle the batch the event speaks of, if its answer had been lost: the provider has it; 1 or 0.

    An event that speaks for its copy alone settles that one, and the batch with the last of them.
    """
    batch = event.batch_id or (copy.batch_id if copy else "")
    if not batch or event.kind in _PROVES_NOTHING:
        return 0
    if not event.speaks_for_batch:
        return prove_copy(connection, copy.id, at=at) if copy else 0
    return prove(connection, batch, at=at)


def _bar_stranger(connection: Connection, event: Event, *, at: datetime) -> int:
    """Suppress a reader of whom the provider told by address alone; 1 or 0.

    Not by what is sealed: anybody who had a copy can write it, and would name whom he likes.
    """
    reasons = {Standing.COMPLAINED: COMPLAINT, Standing.HARD: HARD_BOUNCE}
    reason = reasons.get(standing(event))
    if reason is None or not event.address or event.is_sealed:
        return 0
    key = address_key(event.address)
    is_reader = connection.execute(select(subscribers.c.id).where(subscribers.c.address_key == key)).first()
    return _suppress(connection, key, reason, at=at) if is_reader else 0


def _let_go(connection: Connection, event: Event, *, at: datetime) -> int:
    """End whatever a reader is subscribed to of whom it is told that he left, by address alone; how many.

    Where a mail is named that is none of ours he left somebody else.
    """
    is_of_a_mail = event.batch_id or event.delivery_id
    if event.kind is not EventKind.UNSUBSCRIBED or is_of_a_mail or not event.address:
        return 0
    reason = f"told by {event.provider}"
    return end_subscriptions(connection, address_key(event.address), before=event.at, reason=reason, at=at)


def _bar(connection: Connection, copy: _Copy, told: Standing, *, soft_bounces: int, at: datetime) -> int:
    """Suppress the address of a copy, if what was told of it calls for that; 1 or 0."""
    if told is Standing.COMPLAINED:
        return _suppress(connection, copy.address_key, COMPLAINT, at=at)
    if told is Standing.HARD:
        return _suppress(connection, copy.address_key, HARD_BOUNCE, at=at)
    if told is Standing.SOFT and bounced_too_often(_standings(connection, copy), limit=soft_bounces):
        return _suppress(connection, copy.address_key, SOFT_BOUNCES, at=at)
    return 0


def _standings(connection: Connection, copy: _Copy) -> list[Standing]:
    """What was told of every copy the reader was sent, in their order."""
    sent = and_(deliveries.c.subscriber_id == copy.subscriber_id, deliveries.c.state == DeliveryState.ACCEPTED)
    told = select(deliveries.c.feedback).where(sent).order_by(deliveries.c.id)
    return [Standing(each) for each in connection.execute(told).scalars()]


def _suppress(connection: Connection, key: str, reason: str, *, at: datetime) -> int:
    """Never write to the address again; a complaint is the reason that stands, whichever was told first."""
    new = insert_or_ignore(suppressions).values(address_key=key, reason=reason, at=at)
    if connection.execute(new).rowcount:
        return 1
    if reason == COMPLAINT:
        graver = and_(suppressions.c.address_key == key, suppressions.c.reason.in_([HARD_BOUNCE, SOFT_BOUNCES]))
        connection.execute(update(suppressions).where(graver).values(reason=COMPLAINT, at=at))
    elif reason == HARD_BOUNCE:
        graver = and_(suppressions.c.address_key == key, suppressions.c.reason == SOFT_BOUNCES)
        connection.execute(update(suppressions).where(graver).values(reason=HARD_BOUNCE, at=at))
    return 0

"""Readers, what they asked for, and who must never be written to -> rows, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, bindparam, case, func, insert, select, update

from digest.adapters.store.editions import ensure_newsletters
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import deliveries, editions, subscribers, subscriptions, suppressions
from digest.adapters.store.statements import insert_or_ignore, slices
from digest.deliver.address import address_key
from digest.model.reader import Subscriber, SubscriptionState


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What an import comes to, by address key."""

    new: Mapping[str, Subscriber]
    changed: Mapping[str, Subscriber]
    unchanged: tuple[str, ...]
    suppressed: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """How many readers fall under each word."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "suppressed": len(self.suppressed),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A reader as the database has it."""

    id: int
    name: str
    newsletters: frozenset[str]


class SqlReaders:
    """`ports.ReaderStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def preview_import(self, subscribers: Sequence[Subscriber]) -> Mapping[str, int]:
        """Counts of what `import_subscribers` would do: new, changed, unchanged, suppressed."""
        with reading(self._engine) as connection:
            plan, _ = _plan(connection, subscribers)
        return plan.counts()

    def import_subscribers(self, subscribers: Sequence[Subscriber], *, at: datetime) -> Mapping[str, int]:
        """Insert or update by normalised address in one transaction; revives nobody who left or was suppressed.

        An import adds newsletters and corrects names; it ends no subscription.
        """
        with writing(self._engine) as connection:
            plan, known = _plan(connection, subscribers)
            wanted = {**plan.new, **plan.changed}
            ensure_newsletters(connection, {each for reader in wanted.values() for each in reader.frequencies})
            ids = {key: reader.id for key, reader in known.items()} | _insert(connection, plan.new, at)
            _rename(connection, plan.changed, known)
            _subscribe(connection, wanted, ids, at)
        return plan.counts()

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Readers by newsletter and state; a suppressed address counts as suppressed, whatever it asked for."""
        is_barred = suppressions.c.address_key.is_not(None)
        state = case((is_barred, SubscriptionState.SUPPRESSED.value), else_=subscriptions.c.state)
        grouped = (
            select(subscriptions.c.newsletter, state, func.count())
            .join_from(subscriptions, subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
            .outerjoin(suppressions, suppressions.c.address_key == subscribers.c.address_key)
            .group_by(subscriptions.c.newsletter, state)
        )
        found: dict[str, dict[str, int]] = {}
        with reading(self._engine) as connection:
            for newsletter, state, count in connection.execute(grouped):
                found.setdefault(newsletter, {})[state] = count
        return found

    def subscription(self, delivery_id: int) -> tuple[str, str] | None:
        """(newsletter, state of the subscription) behind one delivery; None when there is no such delivery."""
        with reading(self._engine) as connection:
            row = _behind(connection, delivery_id)
        if row is None:
            return None
        newsletter, _, state = row
        return newsletter, state or SubscriptionState.UNSUBSCRIBED.value

    def unsubscribe(self, delivery_id: int, *, at: datetime) -> bool:
        """End the subscription behind one delivery; idempotent; False when there is no such delivery."""
        with writing(self._engine) as connection:
            if _behind(connection, delivery_id) is None:
                return False
            end_subscription(connection, delivery_id, reason=f"link in delivery {delivery_id}", at=at)
        return True

    def suppress(self, address: str, *, reason: str, at: datetime) -> bool:
        """Never write to this address again, whether it is a reader's or not; False when that stood already."""
        row = {"address_key": address_key(address), "reason": reason, "at": at}
        with writing(self._engine) as connection:
            return connection.execute(insert_or_ignore(suppressions).values(**row)).rowcount == 1


def end_subscription(connection: Connection, delivery_id: int, *, reason: str, at: datetime) -> bool:
    """End the subscription behind a delivery; False when there is none that is active."""
    row = _behind(connection, delivery_id)
    if row is None:
        return False
    newsletter, subscriber_id, _ = row
    active = and_(
        subscriptions.c.newsletter == newsletter,
        subscriptions.c.subscriber_id == subscriber_id,
        subscriptions.c.state == SubscriptionState.ACTIVE,
    )
    ended = {"state": SubscriptionState.UNSUBSCRIBED, "changed_at": at, "reason": reason}
    return connection.execute(update(subscriptions).where(active).values(**ended)).rowcount == 1


def end_subscriptions(connection: Connection, key: str, *, before: datetime, reason: str, at: datetime) -> int:
    """End every subscription of an address that was asked for `before` then; how many were active."""
    theirs = and_(
        subscriptions.c.subscriber_id.in_(select(subscribers.c.id).where(subscribers.c.address_key == key)),
        subscriptions.c.state == SubscriptionState.ACTIVE,
        subscriptions.c.consent_at <= before,
    )
    ended = {"state": SubscriptionState.UNSUBSCRIBED, "changed_at": at, "reason": reason}
    return connection.execute(update(subscriptions).where(theirs).values(**ended)).rowcount


def _plan(connection: Connection, wanted: Iterable[Subscriber]) -> tuple[_Plan, dict[str, _Known]]:
    """Compare a file's readers with the database's; the same address twice is one reader who asked for both."""
    merged: dict[str, Subscriber] = {}
    for reader in wanted:
        key = address_key(reader.address)
        merged[key] = _merged(merged.get(key), reader)
    keys = tuple(merged)
    suppressed = _suppressed(connection, keys)
    known = _known(connection, keys)
    new: dict[str, Subscriber] = {}
    changed: dict[str, Subscriber] = {}
    unchanged: list[str] = []
    for key, reader in merged.items():
        if key in suppressed:
            continue
        if key not in known:
            new[key] = reader
        elif _is_news(reader, known[key]):
            changed[key] = reader
        else:
            unchanged.append(key)
    plan = _Plan(new=new, changed=changed, unchanged=tuple(unchanged), suppressed=tuple(sorted(suppressed)))
    return plan, known


def _merged(first: Subscriber | None, second: Subscriber) -> Subscriber:
    """One reader from two rows: every newsletter, the first row's consent, the last name given."""
    if first is None:
        return second
    return Subscriber(
        address=first.address,
        name=second.name or first.name,
        frequencies=tuple(dict.fromkeys(first.frequencies + second.frequencies)),
        consent_source=first.consent_source,
    )


def _is_news(reader: Subscriber, known: _Known) -> bool:
    """Whether the file says something that the database does not know."""
    return bool(reader.name and reader.name != known.name) or not known.newsletters.issuperset(reader.frequencies)


def _suppressed(connection: Connection, keys: Sequence[str]) -> set[str]:
    """The keys that must never be written to."""
    found: set[str] = set()
    for run in slices(keys):
        found.update(connection.scalars(select(suppressions.c.address_key).where(suppressions.c.address_key.in_(run))))
    return found


def _known(connection: Connection, keys: Sequence[str]) -> dict[str, _Known]:
    """The readers among `keys`, with the newsletters they have or had."""
    found: dict[str, _Known] = {}
    for run in slices(keys):
        rows = connection.execute(
            select(subscribers.c.id, subscribers.c.address_key, subscribers.c.name, subscriptions.c.newsletter)
            .outerjoin_from(subscribers, subscriptions, subscriptions.c.subscriber_id == subscribers.c.id)
            .where(subscribers.c.address_key.in_(run))
        )
        for identity, key, name, newsletter in rows:
            earlier = found[key].newsletters if key in found else frozenset()
            also = frozenset([newsletter]) if newsletter else frozenset()
            found[key] = _Known(id=identity, name=name, newsletters=earlier | also)
    return found


def _insert(connection: Connection, new: Mapping[str, Subscriber], at: datetime) -> dict[str, int]:
    """Insert readers in the order of the file; their ids by address key."""
    if not new:
        return {}
    connection.execute(
        insert(subscribers),
        [
            {"address": reader.address, "address_key": key, "name": reader.name, "created_at": at}
            for key, reader in new.items()
        ],
    )
    return {key: reader.id for key, reader in _known(connection, tuple(new)).items()}


def _rename(connection: Connection, changed: Mapping[str, Subscriber], known: Mapping[str, _Known]) -> None:
    """Correct names; an empty one corrects nothing."""
    rows = [
        {"which": known[key].id, "new_name": reader.name}
        for key, reader in changed.items()
        if reader.name and reader.name != known[key].name
    ]
    if rows:
        connection.execute(
            update(subscribers).where(subscribers.c.id == bindparam("which")).values(name=bindparam("new_name")), rows
        )


def _subscribe(connection: Connection, wanted: Mapping[str, Subscriber], ids: Mapping[str, int], at: datetime) -> None:
    """Add the subscriptions that are not there; those that are there stay as their reader left them."""
    rows = [
        {
            "newsletter": newsletter,
            "subscriber_id": ids[key],
            "state": SubscriptionState.ACTIVE,
            "consent_source": reader.consent_source,
            "consent_at": at,
            "changed_at": at,
            "reason": "",
        }
        for key, reader in wanted.items()
        for newsletter in reader.frequencies
    ]
    if rows:
        connection.execute(insert_or_ignore(subscriptions), rows)


def _behind(connection: Connection, delivery_id: int) -> tuple[str, int | None, str | None] | None:
    """(newsletter, subscriber, state of the subscription) behind a delivery; the last two None once erased."""
    row = connection.execute(
        select(editions.c.newsletter, deliveries.c.subscriber_id, subscriptions.c.state)
        .join_from(deliveries, editions, editions.c.id == deliveries.c.edition_id)
        .outerjoin(
            subscriptions,
            (subscriptions.c.newsletter == editions.c.newsletter)
            & (subscriptions.c.subscriber_id == deliveries.c.subscriber_id),
        )
        .where(deliveries.c.id == delivery_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])

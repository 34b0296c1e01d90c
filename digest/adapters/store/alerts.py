"""Alerts -> rows that remember what has rung."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Engine, delete, select, update

from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import alerts
from digest.adapters.store.statements import insert_or_ignore
from digest.model.mail import Alert


class SqlAlerts:
    """`ports.AlertStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def record(self, alert: Alert) -> bool:
        """Write an alert down; False when its key stands already."""
        with writing(self._engine) as connection:
            return connection.execute(insert_or_ignore(alerts).values(**asdict(alert))).rowcount == 1

    def untold(self) -> list[Alert]:
        """The alerts that nobody has been told of yet, oldest first."""
        wanted = (
            select(alerts.c.key, alerts.c.kind, alerts.c.message, alerts.c.at)
            .where(alerts.c.told_at.is_(None))
            .order_by(alerts.c.at, alerts.c.key)
        )
        with reading(self._engine) as connection:
            return [Alert(**row) for row in connection.execute(wanted).mappings()]

    def mark_told(self, alert: Alert, *, at: datetime) -> None:
        """Somebody has been told of this one; another that has its key by now has not been."""
        same = (alerts.c.key == alert.key, alerts.c.at == alert.at, alerts.c.message == alert.message)
        with writing(self._engine) as connection:
            connection.execute(update(alerts).where(*same).values(told_at=at))

    def standing(self) -> frozenset[str]:
        """The keys of all alerts that have rung and are not forgotten."""
        with reading(self._engine) as connection:
            return frozenset(connection.execute(select(alerts.c.key)).scalars())

    def forget(self, key: str) -> bool:
        """The trouble is over: the same key may ring again. True when it had rung."""
        with writing(self._engine) as connection:
            return connection.execute(delete(alerts).where(alerts.c.key == key)).rowcount == 1

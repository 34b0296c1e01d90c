"""Alerts -> rows that remember what has rung."""

from dataclasses import asdict

from sqlalchemy import Engine, delete

from digest.adapters.store.engine import writing
from digest.adapters.store.schema import alerts
from digest.adapters.store.statements import insert_or_ignore
from digest.model.mail import Alert


class SqlAlerts:
    """`ports.AlertStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def record(self, alert: Alert) -> bool:
        """True when `alert.key` is new and so must be told to somebody."""
        with writing(self._engine) as connection:
            return connection.execute(insert_or_ignore(alerts).values(**asdict(alert))).rowcount == 1

    def forget(self, key: str) -> bool:
        """The trouble is over: the same key may ring again. True when it had rung."""
        with writing(self._engine) as connection:
            return connection.execute(delete(alerts).where(alerts.c.key == key)).rowcount == 1

from datetime import UTC, datetime

from sqlalchemy import Engine

from digest.adapters.store.alerts import SqlAlerts
from digest.model.mail import Alert
from digest.ports import AlertStore

ALERT = Alert(key="feed:a", kind="feed", message="It is dead", at=datetime(2026, 5, 15, tzinfo=UTC))


def test_an_alert_rings_once_until_its_trouble_is_over(engine: Engine) -> None:
    store: AlertStore = SqlAlerts(engine)
    assert store.record(ALERT)
    assert not store.record(ALERT)
    assert store.forget(ALERT.key)
    assert not store.forget(ALERT.key)
    assert store.record(ALERT)

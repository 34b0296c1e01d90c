from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from digest.adapters.store.alerts import SqlAlerts
from digest.model.mail import Alert
from digest.ports.store import AlertStore

ALERT = Alert(key="feed:a", kind="feed", message="It is dead", at=datetime(2026, 5, 15, tzinfo=UTC))


def test_an_alert_rings_once_until_its_trouble_is_over(engine: Engine) -> None:
    store: AlertStore = SqlAlerts(engine)
    assert store.record(ALERT)
    assert not store.record(ALERT)
    assert store.forget(ALERT.key)
    assert not store.forget(ALERT.key)
    assert store.record(ALERT)


def test_an_alert_is_untold_until_somebody_could_be_told(engine: Engine) -> None:
    store = SqlAlerts(engine)
    store.record(ALERT)
    earlier = replace(ALERT, key="feed:b", at=ALERT.at - timedelta(hours=1))
    store.record(earlier)
    assert store.untold() == [earlier, ALERT]
    store.mark_told(earlier, at=ALERT.at)
    assert store.untold() == [ALERT]


def test_an_alert_stands_told_or_not_until_its_trouble_is_over(engine: Engine) -> None:
    store = SqlAlerts(engine)
    assert store.standing() == frozenset()
    store.record(ALERT)
    other = replace(ALERT, key="feed:b")
    store.record(other)
    store.mark_told(other, at=ALERT.at)
    assert store.standing() == {"feed:a", "feed:b"}
    store.forget("feed:b")
    assert store.standing() == {"feed:a"}


def test_a_trouble_that_came_back_while_somebody_was_told_of_the_first_is_news_still(engine: Engine) -> None:
    store = SqlAlerts(engine)
    store.record(ALERT)
    again = replace(ALERT, at=ALERT.at + timedelta(minutes=1))
    store.forget(ALERT.key)
    store.record(again)
    store.mark_told(ALERT, at=again.at)
    assert store.untold() == [again]
    store.mark_told(again, at=again.at)
    assert store.untold() == []

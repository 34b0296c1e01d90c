from datetime import UTC, datetime

from sqlalchemy import Engine

from digest.adapters.store.facts import SqlFacts
from digest.ports.store import FactStore

NOW = datetime(2026, 5, 15, tzinfo=UTC)


def test_the_value_noted_last_stands(engine: Engine) -> None:
    facts: FactStore = SqlFacts(engine)
    assert facts.value("seen") == ""
    facts.note("seen", "https://one.example", at=NOW)
    facts.note("seen", "https://two.example", at=NOW)
    facts.note("other", "x", at=NOW)
    assert facts.value("seen") == "https://two.example"

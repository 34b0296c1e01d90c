"""Facts -> rows: single things that were once seen to be so."""

from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import facts


class SqlFacts:
    """`ports.FactStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def note(self, name: str, value: str, *, at: datetime) -> None:
        """Remember the value, in place of an earlier one."""
        with writing(self._engine) as connection:
            connection.execute(delete(facts).where(facts.c.name == name))
            connection.execute(insert(facts).values(name=name, value=value, at=at))

    def value(self, name: str) -> str:
        """Return the value noted last, or an empty string."""
        with reading(self._engine) as connection:
            return connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none() or ""

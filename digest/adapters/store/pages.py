"""The pages behind items, and what their hosts allow -> rows, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Engine, delete, select

from digest.adapters.store import news_schema as schema
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.statements import insert_or_replace, slices
from digest.model.page import Page, PageOutcome, RobotsFile


class SqlPages:
    """`PageStore` of ports/news.py on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def pages(self, urls: Sequence[str]) -> Mapping[str, Page]:
        """The pages of these addresses that were ever asked for, by address."""
        rows = self._rows(schema.pages.c.url, urls)
        return {row["url"]: Page(**{**row, "outcome": PageOutcome(row["outcome"])}) for row in rows}

    def save_pages(self, pages: Iterable[Page]) -> None:
        """Insert or replace by address, in one transaction."""
        rows = [asdict(page) for page in pages]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_replace(schema.pages), rows)

    def robots(self, origins: Sequence[str]) -> Mapping[str, RobotsFile]:
        """The robots.txt files of these origins (scheme://host:port) that were ever asked for."""
        return {row["origin"]: RobotsFile(**row) for row in self._rows(schema.robots.c.origin, origins)}

    def save_robots(self, files: Iterable[RobotsFile]) -> None:
        """Insert or replace by origin, in one transaction."""
        rows = [asdict(file) for file in files]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_replace(schema.robots), rows)

    def forget_before(self, moment: datetime) -> int:
        """Delete pages and robots files asked for before `moment`; how many rows went."""
        with writing(self._engine) as connection:
            gone = connection.execute(delete(schema.pages).where(schema.pages.c.at < moment)).rowcount
            gone += connection.execute(delete(schema.robots).where(schema.robots.c.at < moment)).rowcount
        return gone

    def _rows(self, key: Column[str], values: Sequence[str]) -> list[dict[str, Any]]:
        """Every row whose key is among the values."""
        found: list[dict[str, Any]] = []
        with reading(self._engine) as connection:
            for run in slices(values):
                found += [dict(row) for row in connection.execute(select(key.table).where(key.in_(run))).mappings()]
        return found

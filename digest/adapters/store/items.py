"""Items, feed states and stories -> rows, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, select

from digest.adapters.store import schema
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.statements import insert_or_replace, slices
from digest.model.news import FeedState, Item, Kind
from digest.model.story import Story

_ITEM_FIELDS = tuple(field.name for field in fields(Item))


class SqlItems:
    """`ports.ItemStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def items_since(self, moment: datetime) -> list[Item]:
        """Items last seen at or after `moment`, ordered by id."""
        wanted = select(schema.items).where(schema.items.c.last_seen >= moment).order_by(schema.items.c.id)
        with reading(self._engine) as connection:
            return [_item(row) for row in connection.execute(wanted)]

    def save_items(self, items: Iterable[Item]) -> None:
        """Insert or replace by id, in one transaction."""
        rows = [{name: getattr(item, name) for name in _ITEM_FIELDS} for item in items]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_replace(schema.items), rows)

    def forget_items(self, item_ids: Iterable[str]) -> None:
        """Delete items that turned out to be others under another name."""
        gone = tuple(item_ids)
        if gone:
            with writing(self._engine) as connection:
                for run in slices(gone):
                    connection.execute(delete(schema.items).where(schema.items.c.id.in_(run)))

    def feed_states(self) -> dict[str, FeedState]:
        """What is remembered of each source, by source id."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(schema.feed_states).order_by(schema.feed_states.c.source_id)).mappings()
            return {row["source_id"]: FeedState(**row) for row in rows}

    def save_feed_states(self, states: Iterable[FeedState]) -> None:
        """Insert or replace by source id, in one transaction."""
        rows = [asdict(state) for state in states]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_replace(schema.feed_states), rows)

    def story_ids(self, item_ids: Sequence[str]) -> dict[str, str]:
        """The story each item was in at the last grouping; items never grouped are absent."""
        found: dict[str, str] = {}
        members = schema.item_stories.c
        with reading(self._engine) as connection:
            for run in slices(item_ids):
                wanted = select(members.item_id, members.story_id).where(members.item_id.in_(run))
                found.update((item_id, story_id) for item_id, story_id in connection.execute(wanted))
        return found

    def save_stories(self, stories: Iterable[Story], *, at: datetime) -> None:
        """Remember which item is in which story (an item's latest grouping replaces the earlier one)."""
        grouped = tuple(stories)
        if not grouped:
            return
        heads = [{"id": story.id, "first_grouped_at": at, "last_grouped_at": at} for story in grouped]
        members = [
            {"item_id": item.id, "story_id": story.id, "grouped_at": at} for story in grouped for item in story.items
        ]
        with writing(self._engine) as connection:
            connection.execute(insert_or_replace(schema.stories, keep=("first_grouped_at",)), heads)
            connection.execute(insert_or_replace(schema.item_stories), members)


def _item(row: Row[Any]) -> Item:
    """A row of `items` as the value it was."""
    return Item(**{**row._mapping, "kind": Kind(row.kind)})  # noqa: SLF001 - SQLAlchemy's documented name

"""Items, their edits and stories -> rows, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Engine, Row, bindparam, delete, insert, select, update

from digest.adapters.store import news_schema as schema
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.statements import insert_or_replace, run, slices
from digest.model.news import Edit, Item, Kind, Medium
from digest.model.story import Story

_ITEM_FIELDS = tuple(field.name for field in fields(Item))
_COLUMNS = tuple(schema.items.c[name] for name in _ITEM_FIELDS)


class SqlItems:
    """`ItemStore` of ports/news.py on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def items_since(self, moment: datetime, *, until: datetime | None = None) -> list[Item]:
        """Items last seen at or after `moment`, and at or before `until` where that is given; ordered by id."""
        seen = schema.items.c.last_seen
        wanted = select(*_COLUMNS).where(seen >= moment).order_by(schema.items.c.id)
        if until:
            wanted = wanted.where(seen <= until)
        with reading(self._engine) as connection:
            return [_item(row) for row in connection.execute(wanted)]

    def save_items(
        self, items: Iterable[Item], *, absorbed: Iterable[tuple[str, str]] = (), edits: Iterable[Edit] = ()
    ) -> None:
        """Insert or replace by id, and write down what publishers changed (`edits`), all in one transaction.

        `absorbed` are items that turned out to be others, (the id that goes, the id that stays): they are
        deleted, and their earlier edits move.
        """
        rows = [{name: getattr(item, name) for name in _ITEM_FIELDS} for item in items]
        pairs, changes = [{"gone": gone, "kept": kept} for gone, kept in absorbed], [asdict(edit) for edit in edits]
        if not (rows or pairs or changes):
            return
        table = schema.edits
        gone: BindParameter[str] = bindparam("gone")
        with writing(self._engine) as connection:
            run(connection, insert_or_replace(schema.items), rows)
            run(connection, update(table).where(table.c.item_id == gone).values(item_id=bindparam("kept")), pairs)
            run(connection, delete(schema.items).where(schema.items.c.id == gone), pairs)
            run(connection, insert(table), changes)

    def edits(self, item_ids: Sequence[str]) -> list[Edit]:
        """The edits of these items, oldest first."""
        table = schema.edits
        found: list[Row[Any]] = []
        with reading(self._engine) as connection:
            for some in slices(item_ids):
                found += connection.execute(select(table).where(table.c.item_id.in_(some))).all()
        return [
            Edit(item_id=row.item_id, at=row.at, field=row.field, before=row.before, after=row.after)
            for row in sorted(found, key=lambda row: (row.at, row.id))
        ]

    def forget_items_before(self, moment: datetime) -> int:
        """Delete items last seen before `moment`, with their edits, and stories none of whose items is left.

        Returns how many items went. Editions keep what they told.
        """
        items, edits, members, stories = schema.items, schema.edits, schema.item_stories, schema.stories
        with writing(self._engine) as connection:
            gone = connection.execute(delete(items).where(items.c.last_seen < moment)).rowcount
            connection.execute(delete(edits).where(edits.c.item_id.not_in(select(items.c.id))))
            old = members.c.grouped_at < moment
            connection.execute(delete(members).where(old, members.c.item_id.not_in(select(items.c.id))))
            connection.execute(delete(stories).where(stories.c.id.not_in(select(members.c.story_id))))
        return gone

    def story_ids(self, item_ids: Sequence[str]) -> dict[str, str]:
        """The story each item was in at the last grouping; items never grouped are absent."""
        found: dict[str, str] = {}
        members = schema.item_stories.c
        with reading(self._engine) as connection:
            for some in slices(item_ids):
                wanted = select(members.item_id, members.story_id).where(members.item_id.in_(some))
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
    """A row of `_COLUMNS` as the value it was. Thousands are read at every collection: no mapping in between."""
    values = dict(zip(_ITEM_FIELDS, row, strict=True))
    return Item(**values | {"kind": Kind(values["kind"]), "medium": Medium(values["medium"])})

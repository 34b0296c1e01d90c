from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from digest.adapters.store import news_schema as schema
from digest.adapters.store.items import SqlItems
from digest.errors import StoreError
from digest.model.news import Edit, Item, Kind
from digest.model.story import Story
from digest.ports.news import ItemStore

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)


def item(name: str, *, seen: datetime = NOW) -> Item:
    return Item(
        id=name,
        publisher="The Paper",
        url=f"https://example.org/{name}",
        title="A «headline» “with” quotes",
        summary="",
        author="",
        kind=Kind.COMMENT,
        published=NOW - timedelta(hours=3),
        first_seen=NOW - timedelta(hours=2),
        last_seen=seen,
        position=3,
        sources=("paper",),
        titles=("Older", "A «headline»"),
        urls=(f"https://example.org/{name}",),
        guids=(),
    )


def test_items_come_back_as_they_were_ordered_by_id(engine: Engine) -> None:
    store: ItemStore = SqlItems(engine)
    store.save_items([item("b"), item("a")])
    assert store.items_since(NOW) == [item("a"), item("b")]


def test_only_items_seen_since_the_moment_come_back(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_items([item("old", seen=NOW - timedelta(microseconds=1)), item("new")])
    assert [each.id for each in store.items_since(NOW)] == ["new"]


def test_only_items_seen_until_the_moment_come_back_where_one_is_given(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_items([item("now"), item("later", seen=NOW + timedelta(microseconds=1))])
    assert [each.id for each in store.items_since(NOW, until=NOW)] == ["now"]


def test_an_item_that_is_saved_again_replaces_the_earlier_one(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_items([item("a")])
    changed = replace(item("a"), title="Another headline", titles=("One", "Two"))
    store.save_items([changed])
    store.save_items([])
    assert store.items_since(NOW) == [changed]


def an_edit(name: str, minutes: int = 0) -> Edit:
    return Edit(item_id=name, at=NOW + timedelta(minutes=minutes), field="title", before="Older", after="Newer")


def test_an_absorbed_item_is_gone_and_its_edits_are_those_of_the_one_that_stays(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_items([item("a"), item("b")])
    store.save_items([], edits=[an_edit("b", 1), an_edit("a", 2)])
    store.save_items([], absorbed=[("b", "a"), ("never seen", "a")])
    assert [each.id for each in store.items_since(NOW)] == ["a"]
    assert store.edits(["a"]) == [an_edit("a", 1), an_edit("a", 2)]


def test_items_what_they_absorbed_and_what_was_edited_are_saved_together_or_not_at_all(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_items([item("a"), item("b")], edits=[an_edit("b")])
    broken = replace(an_edit("a"), before=None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.save_items([replace(item("a"), title="Newer"), item("c")], absorbed=[("b", "a")], edits=[broken])
    assert store.items_since(NOW) == [item("a"), item("b")]
    assert store.edits(["a", "b"]) == [an_edit("b")]


def test_what_is_old_is_forgotten_with_its_edits_and_its_story(engine: Engine) -> None:
    store = SqlItems(engine)
    old, new = item("old", seen=NOW - timedelta(days=200)), item("new")
    store.save_items([old, new], edits=[an_edit("old"), an_edit("new")])
    store.save_stories([Story(id="s1", items=(old,))], at=NOW - timedelta(days=200))
    store.save_stories([Story(id="s2", items=(new,))], at=NOW)
    assert store.forget_items_before(NOW - timedelta(days=100)) == 1
    assert store.items_since(NOW - timedelta(days=999)) == [new]
    assert store.edits(["old", "new"]) == [an_edit("new")]
    assert store.story_ids(["old", "new"]) == {"new": "s2"}


def test_the_story_of_an_item_that_is_kept_is_kept_however_long_ago_it_was_grouped(engine: Engine) -> None:
    store = SqlItems(engine)
    old, carried = item("old", seen=NOW - timedelta(days=200)), item("carried")
    store.save_items([old, carried])
    store.save_stories([Story(id="s", items=(old, carried))], at=NOW - timedelta(days=200))
    store.forget_items_before(NOW - timedelta(days=100))
    assert store.story_ids(["old", "carried"]) == {"carried": "s"}
    with engine.connect() as connection:
        assert connection.execute(select(schema.stories.c.id)).scalars().all() == ["s"]


def test_an_item_s_latest_grouping_replaces_the_earlier_one(engine: Engine) -> None:
    store = SqlItems(engine)
    store.save_stories([Story(id="s1", items=(item("a"), item("b")))], at=NOW)
    store.save_stories([Story(id="s2", items=(item("b"),)), Story(id="s1", items=(item("a"),))], at=NOW)
    store.save_stories([], at=NOW)
    assert store.story_ids(["a", "b", "never grouped"]) == {"a": "s1", "b": "s2"}


def test_any_number_of_items_can_be_asked_for_at_once(engine: Engine) -> None:
    store = SqlItems(engine)
    names = [f"item {n}" for n in range(1_501)]
    store.save_stories([Story(id="s", items=tuple(item(name) for name in names))], at=NOW)
    assert len(store.story_ids(names)) == 1_501
    assert store.story_ids([]) == {}

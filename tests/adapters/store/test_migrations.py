import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from digest.adapters.store.engine import connect, open_engine, reading, schema_revision, writing
from digest.adapters.store.feeds import SqlFeeds
from digest.adapters.store.items import SqlItems
from digest.adapters.store.metadata import HEAD, metadata
from digest.adapters.store.upgrading import configuration, upgrade
from digest.model.feed import FeedState
from digest.model.news import Item, Kind


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'migrated.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def shape(engine: Engine) -> set[tuple[str, ...]]:
    """The words of every CREATE statement, in an order of their own: spelling and order of columns do not matter."""
    with reading(engine) as connection:
        statements = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars()
        return {tuple(sorted(re.findall(r"\w+", statement))) for statement in statements}


def test_the_schema_is_what_all_migrations_come_to(engine: Engine, migrated: Engine) -> None:
    assert shape(engine) == shape(migrated)
    with reading(migrated) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_head_we_know_is_the_head_that_alembic_finds(migrated: Engine) -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]
    assert schema_revision(migrated) == HEAD


def test_a_migrated_database_opens_and_upgrading_again_changes_nothing(migrated: Engine) -> None:
    upgrade(migrated)
    open_engine(str(migrated.url), create=False).dispose()


FIRST_STATE = """
INSERT INTO feed_states (source_id, url, etag, last_modified, last_tried, last_success, failures, last_error)
VALUES ('lantern', 'https://a.example/rss', 'W/"1"', '',
        '2026-05-15 06:30:00.000000', '2026-05-15 06:00:00.000000', 1, '404')
"""
FIRST_ITEM = """
INSERT INTO items (id, publisher, url, title, summary, author, kind, published, first_seen, last_seen, position,
                   sources, titles, urls, guids)
VALUES ('one', 'The Lantern', 'https://a.example/1', 'Later', 'Why', 'Ann', 'comment', '2026-05-15 03:00:00.000000',
        '2026-05-15 04:00:00.000000', '2026-05-15 06:00:00.000000', 3, '["lantern"]', '["First", "Later"]',
        '["https://a.example/1"]', '[]')
"""


def test_what_a_database_of_the_first_version_holds_is_read_as_it_was(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'first.db'}")
    upgrade(engine, to="0001")
    with writing(engine) as connection:
        connection.execute(text(FIRST_STATE))
        connection.execute(text(FIRST_ITEM))
    upgrade(engine)
    six = datetime(2026, 5, 15, 6, tzinfo=UTC)
    state = FeedState(
        source_id="lantern",
        url="https://a.example/rss",
        etag='W/"1"',
        last_tried=six + timedelta(minutes=30),
        last_success=six,
        failures=1,
        last_error="404",
    )
    item = Item(
        id="one",
        publisher="The Lantern",
        url="https://a.example/1",
        title="Later",
        summary="Why",
        author="Ann",
        kind=Kind.COMMENT,
        published=six - timedelta(hours=3),
        first_seen=six - timedelta(hours=2),
        last_seen=six,
        position=3,
        sources=("lantern",),
        titles=("First", "Later"),
        urls=("https://a.example/1",),
        guids=(),
    )
    feeds, items = SqlFeeds(engine), SqlItems(engine)
    assert feeds.states() == {"lantern": state}
    assert items.items_since(six) == [item]
    items.save_items([replace(item, text="More", said=("lantern 1",))])
    feeds.save_states([replace(state, moved_to="https://b.example/rss", retry_at=six)])
    assert items.items_since(six) == [replace(item, text="More", said=("lantern 1",))]
    assert feeds.states() == {"lantern": replace(state, moved_to="https://b.example/rss", retry_at=six)}
    engine.dispose()

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from digest.adapters.store.engine import connect, open_engine, reading, schema_revision
from digest.adapters.store.metadata import HEAD, metadata
from digest.adapters.store.upgrading import configuration, upgrade


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

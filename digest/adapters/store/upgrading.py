"""A database of an older version -> the same with this version's schema. Imported only where it is used."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from digest.adapters.store.engine import writing


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Run every migration that the database has not had yet, in one transaction: all of them, or none.

    Processes that upgrade at the same moment wait for each other; the later find nothing to do.
    """
    with writing(engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def configuration() -> Config:
    """Alembic's settings: nothing but where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config

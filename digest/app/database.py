"""The database as a file: brought to this version's schema, copied while in use."""

from pathlib import Path

from digest.config.load import Settings


def upgrade_database(settings: Settings) -> Path:
    """Run every migration the database has not had; return its path."""
    from digest.adapters.store.engine import connect, open_engine
    from digest.adapters.store.upgrading import upgrade

    path = settings.at(settings.file.store.path)
    if path.exists():
        engine = connect(f"sqlite:///{path}")
        upgrade(engine)
    else:
        engine = open_engine(f"sqlite:///{path}", create=True)
    engine.dispose()
    return path


def backup_database(settings: Settings, target: Path) -> None:
    """Copy the database to `target` as one consistent state, whoever reads or writes meanwhile."""
    from digest.adapters.store.backup import backup
    from digest.adapters.store.engine import open_engine

    engine = open_engine(f"sqlite:///{settings.at(settings.file.store.path)}", create=False)
    try:
        backup(engine, target)
    finally:
        engine.dispose()

"""A dry run: the same line on a copy of the database, with an outbox that is thrown away."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from digest.config.load import Settings
from digest.config.providers import ProviderSettings
from digest.config.tables import AlertSettings, Store


@contextmanager
def rehearsal(settings: Settings) -> Iterator[Settings]:
    """Give settings under which nothing of the newsroom is touched: no database, no provider, no alert.

    Feeds are fetched as always (with the validators of the copy); editors get no proof.
    """
    with tempfile.TemporaryDirectory(prefix="digest-dry-run-") as name:
        folder = Path(name)
        _copy_database(settings, folder)
        yield replace(
            settings,
            file=settings.file.model_copy(
                update={
                    "store": Store(path=folder / "digest.db"),
                    "provider": ProviderSettings(name="outbox", outbox=folder / "outbox"),
                    "alerts": AlertSettings(),
                    "newsroom": settings.file.newsroom.model_copy(update={"editors": ()}),
                }
            ),
        )


def _copy_database(settings: Settings, folder: Path) -> None:
    from digest.adapters.store.backup import backup
    from digest.adapters.store.engine import open_engine

    path = settings.at(settings.file.store.path)
    key = path.parent / "secret.key"
    if key.exists():
        shutil.copy2(key, folder / key.name)
    if path.exists():
        engine = open_engine(f"sqlite:///{path}", create=False)
        try:
            backup(engine, folder / "digest.db")
        finally:
            engine.dispose()

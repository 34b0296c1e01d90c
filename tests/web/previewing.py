"""A newsroom on a Friday morning at 06:30, and its preview behind a real socket."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

from waitress.server import BaseWSGIServer

from digest.app.clock import clock
from digest.app.shipped import shipped
from digest.app.watch import WatchedApp
from digest.config.load import load
from digest.sample.day import load as load_day
from digest.sample.server import SampleServer
from digest.web.preview import preview_pages
from digest.web.serve import bound, listening
from tests.cli.newsroom import NOW, collect, draft, furnish
from tests.web.conftest import _stop as stop

DESK = "/daily/2026-05-15"


def empty(folder: Path) -> Path:
    """The config of a newsroom that has collected nothing, with an empty edition."""
    with SampleServer(load_day(), now=NOW) as server:
        config = furnish(folder, server)
    draft(config)
    return config


def drafted(folder: Path) -> Path:
    """The config of a newsroom whose daily edition is drafted."""
    config = collected(folder)
    draft(config)
    return config


def collected(folder: Path) -> Path:
    """The config of a newsroom that has its news and no edition yet."""
    with SampleServer(load_day(), now=NOW) as server:
        config = furnish(folder, server)
        collect(config)
    return config


def copied(config: Path, folder: Path) -> Path:
    """The same newsroom in another folder, to be changed at will."""
    return Path(shutil.copytree(config.parent, folder)) / config.name


def overridden(config: Path, name: str, change: Callable[[str], str]) -> Path:
    """A template of the newsroom's own in place of the shipped one, with a change; its path."""
    own = config.parent / "templates" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(change((shipped("templates") / name).read_text("utf-8")), encoding="utf-8")
    return own


def dump(config: Path) -> list[str]:
    """Everything in the database, as SQL."""
    with closing(sqlite3.connect(config.parent / "var" / "digest.db")) as connection:
        return list(connection.iterdump())


@contextmanager
def watched_room(config: Path) -> Iterator[WatchedApp]:
    """The program as the preview opens it, at that hour."""
    with WatchedApp(load(config), clock=clock(NOW)) as watched:
        yield watched


@contextmanager
def served(config: Path) -> Iterator[str]:
    """Serve the preview on a free port with waitress; its address."""
    with watched_room(config) as watched:
        server = listening(preview_pages(watched, newsletter="daily"), host="127.0.0.1", port=0, mend="")
        assert isinstance(server, BaseWSGIServer)
        thread = Thread(target=server.run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound(server)}"
        finally:
            stop(server, thread)

"""The program is never older than the files it was made from."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.app.clock import clock
from digest.app.watch import WatchedApp, stamp
from digest.config.load import load
from digest.errors import ConfigError
from tests.app.conftest import Open


@pytest.fixture
def room(open_newsroom: Open, tmp_path: Path) -> Path:
    with open_newsroom():
        return tmp_path


@pytest.fixture
def watch(room: Path) -> Callable[[], WatchedApp]:
    return lambda: WatchedApp(load(room / "config.toml"), clock=clock())


def rewrite(path: Path, before: str, after: str) -> None:
    path.write_text(path.read_text("utf-8").replace(before, after), encoding="utf-8")


def test_while_nothing_changes_it_is_the_same_program_in_the_same_state(watch: Callable[[], WatchedApp]) -> None:
    with watch() as watched:
        app, state = watched.app(), watched.state()
        assert watched.app() is app
        assert watched.state() == state


def test_a_changed_config_is_read_anew(room: Path, watch: Callable[[], WatchedApp]) -> None:
    with watch() as watched:
        before = watched.state()
        assert watched.app().line.newsroom.brand.name == "The Newsroom"
        rewrite(room / "config.toml", "The Newsroom", "The Other Newsroom")
        assert watched.state() != before
        assert watched.app().line.newsroom.brand.name == "The Other Newsroom"


def test_a_broken_config_is_an_error_until_it_is_mended(room: Path, watch: Callable[[], WatchedApp]) -> None:
    with watch() as watched:
        watched.app()
        rewrite(room / "config.toml", "[newsroom]", "[newsroom")
        for _ in range(2):
            with pytest.raises(ConfigError, match="not TOML"):
                watched.app()
        rewrite(room / "config.toml", "[newsroom", "[newsroom]")
        assert watched.app().line.newsroom.brand.name == "The Newsroom"


@pytest.mark.parametrize(
    "name",
    [
        "schedules/evening.toml",
        "sources.toml",
        "templates/daily.html.j2",
        "templates/parts/new.j2",
        "var/digest.db-wal",
    ],
)
def test_schedules_sources_templates_and_data_are_watched(
    room: Path, watch: Callable[[], WatchedApp], name: str
) -> None:
    with watch() as watched:
        before = watched.state()
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        with (room / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert watched.state() != before


def test_what_stands_elsewhere_is_not_watched(room: Path, watch: Callable[[], WatchedApp]) -> None:
    with watch() as watched:
        before = watched.state()
        (room / "notes.txt").write_text("x", encoding="utf-8")
        assert watched.state() == before


def test_a_database_that_is_put_in_the_place_of_the_old_one_is_followed(
    room: Path, watch: Callable[[], WatchedApp]
) -> None:
    """As a restored backup is: moved there whole, here even with the size and the time of the old one."""
    store, backup = room / "var" / "digest.db", room / "var" / "backup.db"
    with watch() as watched:
        app, state = watched.app(), watched.state()
        app.line.editions.latest("daily")
        shutil.copy2(store, backup)
        backup.replace(store)
        assert watched.state() != state
        assert watched.app() is not app


def test_looking_changes_nothing_that_is_watched(watch: Callable[[], WatchedApp]) -> None:
    with watch() as watched:
        before = watched.state()
        watched.app().line.editions.latest("daily")
        assert watched.state() == before


def test_a_stamp_knows_names_sizes_and_times(tmp_path: Path) -> None:
    file = tmp_path / "a"
    stamps = [stamp([file])]
    file.write_text("one", encoding="utf-8")
    stamps.append(stamp([file]))
    file.write_text("three", encoding="utf-8")
    stamps.append(stamp([file]))
    os.utime(file, ns=(1, 1))
    stamps.append(stamp([file]))
    stamps.append(stamp([tmp_path]))
    assert len(set(stamps)) == len(stamps)
    assert stamp([file]) == stamps[3]


@pytest.mark.parametrize("name", [".git/index", ".daily.html.j2.swp", "parts/.new.j2.swp", "parts/.git/objects/ab"])
def test_what_is_hidden_in_a_folder_is_not_watched(tmp_path: Path, name: str) -> None:
    folder = tmp_path / ".config" / "templates"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / "new.j2").write_text("x", encoding="utf-8")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.utime(folder, ns=(1, 1))
    os.utime(folder / "parts", ns=(1, 1))
    before = stamp([folder])
    (folder / name).write_text("x", encoding="utf-8")
    os.utime(folder, ns=(1, 1))
    os.utime(folder / "parts", ns=(1, 1))
    assert stamp([folder]) == before
    (folder / "parts" / "new.j2").write_text("xy", encoding="utf-8")
    assert stamp([folder]) != before

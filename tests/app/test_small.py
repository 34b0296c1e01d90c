"""What comes with the program, the clock and the wiring itself."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.app.app import UNSUBSCRIBE, links, local_url, state_folder
from digest.app.clock import clock
from digest.app.database import backup_database, upgrade_database
from digest.app.shipped import lexicon_texts, shipped, templates
from digest.config.load import load
from digest.deliver.token import KEY_ID, read
from digest.errors import InvalidToken, StoreError, TemplateError
from tests.app.conftest import Open


def test_the_clock_tells_the_time_in_utc_or_stands_still(tmp_path: Path) -> None:
    (tmp_path / "now").touch()
    assert clock()().tzinfo is UTC
    assert abs(clock()() - datetime.fromtimestamp((tmp_path / "now").stat().st_mtime, UTC)) < timedelta(minutes=1)
    moment = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
    assert clock(moment)() == clock(moment)() == moment


def test_what_is_shipped_is_found(tmp_path: Path) -> None:
    assert shipped("config.example.toml").is_file()
    assert sorted(path.name for path in shipped("schedules").glob("*.toml")) == ["daily.toml", "weekly.toml"]
    assert {"daily.html.j2", "pages/unsubscribe.html.j2", "pages/page.css"} <= set(templates())
    assert {"people.toml", "offices.toml", "party.toml"} <= set(lexicon_texts())


def test_what_is_missing_from_the_installation_is_named() -> None:
    with pytest.raises(TemplateError, match=r"nothing\.txt is missing from the installation"):
        shipped("nothing.txt")


def test_no_hidden_file_is_a_template() -> None:
    assert [name for name in templates() if Path(name).name.startswith(".")] == []


def test_a_link_is_derived_and_leads_back_to_its_delivery(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        made = app.line.newsroom.link(7)
        assert made == app.line.newsroom.link(7) == links(key=app.key, public_url="http://127.0.0.1:8080")(7)
        assert app.delivery(made.rpartition("/")[2]) == 7
        assert read(made.rpartition("/")[2], keys={KEY_ID: app.key}, purpose=UNSUBSCRIBE) == 7
        with pytest.raises(InvalidToken):
            app.delivery("x" * 22)


def test_links_go_to_the_public_address_where_there_is_one(open_newsroom: Open) -> None:
    with open_newsroom('public_url = "https://news.example/daily/"\n') as app:
        assert app.line.newsroom.link(1).startswith("https://news.example/daily/u/")
        assert local_url(app.settings) == "http://127.0.0.1:8080"


def test_the_program_is_wired_by_its_settings(open_newsroom: Open, tmp_path: Path) -> None:
    more = 'imprint = "Us"\n[ask]\ntext = "Give"\nlabel = "Now"\nurl = "https://x.example"\n[rank]\npublishers = 41\n'
    with open_newsroom(more) as app:
        room = app.line.newsroom
        assert (room.brand.imprint, room.ask and room.ask.label, room.weights.publishers) == ("Us", "Now", 41)
        assert room.list_domain == "example.org"
        assert room.sources[0].publisher == "The Lantern"
        assert state_folder(app.settings) == tmp_path / "var"


def test_alerts_go_to_the_command_and_to_the_webhook(open_newsroom: Open) -> None:
    from digest.model.mail import Alert

    alert = Alert(key="k", kind="held", message="m", at=datetime(2026, 5, 15, tzinfo=UTC))
    with open_newsroom() as app:
        assert app.line.notifier.notify(alert) == ""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    more = f'[alerts]\ncommand = ["/nowhere/bell"]\nwebhook = "http://127.0.0.1:{port}/hook"\n'
    with open_newsroom(more) as app:
        trouble = app.line.notifier.notify(alert)
    assert "/nowhere/bell could not be run" in trouble
    assert "; the webhook could not be reached" in trouble


def test_a_database_is_made_upgraded_and_copied(open_newsroom: Open, tmp_path: Path) -> None:
    with open_newsroom() as app:
        settings = app.settings
    (tmp_path / "var" / "digest.db").unlink()
    with pytest.raises(StoreError, match="there is no database"):
        backup_database(settings, tmp_path / "copy.db")
    assert upgrade_database(settings) == upgrade_database(settings) == tmp_path / "var" / "digest.db"
    backup_database(load(settings.path), tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")


def test_two_newsrooms_in_one_folder_have_a_mark_of_calls_each_and_take_over_the_common_one(
    open_newsroom: Open, tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "calls.made").write_text("00000000000000000007")
    for name, calls in (("north", 9), ("south", 8)):
        with open_newsroom(f'[store]\npath = "var/{name}.db"\n') as app:
            assert app.line.high_water.read() == 7
            app.line.high_water.raise_to(calls)
            assert app.line.high_water.read() == calls
    assert len(list((tmp_path / "var").glob("*.db.calls.made"))) == 2

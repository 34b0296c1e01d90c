import multiprocessing
import multiprocessing.synchronize
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, inspect, select, text

from digest.adapters.store import engine as engine_module
from digest.adapters.store.alerts import SqlAlerts
from digest.adapters.store.backup import backup
from digest.adapters.store.creation import create_file
from digest.adapters.store.engine import check, connect, open_engine, reading, schema_revision, writing
from digest.adapters.store.metadata import HEAD, metadata
from digest.adapters.store.schema import alerts, suppressions
from digest.errors import SchemaOutdated, StoreBusy, StoreError
from digest.model.mail import Alert

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_new_database_is_durable_and_holds_its_references(engine: Engine) -> None:
    with reading(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    assert schema_revision(engine) == HEAD
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


def test_a_new_database_is_for_its_owner_only_and_nothing_else_is_left_behind(tmp_path: Path) -> None:
    open_engine(url(tmp_path / "new" / "digest.db"), create=True).dispose()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["digest.db"]
    assert stat.S_IMODE((tmp_path / "new" / "digest.db").stat().st_mode) == 0o600


def test_a_database_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database at"):
        open_engine(url(tmp_path / "digest.db"), create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="Check the folder"):
        open_engine(url(tmp_path / "file" / "digest.db"), create=True)


@pytest.mark.parametrize("asked", ["postgresql+psycopg://localhost/digest", "not a url", "mysql://x/y"])
def test_only_sqlite_is_spoken_and_the_error_says_so(asked: str) -> None:
    with pytest.raises(StoreError, match=r"Write sqlite:///digest\.db"):
        open_engine(asked, create=True)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "digest.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(StoreError, match=r"digest\.db: file is not a database"):
        open_engine(url(tmp_path / "digest.db"), create=True)


def test_a_damaged_file_is_noticed_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "digest.db"
    engine = open_engine(url(path), create=True)
    with writing(engine) as connection:
        rows = [{"address_key": f"{n}@example.org", "reason": "x" * 200, "at": NOW} for n in range(500)]
        connection.execute(insert(suppressions), rows)
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[-8192:-4096] = os.urandom(4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged|malformed"):
        open_engine(url(path), create=False)


def test_a_row_that_refers_to_nothing_is_found(engine: Engine) -> None:
    with closing(sqlite3.connect(engine.url.database or "")) as plain:
        plain.execute("INSERT INTO item_stories VALUES ('item', 'no such story', '2026-05-15 00:00:00.000000')")
        plain.commit()
    with pytest.raises(StoreError, match="row 1 of item_stories refers to nothing"):
        check(engine)


@pytest.mark.parametrize(("found", "mend"), [("0000", "digest db upgrade"), ("9999", "newer version")])
def test_another_schema_is_refused_with_the_mend(tmp_path: Path, found: str, mend: str) -> None:
    path = tmp_path / "digest.db"
    open_engine(url(path), create=True).dispose()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = ?", (found,))
        plain.commit()
    with pytest.raises(SchemaOutdated, match=mend) as caught:
        open_engine(url(path), create=True)
    assert str(path) in str(caught.value)


def test_an_empty_file_is_an_outdated_schema_and_not_an_invitation(tmp_path: Path) -> None:
    (tmp_path / "digest.db").touch()
    with pytest.raises(SchemaOutdated, match="revision none"):
        open_engine(url(tmp_path / "digest.db"), create=True)


def _open(path: Path, barrier: "multiprocessing.synchronize.Barrier", results: "multiprocessing.Queue[str]") -> None:
    barrier.wait()
    try:
        opened = open_engine(url(path), create=True)
        rang = SqlAlerts(opened).record(Alert(key="same", kind="test", message="", at=NOW))
        results.put(f"{schema_revision(opened)} {rang}")
    except Exception as error:  # noqa: BLE001 - the parent shows it
        results.put(repr(error))


def test_twenty_processes_make_one_database_at_once(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(20), fork.Queue()
    workers = [fork.Process(target=_open, args=(tmp_path / "digest.db", barrier, results)) for _ in range(20)]
    for worker in workers:
        worker.start()
    answers = sorted(results.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    assert answers == [f"{HEAD} False"] * 19 + [f"{HEAD} True"]
    assert {path.suffix for path in tmp_path.iterdir()} <= {".db", ".db-wal", ".db-shm"}


def test_a_writer_who_fails_leaves_nothing_behind(engine: Engine) -> None:
    row = insert(alerts).values(key="a", kind="b", message="c", at=NOW)
    with pytest.raises(StoreError, match="UNIQUE"), writing(engine) as connection:
        _ = [connection.execute(each) for each in (row, row)]
    with reading(engine) as connection:
        assert connection.execute(select(alerts)).all() == []


def test_a_writer_holds_the_lock_from_its_beginning_and_the_other_is_told_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "PATIENCE_SECONDS", 0)
    other = connect(str(engine.url))
    with writing(engine), pytest.raises(StoreBusy, match="locked") as caught, writing(other):
        pass
    assert caught.value.retry_helps
    other.dispose()


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    with reading(engine) as snapshot:
        assert snapshot.execute(select(alerts)).all() == []
        assert SqlAlerts(engine).record(Alert(key="a", kind="b", message="c", at=NOW))
        assert snapshot.execute(select(alerts)).all() == []


def test_no_exception_of_the_driver_comes_out(engine: Engine) -> None:
    with pytest.raises(StoreError, match="no such table: nowhere"), reading(engine) as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    naive = datetime(2026, 5, 15)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(StoreError, match="not an instant"), writing(engine) as connection:
        connection.execute(insert(alerts).values(key="a", kind="b", message="c", at=naive))


def test_every_instant_comes_back_as_the_same_instant_in_utc(engine: Engine) -> None:
    summer = NOW.astimezone(timezone(timedelta(hours=1)))
    SqlAlerts(engine).record(Alert(key="a", kind="b", message="c", at=summer))
    with reading(engine) as connection:
        found = connection.execute(select(alerts.c.at)).scalar_one()
    assert found == summer
    assert found.tzinfo is UTC


def test_a_database_in_memory_is_one_database_for_all_its_users() -> None:
    engine = open_engine("sqlite://", create=True)
    assert SqlAlerts(engine).record(Alert(key="a", kind="b", message="c", at=NOW))
    assert not SqlAlerts(engine).record(Alert(key="a", kind="b", message="c", at=NOW))
    check(engine)
    engine.dispose()


def test_who_waits_for_the_one_connection_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "PATIENCE_SECONDS", 0)
    engine = open_engine("sqlite://", create=True)
    with writing(engine), pytest.raises(StoreBusy, match="every connection is in use"), reading(engine):
        pass
    engine.dispose()


def test_a_large_database_is_left_to_the_doctor(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(engine.url.database or "")) as plain:
        plain.execute("INSERT INTO item_stories VALUES ('item', 'no such story', '2026-05-15 00:00:00.000000')")
        plain.commit()
    with pytest.raises(StoreError, match="damaged"):
        open_engine(str(engine.url), create=False)
    monkeypatch.setattr(engine_module, "QUICK_CHECK_BYTES", 0)
    open_engine(str(engine.url), create=False).dispose()


def test_the_database_of_whoever_was_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "digest.db"
    create_file(path, build=lambda _: path.touch())
    assert path.stat().st_size == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_backup_is_whole_while_somebody_writes(engine: Engine, tmp_path: Path) -> None:
    SqlAlerts(engine).record(Alert(key="committed", kind="b", message="c", at=NOW))
    target = tmp_path / "backups" / "copy.db"
    with writing(engine) as connection:
        connection.execute(insert(alerts).values(key="open", kind="b", message="c", at=NOW))
        backup(engine, target)
    copy = open_engine(url(target), create=False)
    with reading(copy) as connection:
        assert connection.execute(select(alerts.c.key)).scalars().all() == ["committed"]
    copy.dispose()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in target.parent.iterdir()) == ["copy.db"]


def test_a_backup_replaces_an_older_one_but_never_the_database(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("an older backup")
    backup(engine, target)
    assert target.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreError, match="is the database itself"):
        backup(engine, Path(engine.url.database or ""))


def test_a_backup_that_cannot_be_made_is_an_error_and_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be backed up"):
        backup(engine, tmp_path / "file" / "copy.db")
    memory = open_engine("sqlite://", create=True)
    with pytest.raises(StoreError, match="in memory"):
        backup(memory, tmp_path / "copy.db")
    memory.dispose()
    assert not (tmp_path / "copy.db").exists()


def test_an_error_does_not_show_what_was_to_be_written(engine: Engine) -> None:
    row = {"address_key": "canary@example.org", "address": "canary@example.org"}
    with pytest.raises(StoreError) as caught, writing(engine) as connection:
        connection.execute(insert(suppressions), [row])
    behind = caught.value.__cause__
    assert "canary" not in f"{caught.value} {behind}"
    assert "hide_parameters" in f"{behind}"

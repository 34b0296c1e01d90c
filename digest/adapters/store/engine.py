"""A database's address -> an engine that is ready for use, and the two ways of using it.

SQLite: WAL, `synchronous=FULL` (what was committed survives a power cut), 30 s of patience for
other writers, foreign keys held. Writers begin with BEGIN IMMEDIATE, so that nothing they read can
change before they write. The SQLAlchemy part is the recipe of its pysqlite page («Serializable
isolation / Savepoints / Transactional DDL»): the driver begins nothing by itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from digest.adapters.store import news_schema, schema  # noqa: F401 - they fill `metadata`
from digest.adapters.store.creation import create_file
from digest.adapters.store.metadata import HEAD, VERSION_TABLE, metadata
from digest.errors import SchemaOutdated, StoreBusy, StoreError

PATIENCE_SECONDS = 30
QUICK_CHECK_BYTES = 8 * 1024 * 1024
"""Up to this size the whole file is checked at every start (some 10 ms); above it, `digest doctor` does it."""

MEMORY = "sqlite://"
_BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UPGRADE = "Run `digest db upgrade`."


def open_engine(url: str, *, create: bool) -> Engine:
    """Open the database at `url` and make sure that it is whole and has this version's schema.

    With `create` a database that is not there is made, whoever else is making it at the same
    moment. StoreError when it is not there, not SQLite or damaged; SchemaOutdated when it has
    another schema.
    """
    engine = connect(url)
    try:
        _make_ready(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_ready(engine: Engine, *, create: bool) -> None:
    path = database_path(engine)
    if path is None:
        with writing(engine) as connection:
            create_all(connection)
        return
    if not path.exists():
        if not create:
            raise StoreError(f"there is no database at {path}.", mend="Run `digest init` first.")
        create_file(path, build=_build)
    _check_schema(engine, path)
    if path.stat().st_size <= QUICK_CHECK_BYTES:
        check(engine)


def connect(url: str | URL) -> Engine:
    """An engine for `url`, whatever is behind it: the file is neither made nor looked at. StoreError as above."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url!r} is no database URL.", mend="Write sqlite:///digest.db") from error
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(
            f"a {parsed.get_backend_name()} database was asked for, and this version speaks SQLite only.",
            mend="Write sqlite:///digest.db",
        )
    # What is written are readers' addresses among other things: no error may repeat them, hence hide_parameters.
    if parsed.database in {None, "", ":memory:"}:
        # One connection for everybody: each connection of its own would be a database of its own.
        engine = create_engine(
            MEMORY,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            pool_timeout=PATIENCE_SECONDS,
            connect_args=_CONNECT,
            hide_parameters=True,
        )
    else:
        engine = create_engine(parsed, connect_args=_CONNECT, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database throughout, and writes nothing."""
    with _translated(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its beginning: committed as a whole, or not at all."""
    with _translated(engine), engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        yield connection


def database_path(engine: Engine) -> Path | None:
    """The database's file; None for one in memory."""
    name = engine.url.database
    return Path(name) if name and name != ":memory:" else None


def check(engine: Engine) -> None:
    """Have SQLite look through the whole file (`PRAGMA quick_check`) and its references; StoreError when damaged."""
    with reading(engine) as connection:
        problems = [str(row[0]) for row in connection.execute(text("PRAGMA quick_check(3)")) if row[0] != "ok"]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    problems += [f"row {row[1]} of {row[0]} refers to nothing" for row in orphans[:3]]
    if problems:
        raise StoreError(f"{database_path(engine)} is damaged: {'; '.join(problems)}.", mend="Restore a backup.")


def create_all(connection: Connection) -> None:
    """Make every table and note the revision: what all the migrations come to, without importing Alembic."""
    metadata.create_all(connection)
    connection.execute(
        text(
            f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, "
            f"CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(
        text(f"INSERT INTO {VERSION_TABLE} VALUES (:head)"),  # noqa: S608 - a constant of ours
        {"head": HEAD},
    )


def schema_revision(engine: Engine) -> str:
    """The revision of the schema in the database; an empty string when it has none."""
    with reading(engine) as connection:
        named = connection.execute(
            text("SELECT name FROM sqlite_master WHERE name = :name"), {"name": VERSION_TABLE}
        ).scalar()
        if named is None:
            return ""
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
        return str(found or "")


_CONNECT: dict[str, Any] = {"timeout": PATIENCE_SECONDS, "check_same_thread": False}


def _on_connect(connection: sqlite3.Connection, record: object) -> None:
    """Take transactions out of the driver's hands and set what SQLite forgets between connections."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    del record


def _on_begin(connection: Connection) -> None:
    """Begin for the driver, immediately where the connection is going to write."""
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def _build(path: Path) -> None:
    """Make a complete database in a file nobody else knows. The journal mode stays with the file."""
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
    engine = connect(URL.create("sqlite", database=str(path)))
    try:
        with writing(engine) as connection:
            create_all(connection)
    finally:
        engine.dispose()


def _check_schema(engine: Engine, path: Path) -> None:
    """SchemaOutdated unless the database has exactly our schema."""
    found = schema_revision(engine)
    if found == HEAD:
        return
    if found > HEAD:
        raise SchemaOutdated(
            f"{path} has revision {found}, and this version of digest knows {HEAD}.",
            mend="Install the newer version of digest that made it.",
        )
    raise SchemaOutdated(f"{path} has revision {found or 'none'}, and {HEAD} is needed.", mend=_UPGRADE)


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """Let no exception of the driver out of this room."""
    where = database_path(engine) or "the database in memory"
    try:
        yield
    except PoolTimeout as error:
        raise StoreBusy(f"{where}: every connection is in use.", mend="Try again in a moment.") from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _BUSY_CODES:
            raise StoreBusy(
                f"{where} has been locked for {PATIENCE_SECONDS} seconds.", mend="Try again in a moment."
            ) from error
        raise StoreError(f"{where}: {error.orig}.", mend="Run `digest doctor`.") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}: {error}.", mend="Run `digest doctor`.") from error

"""doctor, db upgrade and db backup."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Digest
from tests.cli.folders import contents


def test_the_doctor_finds_a_sound_newsroom_sound(newsroom: Path, digest: Digest) -> None:
    said = digest("doctor")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines() if not line.startswith(" ")] == [
        *("ok", "look", "ok", "ok", "ok", "ok", "hint")
    ]
    assert "failing now: tidewater" in said.out


def test_the_doctor_says_of_each_wrong_thing_how_to_mend_it(newsroom: Path, digest: Digest) -> None:
    (newsroom / "sources.toml").unlink()
    said = digest("doctor")
    assert said.code == 5
    assert "WRONG  sources: there are none\n       mend: import some: `digest sources import FILE.opml`." in said.out


def test_the_doctor_changes_nothing(newsroom: Path, digest: Digest) -> None:
    before = contents(newsroom)
    digest("doctor")
    assert contents(newsroom) == before


def test_a_backup_holds_the_database_and_the_key_behind_the_links(newsroom: Path, digest: Digest) -> None:
    target = newsroom / "backups" / "monday.db"
    said = digest("db", "backup", target)
    assert said.code == 0
    assert said.out == f"wrote {target} and {target.with_suffix('.key')}\n"
    assert target.with_suffix(".key").read_bytes() == (newsroom / "var" / "secret.key").read_bytes()
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT count(*) FROM items").fetchone()[0] > 60
    for path in (target, target.with_suffix(".key")):
        assert path.stat().st_mode & 0o077 == 0


def test_a_backup_without_a_key_file_is_the_database_alone(newsroom: Path, digest: Digest) -> None:
    (newsroom / "var" / "secret.key").unlink()
    assert digest("db", "backup", newsroom / "monday.db").out == f"wrote {newsroom / 'monday.db'}\n"


def test_a_backup_into_a_folder_or_over_the_database_is_refused(newsroom: Path, digest: Digest) -> None:
    before = contents(newsroom)
    for target, code, why in (
        (newsroom, 2, "is a folder"),
        (newsroom / "monday.key", 2, "is where the key would go"),
        (newsroom / "var" / "digest.db", 5, "is the database itself"),
    ):
        said = digest("db", "backup", target)
        assert said.code == code
        assert why in said.err
    assert contents(newsroom) == before


def test_an_upgrade_of_this_versions_database_changes_nothing(newsroom: Path, digest: Digest) -> None:
    said = digest("db", "upgrade")
    assert said.code == 0
    assert said.out.rstrip().endswith("digest.db has this version's schema.")
    assert digest("status").code == 0


def test_an_upgrade_makes_the_database_that_is_not_there(newsroom: Path, digest: Digest) -> None:
    (newsroom / "var" / "digest.db").unlink()
    assert digest("status").code == 5
    assert digest("db", "upgrade").code == 0
    assert digest("status").code == 0


def test_a_database_without_a_schema_is_refused_with_the_way_out(newsroom: Path, digest: Digest) -> None:
    database = newsroom / "var" / "digest.db"
    database.unlink()
    sqlite3.connect(database).close()
    database.touch()
    said = digest("run")
    assert said.code == 2
    assert "Run `digest db upgrade`" in said.err
    assert digest("db", "upgrade").code == 0
    assert digest("status").code == 0


def test_a_file_that_is_no_database_is_named(newsroom: Path, digest: Digest) -> None:
    (newsroom / "var" / "digest.db").write_bytes(b"not a database, but long enough to be read as one" * 40)
    said = digest("status")
    assert said.code == 5
    assert "digest.db" in said.err

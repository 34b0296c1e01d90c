"""Secrets, and readers' addresses and names, are found nowhere that anybody reads: not even where a provider says them.

What prints readers because it is asked for nothing else, `digest balance --csv`, is left out, and so is the database.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from digest.app.answering import note_answer
from digest.app.app import opened
from digest.app.clock import clock
from digest.config.load import load
from digest.pipeline.subscribe import carry_out_import, plan_import
from digest.sample.day import readers_csv
from tests.cli.canaries import CSV, SECRETS, environment, found_in, mail_parrot, parrot
from tests.cli.newsroom import CONFIG

PUBLIC = "http://127.0.0.1:9"
BOUNCES = 'bounce_address = "bounces@news.example"\nimap_host = "127.0.0.1"\nimap_port = 9\nimap_user = "bounces"\n'

ROADS: Mapping[str, tuple[str, int]] = {
    "mailgun": ('domain = "mg.news.example"', 401),
    "postmark": ("", 422),
    "brevo": ("", 400),
    "ses": ('region = "eu-west-1"', 403),
    "resend": ("", 200),
    "sendgrid": ("", 500),
}
"""What stands in the provider's table, and the status of an answer that repeats everything: some halt, some reject,
some are in doubt."""

AFTERWARDS = ("status --json", "feedback pull")
IN_FULL = ("status", "balance --html sheet.html", "doctor", "run")
"""What is looked at when something went wrong; on one road of each sort all of it, and the next tick's log lines."""

PEOPLE = {word for rows in (readers_csv(), CSV) for row in rows.splitlines()[1:] for word in row.split(",")[:2] if word}
"""Addresses and names of all who are subscribed, the sample day's readers among them."""


@pytest.fixture
def newsroom(approved: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom with a signed edition, every secret set, and readers of whom nobody is to hear."""
    for name, value in {**environment(), "COLUMNS": "1000"}.items():
        monkeypatch.setenv(name, value)
    with opened(load(approved / "config.toml"), clock=clock(), progress=lambda *_: None) as app:
        carry_out_import(plan_import(CSV, app.line), app.line)
        note_answer(app, PUBLIC)
    return approved


def configure(newsroom: Path, road: str, table: str) -> None:
    """Choose a road; alerts are told to a file."""
    keeps = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    alerts = f"[alerts]\ncommand = {json.dumps([sys.executable, '-c', keeps, str(newsroom / 'alerts.log')])}\n"
    provider = f'[provider]\nname = "{road}"\n[provider.{road}]\n{table}\n'
    config = f'{CONFIG}public_url = "{PUBLIC}"\n{alerts}{provider}'
    (newsroom / "config.toml").write_text(config, encoding="utf-8")


def printed(newsroom: Path, *commands: str, program: tuple[str, ...] = ("-m", "digest")) -> str:
    """All that these commands print and write, carried out at once."""
    running = [
        subprocess.Popen(
            [sys.executable, *program, *command.split()],
            cwd=newsroom,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command in commands
    ]
    said = [one.communicate(timeout=120)[0] for one in running]
    written = [path.read_text("utf-8") for path in (newsroom / "alerts.log", newsroom / "sheet.html") if path.exists()]
    return "\n".join((*said, *written))


def all_that_is_told(newsroom: Path, *more: str) -> str:
    return printed(newsroom, "send") + printed(newsroom, *AFTERWARDS, *more)


@pytest.mark.parametrize("road", ROADS)
def test_what_a_provider_repeats_is_repeated_nowhere(newsroom: Path, road: str) -> None:
    table, status = ROADS[road]
    with parrot(status) as bird:
        configure(newsroom, road, f'{table}\nbase_url = "{bird.url}"')
        said = all_that_is_told(newsroom, *(IN_FULL if road == "mailgun" else ()))
    heard = "\n".join(bird.heard)
    assert found_in(heard, readers=PEOPLE) & PEOPLE, "nothing was sent"
    assert found_in(heard, readers=()), "no secret was shown"
    assert f"HTTP {status}" in said
    assert "[…]" in said.replace("\\u2026", "…")  # JSON writes it so
    assert found_in(said, readers=PEOPLE) == set()


@pytest.mark.parametrize("refused", ["AUTH", "RCPT"])
def test_what_a_mail_server_repeats_is_repeated_nowhere(newsroom: Path, refused: str) -> None:
    with mail_parrot(refuses=refused) as (port, heard):
        table = f'{BOUNCES}host = "127.0.0.1"\nport = {port}\nsecurity = "none"\nusername = "user"\n'
        configure(newsroom, "smtp", table + 'dkim_domain = "news.example"\ndkim_selector = "s1"\n')
        said = all_that_is_told(newsroom, *(IN_FULL[:2] if refused == "RCPT" else ()))
    assert found_in("\n".join(heard), readers=PEOPLE)
    assert "550" in said
    assert "[…]" in said.replace("\\u2026", "…")  # JSON writes it so
    assert found_in(said, readers=PEOPLE) == set()


DAMAGE: Mapping[str, Callable[[Path], object]] = {
    "its last page is gone": lambda path: os.truncate(path, path.stat().st_size - 4096),
    "it refuses what is written": lambda path: execute(
        path, "CREATE TRIGGER broken BEFORE INSERT ON deliveries BEGIN SELECT RAISE(ABORT, 'it is broken'); END"
    ),
    "it has no readers' table": lambda path: execute(path, "ALTER TABLE subscribers RENAME COLUMN name TO called"),
}


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_database_that_is_broken_is_told_of_without_what_was_in_it(newsroom: Path, damage: str) -> None:
    configure(newsroom, "mailgun", 'domain = "mg.news.example"\nbase_url = "http://127.0.0.1:9"')
    DAMAGE[damage](newsroom / "var" / "digest.db")
    said = printed(newsroom, "send", "run")
    assert "The database cannot be used" in said
    assert found_in(said, readers=PEOPLE) == set()


UNFORESEEN = """
import requests

def fails(session, url, *, data, headers, **_):
    raise RuntimeError("nobody foresaw this")

requests.Session.post = fails
from digest.__main__ import main
main()
"""
"""The library that calls providers, broken in a way that it never is."""


def test_a_mistake_of_ours_ends_in_a_traceback_that_names_nobody(newsroom: Path) -> None:
    configure(newsroom, "mailgun", 'domain = "mg.news.example"\nbase_url = "http://127.0.0.1:9"')
    said = printed(newsroom, "send", program=("-c", UNFORESEEN))
    assert "Traceback" in said
    assert "nobody foresaw this" in said
    assert found_in(said, readers=PEOPLE) == set()


def test_a_secret_that_is_none_is_refused_without_being_shown(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = f"{SECRETS['mailgun_api_key']}\nsécond line"
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", broken)
    configure(newsroom, "mailgun", 'domain = "mg.news.example"\nbase_url = "http://127.0.0.1:9"')
    said = printed(newsroom, "send")
    assert "DIGEST_MAILGUN_API_KEY" in said
    assert "Traceback" not in said
    assert found_in(said, readers=PEOPLE) == set()

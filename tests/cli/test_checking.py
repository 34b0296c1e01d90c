"""`digest check`: what is wrong, where, how to mend it, and an exit code for scripts."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Digest
from tests.cli.newsroom import DAY


def spoil(newsroom: Path, what: str = "<img src='a.png'></body>") -> None:
    """Put something wrong at the end of the draft's HTML."""
    with closing(sqlite3.connect(newsroom / "var" / "digest.db")) as connection, connection:
        connection.execute("UPDATE editions SET html = replace(html, '</body>', ?)", (what,))


def test_a_sound_draft_has_no_errors(drafted: Path, digest: Digest) -> None:
    said = digest("check")
    assert said.code == 0
    assert said.out.startswith(f"daily {DAY} draft\n")
    assert "error" not in said.out


def test_an_error_has_its_line_its_mend_and_its_exit_code(drafted: Path, digest: Digest) -> None:
    page = digest("show", "-f", "html").out
    spoil(drafted)
    said = digest("check", "--day", DAY)
    assert said.code == 3
    assert f"html {page.count(chr(10), 0, page.index('</body>')) + 1}" in said.out
    assert "the picture 'a.png' has no text" in said.out
    assert "→ give it alt=" in said.out
    assert "Found: 2 errors, 1 warning" in said.out


@pytest.mark.parametrize("columns", ["80", "200"])
def test_the_table_keeps_to_the_terminals_width(
    drafted: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    spoil(drafted)
    lines = digest("check").out.splitlines()
    assert len(lines) > 10
    assert max(map(len, lines)) <= int(columns)


def test_a_machine_reads_the_same(drafted: Path, digest: Digest) -> None:
    spoil(drafted)
    said = digest("check", "--json")
    assert said.code == 3
    found = json.loads(said.out)
    assert (found["newsletter"], found["day"], found["state"]) == ("daily", DAY, "draft")
    assert found["counts"]["error"] == 2
    first = found["findings"][0]
    assert set(first) == {"severity", "check", "what", "where", "mend", "line"}
    assert first["severity"] == "error"
    assert first["line"] > 1


def test_what_is_wrong_is_printed_as_it_stands(drafted: Path, digest: Digest) -> None:
    spoil(drafted, "<img src='[red]a.png[/red]:rose:\x1b[31m'></body>")
    said = digest("check")
    assert "[red]a.png[/red]:rose:" in said.out
    assert "\x1b" not in said.out


def test_the_two_parts_of_any_mail_can_be_checked(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    html, text = tmp_path / "mail.html", tmp_path / "mail.txt"
    html.write_text(digest("show", "-f", "html").out, encoding="utf-8")
    text.write_text(digest("show", "-f", "text").out, encoding="utf-8")
    said = digest("check", "--html", html, "--text", text)
    assert said.code == 0
    assert "Nothing found: the letter is as it should be." in said.out
    text.write_text("{{ name }}\n", encoding="utf-8")
    said = digest("check", "--html", html, "--text", text, "--json")
    assert said.code == 3
    assert {finding["check"] for finding in json.loads(said.out)["findings"]} == {
        "parity",
        "syntax",
        "unsubscribe",
    }


def test_a_page_alone_can_be_checked_and_what_was_not_is_said(
    drafted: Path, digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    html = tmp_path / "mail.html"
    html.write_text(digest("show", "-f", "html").out.replace("unsubscribe.digest.invalid", "a.example"), "utf-8")
    said = digest("check", "--html", html)
    assert said.code == 3
    assert "there is no unsubscribe link" in said.out
    assert said.out.splitlines()[-1] == (
        "Checks not made: subject, preheader (files have none); sources, ask, repeats, spans, count, words (they need"
        " an edition); parity, lines (they need the text part)."
    )
    machine = json.loads(digest("check", "--html", html, "--json").out)
    assert (machine["html"], "text" in machine) == (str(html), False)
    assert machine["not_made"].startswith("subject, preheader (files have none); ")
    assert "not_made" not in json.loads(digest("check", "--json").out)


@pytest.mark.parametrize(
    "words",
    [("--html", "a.html", "--newsletter", "daily"), ("--text", "a.txt"), ("--html", "a", "--text", "b", "--day", DAY)],
)
def test_half_a_mail_and_a_mail_of_a_day_are_refused(drafted: Path, digest: Digest, words: tuple[str, ...]) -> None:
    said = digest("check", *words)
    assert said.code == 2
    assert "--html and --text name one mail" in said.err


def test_a_file_that_is_missing_or_no_text_is_named(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    html = tmp_path / "mail.html"
    said = digest("check", "--html", html, "--text", html)
    assert said.code != 0
    assert "mail.html" in said.err
    html.write_bytes(b"<html>\xff")
    said = digest("check", "--html", html, "--text", html)
    assert said.code == 2
    assert "is not UTF-8" in said.err


def test_an_edition_without_a_mail_cannot_be_checked(newsroom: Path, digest: Digest) -> None:
    said = digest("check")
    assert said.code == 2
    assert "has no edition yet" in said.err
    assert digest("draft", "--now", "2026-06-20T05:30:00Z").code == 0
    said = digest("check")
    assert said.code == 2
    assert "is empty" in said.err


def test_drafting_and_signing_print_what_was_found(drafted: Path, digest: Digest) -> None:
    spoil(drafted)
    said = digest("approve", "--by", "Ada")
    assert said.code == 3
    assert "error: the picture 'a.png' has no text" in said.err
    assert "(html " in said.err

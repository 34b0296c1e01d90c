"""run, collect, init and schedule: what a tick prints, keeps and returns."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Digest
from tests.cli.folders import contents, header, mails
from tests.cli.newsroom import CONFIG, DAY, MOMENT

DEADLINE = "2026-05-15T06:30:00Z"
MAILGUN = (
    'public_url = "https://news.example.org"\n[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "mg.example"\n'
)


def log(err: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in err.splitlines()]


def test_the_whole_line_at_once_ends_with_a_copy_for_every_reader(newsroom: Path, digest: Digest) -> None:
    said = digest("run", "--at-once", "--now", MOMENT)
    assert said.code == 0
    assert f"daily {DAY}: sent, books exact" in said.out
    assert len({header(message, "To") for message in mails(newsroom)}) == 25
    (collected, newsletter) = log(said.err)
    assert (collected["event"], collected["failed"]) == (
        "collected",
        {"tidewater": "answered 500 Internal Server Error"},
    )
    assert (newsletter["id"], newsletter["day"], newsletter["state"]) == ("daily", DAY, "sent")


def test_a_second_run_sends_nothing_and_says_so(newsroom: Path, digest: Digest) -> None:
    assert digest("run", "--at-once", "--now", MOMENT).code == 0
    before = contents(newsroom / "var" / "outbox")
    said = digest("run", "--at-once", "--now", MOMENT)
    assert said.code == 0
    assert f"nothing to send: the edition of {DAY} is sent" in said.out
    assert contents(newsroom / "var" / "outbox") == before


def test_a_morning_of_ticks_drafts_proves_and_sends(newsroom: Path, digest: Digest) -> None:
    early = digest("run", "--now", "2026-05-15T05:20:00Z")
    assert early.code == 0
    assert "drafting begins at " in early.err
    assert digest("run", "--now", MOMENT).code == 0
    assert [path.name.split("-")[0] for path in newsroom.rglob("*.eml")] == ["proof"]
    sent = digest("run", "--now", DEADLINE)
    assert sent.code == 0
    assert "25 of 25 readers' copies accepted" in sent.err
    assert len(mails(newsroom)) == 25


def test_a_late_machine_holds_its_edition_and_says_so_with_its_exit_code(newsroom: Path, digest: Digest) -> None:
    said = digest("run", "--now", "2026-05-15T10:00:00Z")
    assert said.code == 3
    assert "late: it was due at " in said.err
    assert mails(newsroom) == []


@pytest.mark.parametrize("words", [("run",), ("run", "--at-once"), ("run", "--at-once", "--newsletter", "weekly")])
def test_a_dry_run_touches_nothing(newsroom: Path, digest: Digest, words: tuple[str, ...]) -> None:
    before = contents(newsroom)
    said = digest(*words, "--dry-run", "--now", DEADLINE)
    assert said.code == 0
    assert "A dry run: nothing was kept and nothing was sent." in said.out
    assert contents(newsroom) == before


def test_a_dry_run_rings_nobody_and_sends_editors_no_proof(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    bell = tmp_path / "rang"
    command = json.dumps([sys.executable, "-c", f"open({str(bell)!r}, 'w')"])
    (newsroom / "config.toml").write_text(f"{CONFIG}[alerts]\ncommand = {command}\n", encoding="utf-8")
    assert digest("run", "--dry-run", "--now", "2026-05-15T10:00:00Z").code == 3
    assert not bell.exists()
    assert digest("run", "--now", "2026-05-15T10:00:00Z").code == 3
    assert bell.exists()


def test_a_dry_run_needs_no_database(newsroom: Path, digest: Digest) -> None:
    (newsroom / "var" / "digest.db").unlink()
    assert digest("run", "--dry-run", "--at-once", "--now", MOMENT).code == 0
    assert not (newsroom / "var" / "digest.db").exists()


def test_a_collection_says_what_each_source_gave(newsroom: Path, digest: Digest) -> None:
    said = digest("collect", "--now", MOMENT)
    assert said.code == 4
    assert "answered 500 Internal Server Error" in said.out
    assert "unchanged" in said.out
    assert "0 new items, 0 changed." in said.out


def test_a_collection_without_a_broken_feed_is_done(newsroom: Path, digest: Digest) -> None:
    text = (newsroom / "sources.toml").read_text(encoding="utf-8")
    tables = [table for table in text.split("[[sources]]") if 'id = "tidewater"' not in table]
    (newsroom / "sources.toml").write_text("[[sources]]".join(tables), encoding="utf-8")
    assert digest("collect", "--now", MOMENT).code == 0


@pytest.mark.parametrize("command", [("run",), ("run", "--at-once"), ("collect",), ("draft",)])
def test_no_moment_is_replayed_with_a_real_provider(
    newsroom: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    (newsroom / "config.toml").write_text(CONFIG + MAILGUN, encoding="utf-8")
    before = contents(newsroom)
    said = digest(*command, "--now", MOMENT)
    assert said.code == 2
    assert "--now with provider 'mailgun'. Mend: replays may only go to the outbox." in said.err
    assert contents(newsroom) == before


@pytest.mark.parametrize("command", [("run",), ("run", "--at-once"), ("send",)])
def test_nothing_real_is_sent_before_the_unsubscribe_page_has_answered(
    approved: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    (approved / "config.toml").write_text(CONFIG + MAILGUN, encoding="utf-8")
    said = digest(*command)
    assert said.code == 2
    assert "the unsubscribe page at https://news.example.org has not been seen to answer yet" in said.err


def test_a_real_provider_without_its_key_says_which_variable_to_set(newsroom: Path, digest: Digest) -> None:
    (newsroom / "config.toml").write_text(CONFIG + MAILGUN, encoding="utf-8")
    said = digest("status")
    assert said.code == 2
    assert "set DIGEST_MAILGUN_API_KEY" in said.err


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("tomorrow", "is no instant"),
        ("2026-05-15T05:30:00", "has no offset. Mend: write 2026-05-15T05:30:00Z for UTC."),
        ("0001-01-01T00:00:00+14:00", "is no moment of this program's"),
        ("9999-12-31T23:59:59Z", "is no moment of this program's"),
    ],
)
def test_a_moment_that_cannot_be_replayed_is_refused(newsroom: Path, digest: Digest, moment: str, why: str) -> None:
    said = digest("run", "--now", moment)
    assert said.code == 2
    assert why in said.err


@pytest.mark.parametrize("words", [(), ("--at-once",)])
def test_a_newsletter_that_cannot_be_meant_is_refused_and_never_ignored(
    newsroom: Path, digest: Digest, words: tuple[str, ...]
) -> None:
    said = digest("run", *words, "--newsletter", "hourly", "--now", MOMENT)
    assert said.code == 2
    assert "newsletter" in said.err


def test_a_run_that_fails_says_so_and_that_nobody_could_be_told(newsroom: Path, digest: Digest) -> None:
    (newsroom / "config.toml").write_text(f'{CONFIG}[alerts]\ncommand = ["/nowhere/bell"]\n', encoding="utf-8")
    (newsroom / "var" / "digest.db").write_bytes(b"no database at all " * 400)
    said = digest("run")
    assert said.code == 5
    assert "digest.db" in said.err.splitlines()[0]
    assert said.err.splitlines()[1].startswith("Nobody could be told of it: /nowhere/bell could not be run")


def test_a_newsroom_is_begun_with_a_config_schedules_and_a_database(digest: Digest, tmp_path: Path) -> None:
    folder = tmp_path / "news" / "room"
    said = digest("init", folder)
    assert said.code == 0
    assert set(contents(folder)) == {
        *("config.toml", "schedules", "schedules/daily.toml", "schedules/weekly.toml"),
        *("var", "var/digest.db", "var/secret.key", "var/workers"),
    }
    assert digest("status", config=folder / "config.toml").code == 0
    assert "digest sources import" in said.out


def test_beginning_again_overwrites_nothing_and_brings_nothing_back(digest: Digest, tmp_path: Path) -> None:
    folder = tmp_path / "room"
    digest("init", folder)
    (folder / "schedules" / "weekly.toml").unlink()
    config = (folder / "config.toml").read_text(encoding="utf-8") + "# mine\n"
    (folder / "config.toml").write_text(config, encoding="utf-8")
    before = contents(folder)
    said = digest("init", folder)
    assert (said.code, "wrote" in said.out) == (0, False)
    assert contents(folder) == before


def test_beginning_beside_a_wrong_config_says_what_is_wrong_with_it(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[newsrom]\n", encoding="utf-8")
    said = digest("init", tmp_path)
    assert said.code == 2
    assert "there is no such key; did you mean 'newsroom'?" in said.err


def test_a_newsroom_cannot_be_begun_inside_a_file(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = digest("init", tmp_path / "file")
    assert said.code == 5
    assert said.err.startswith(str(tmp_path / "file"))
    assert "Check the path and its rights." in said.err


@pytest.mark.parametrize(
    ("words", "why"), [(("--port", "70000"), "--port"), (("--host", "no such host"), "listened on")]
)
def test_an_address_that_cannot_be_listened_on_is_refused(
    newsroom: Path, digest: Digest, words: tuple[str, ...], why: str
) -> None:
    said = digest("serve", *words)
    assert said.code == 2
    assert why in said.err
    assert "Listening" not in said.out


def test_the_scheduler_does_not_start_before_the_newsroom_is_ready(
    newsroom: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    (newsroom / "config.toml").write_text(CONFIG + MAILGUN, encoding="utf-8")
    assert digest("schedule").code == 2


def test_the_scheduler_ticks_at_once_and_ends_when_it_is_told_to(newsroom: Path) -> None:
    command = [sys.executable, "-m", "digest", "--config", str(newsroom / "config.toml"), "schedule"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        first = json.loads(running.stderr.readline())
        running.terminate()
    assert first["event"] in {"collected", "newsletter"}

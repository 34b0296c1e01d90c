"""Secrets come from the environment or from files it names, and never print themselves."""

from pathlib import Path

import pytest

from digest.config.load import load
from digest.config.secrets import read
from tests.config.conftest import CONFIG, Write, mistakes_of

CANARY = "canary-" + "0123456789abcdef" * 2


def test_a_secret_comes_from_its_variable(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET_KEY", f"{CANARY}\n")
    assert load(write()).secrets.secret_key == CANARY


def test_a_file_goes_before_the_variable_and_its_last_line_break_does_not_count(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(f"{CANARY}\n", encoding="utf-8")
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "another")
    assert load(write()).secrets.of("mailgun") == {"api_key": CANARY}


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_a_mistake_that_names_the_variable(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content:
        (tmp_path / "key").write_bytes(content)
    monkeypatch.setenv("DIGEST_SECRET_KEY_FILE", str(tmp_path / "key"))
    (mistake,) = mistakes_of(write())
    assert mistake.startswith(f"DIGEST_SECRET_KEY_FILE: {tmp_path / 'key'} cannot be read (")
    assert mistake.endswith("; name a readable text file")


def test_no_secret_stands_in_a_repr(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET_KEY", CANARY)
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", CANARY)
    settings = load(write())
    assert CANARY not in f"{settings!r} {settings.secrets!r} {settings.secrets}"


def test_a_secret_written_into_the_config_is_refused_without_being_repeated(write: Write) -> None:
    mistakes = mistakes_of(write(f'{CONFIG}mailgun_api_key = "{CANARY}"\n'))
    assert [CANARY in mistake for mistake in mistakes] == [False]


def test_an_empty_environment_has_no_secrets_and_no_mistakes() -> None:
    mistakes: list[str] = []
    assert read({}, mistakes).secret_key == ""
    assert mistakes == []


@pytest.mark.parametrize("wrong", ["two\nlines", "pass\u00a0word", "k\u00e9y", "tab\tbed"])
def test_a_secret_that_can_stand_in_no_header_is_a_mistake_that_does_not_show_it(wrong: str) -> None:
    mistakes: list[str] = []
    read({"DIGEST_MAILGUN_API_KEY": wrong}, mistakes)
    (mistake,) = mistakes
    assert mistake.startswith("DIGEST_MAILGUN_API_KEY: a letter or line break that cannot stand in it")
    assert wrong not in mistake


def test_a_key_of_many_lines_and_a_secret_key_of_any_letters_are_none() -> None:
    mistakes: list[str] = []
    read({"DIGEST_SMTP_DKIM_KEY": "-----BEGIN\nabc\n-----END", "DIGEST_SECRET_KEY": "schl\u00fcssel"}, mistakes)
    assert mistakes == []

"""The config's words -> the provider, with its secret from the environment."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.app.app import provider
from digest.app.shipped import shipped
from digest.config.load import load
from digest.errors import ConfigError
from tests.app.conftest import MAILGUN
from tests.cli.newsroom import CONFIG

POSTMARK = '[provider]\nname = "postmark"\n'
BREVO = '[provider]\nname = "brevo"\n'
SENDGRID = '[provider]\nname = "sendgrid"\n[provider.sendgrid]\nregion = "eu"\n'
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(table: str) -> Path:
        (tmp_path / "schedules").mkdir(exist_ok=True)
        shutil.copy(shipped("schedules") / "daily.toml", tmp_path / "schedules")
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.replace("[newsroom]", '[newsroom]\npublic_url = "https://news.example.org"') + table)
        return path

    return written


@pytest.mark.parametrize(
    ("table", "variable", "name"),
    [
        (MAILGUN, "DIGEST_MAILGUN_API_KEY", "mailgun"),
        (POSTMARK, "DIGEST_POSTMARK_SERVER_TOKEN", "postmark"),
        (BREVO, "DIGEST_BREVO_API_KEY", "brevo"),
        (SENDGRID, "DIGEST_SENDGRID_API_KEY", "sendgrid"),
    ],
)
def test_a_provider_is_made_with_its_secret_and_not_without(
    table: str, variable: str, name: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ConfigError, match=f"{name} needs its") as refused:
        provider(load(write(table)))
    assert variable in refused.value.mend
    monkeypatch.setenv(variable, "canary")
    made = provider(load(write(table)))
    assert (made.name, made.is_real) == (name, True)
    assert "canary" not in repr(made)


def test_without_a_word_the_mail_goes_into_the_outbox(write: Write) -> None:
    assert provider(load(write(""))).name == "outbox"

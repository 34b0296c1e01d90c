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

RESEND = '[provider]\nname = "resend"\n'
SES = '[provider]\nname = "ses"\n[provider.ses]\nregion = "eu-west-1"\n'
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
        (RESEND, "DIGEST_RESEND_API_KEY", "resend"),
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


def test_amazon_ses_takes_both_keys_or_none_and_never_one(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    assert provider(load(write(SES))).name == "ses"
    monkeypatch.setenv("DIGEST_SES_ACCESS_KEY_ID", "canary-id")
    with pytest.raises(ConfigError, match="one of its keys without the other") as refused:
        provider(load(write(SES)))
    assert "DIGEST_SES_SECRET_ACCESS_KEY" in refused.value.mend
    assert "canary" not in str(refused.value)
    monkeypatch.setenv("DIGEST_SES_SECRET_ACCESS_KEY", "canary-secret")
    assert "canary" not in repr(provider(load(write(SES))))


def test_amazon_ses_without_a_region_is_a_mistake(write: Write) -> None:
    with pytest.raises(ConfigError, match=r"needs a table \[provider.ses\] with region"):
        load(write(SES.partition("[provider.ses]")[0]))

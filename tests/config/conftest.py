"""A newsroom's files in a folder of its own, right unless a test spoils them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.config.load import Settings, load
from digest.errors import ConfigError

CONFIG = """\
[newsroom]
name = "The Daily"
sender = "The Daily <news@example.org>"
"""
DAILY = """\
title = "The Daily"
weekdays = ["mon", "fri"]
draft_at = 06:30:00
deadline = 07:30:00
"""

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write config.toml, schedules/daily.toml and (where given) sources.toml; return the path of the first."""

    def written(config: str = CONFIG, *, daily: str = DAILY, sources: str = "") -> Path:
        (tmp_path / "schedules").mkdir(exist_ok=True)
        (tmp_path / "config.toml").write_text(config, encoding="utf-8")
        (tmp_path / "schedules" / "daily.toml").write_text(daily, encoding="utf-8")
        if sources:
            (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
        return tmp_path / "config.toml"

    return written


def settings_of(path: Path) -> Settings:
    return load(path)


def mistakes_of(path: Path) -> list[str]:
    """Return the lines of the one error that loading gives."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [line.removeprefix("  - ") for line in caught.value.detail.splitlines() if line.startswith("  - ")]

"""A small newsroom on the disk, opened as the commands open it."""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from digest.app.app import App, opened
from digest.app.clock import clock
from digest.app.shipped import shipped
from digest.config.load import load

CONFIG = """\
[newsroom]
name = "The Newsroom"
sender = "The Newsroom <news@example.org>"
editors = ["editor@example.org"]
"""
SOURCE = """\
[[sources]]
id = "lantern"
name = "The Lantern"
url = "http://127.0.0.1:9/feed"
own_host = true
"""
MAILGUN = '[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "mg.example.org"\n'

Open = Callable[..., AbstractContextManager[App]]


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def open_newsroom(tmp_path: Path) -> Open:
    """Open the newsroom with these lines after its first table; `sources` as they stand in sources.toml."""

    def opens(more: str = "", *, sources: str = SOURCE) -> AbstractContextManager[App]:
        (tmp_path / "schedules").mkdir(exist_ok=True)
        shutil.copy(shipped("schedules") / "daily.toml", tmp_path / "schedules")
        (tmp_path / "config.toml").write_text(CONFIG + more, encoding="utf-8")
        (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
        return opened(load(tmp_path / "config.toml"), clock=clock(), progress=lambda *_: None, create=True)

    return opens

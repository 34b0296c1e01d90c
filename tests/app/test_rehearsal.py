"""A rehearsal: the same newsroom, with nothing in it that could be touched."""

from pathlib import Path

import pytest

from digest.app.rehearsal import rehearsal
from tests.app.conftest import MAILGUN, Open
from tests.cli.folders import contents

ALERTS = '[alerts]\ncommand = ["/bin/true"]\nwebhook = "https://hook.example"\n'


def test_a_rehearsal_has_a_copy_of_the_database_and_the_key_and_nobody_to_tell(
    open_newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    with open_newsroom(f'public_url = "https://x.example"\n{MAILGUN}{ALERTS}') as app:
        settings = app.settings
    before = contents(tmp_path)
    with rehearsal(settings) as copy:
        folder = copy.file.store.path.parent
        assert not folder.is_relative_to(tmp_path)
        assert {path.name for path in folder.iterdir()} == {"digest.db", "secret.key"}
        assert (folder / "secret.key").read_bytes() == (tmp_path / "var" / "secret.key").read_bytes()
        assert copy.file.provider.name == "outbox"
        assert copy.file.provider.outbox.is_relative_to(folder)
        assert (copy.file.alerts.command, copy.file.alerts.webhook, copy.file.newsroom.editors) == ((), "", ())
        assert (copy.sources, copy.schedules, copy.root) == (settings.sources, settings.schedules, settings.root)
    assert not folder.exists()
    assert contents(tmp_path) == before


def test_a_newsroom_without_database_or_key_can_be_rehearsed(open_newsroom: Open, tmp_path: Path) -> None:
    with open_newsroom() as app:
        settings = app.settings
    for name in ("digest.db", "secret.key"):
        (tmp_path / "var" / name).unlink()
    with rehearsal(settings) as copy:
        assert list(copy.file.store.path.parent.iterdir()) == []

"""The newsroom's own folder of the lexicon."""

from pathlib import Path

import pytest

from digest.app.own_lexicon import lexicon_files
from digest.app.shipped import lexicon_texts, shipped
from digest.config.load import Settings, load
from digest.errors import LexiconError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config.toml").write_text('[newsroom]\nname = "Oz Daily"\nsender = "oz@oz.example"\n', encoding="utf-8")
    (tmp_path / "schedules").symlink_to(shipped("schedules"))
    return load(tmp_path / "config.toml")


def test_without_a_folder_the_lexicon_is_ours(settings: Settings) -> None:
    assert lexicon_files(settings) == lexicon_texts()


def test_a_file_of_the_newsrooms_is_added_and_one_of_our_name_replaces_ours(settings: Settings) -> None:
    folder = settings.root / "lexicon"
    folder.mkdir()
    (folder / "oz.toml").write_text("# ours", encoding="utf-8")
    (folder / "unions.toml").write_text("# none", encoding="utf-8")
    (folder / "notes.txt").write_text("not read", encoding="utf-8")
    assert lexicon_files(settings) == {**lexicon_texts(), "oz.toml": "# ours", "unions.toml": "# none"}


def test_a_file_that_is_not_utf_8_is_named(settings: Settings) -> None:
    folder = settings.root / "lexicon"
    folder.mkdir()
    (folder / "oz.toml").write_bytes(b"\xff")
    with pytest.raises(LexiconError, match=r"oz\.toml is not UTF-8.*save it as UTF-8"):
        lexicon_files(settings)

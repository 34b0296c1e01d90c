"""The files of the lexicon: ours, and those of the newsroom's own folder, which add to them or stand in their place."""

from pathlib import Path

from digest.app.shipped import lexicon_texts
from digest.config.load import Settings
from digest.errors import LexiconError


def lexicon_files(settings: Settings) -> dict[str, str]:
    """Return the text of every file by its name; a file of the newsroom's of the same name replaces ours.

    Raises:
        LexiconError: when one of the newsroom's files is not UTF-8.

    """
    folder = settings.at(settings.file.lexicon)
    return lexicon_texts() | {path.name: _text(path) for path in sorted(folder.glob("*.toml"))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path} is not UTF-8", mend="save it as UTF-8.") from error

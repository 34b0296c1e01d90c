"""Where the files lie that come with the program: templates, schedules, the example config."""

from importlib.resources import files
from pathlib import Path

import digest
from digest.errors import TemplateError

PACKAGE = Path(digest.__file__).parent


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder: inside an installed wheel, or beside the package in a checkout.

    Raises:
        TemplateError: when it is in neither place.

    """
    for path in (PACKAGE / "_shipped" / name, PACKAGE.parent / name):
        if path.exists():
            return path
    raise TemplateError(f"{name} is missing from the installation", mend="install digest again.")


def templates() -> dict[str, str]:
    """Return the text of every template by its name."""
    folder = shipped("templates")
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def lexicon_texts() -> dict[str, str]:
    """Return the text of every lexicon file by its name."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(files("digest.lexicon").iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    }

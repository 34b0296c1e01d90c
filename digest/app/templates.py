"""The newsroom's own templates over ours: which text stands under which name, and what was copied from what."""

import difflib
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from digest.app.shipped import templates
from digest.config.load import Settings
from digest.errors import TemplateError, UsageError

OURS = "shipped/"
"""Before a name, it means ours: `{% extends "shipped/daily.html.j2" %}` changes a block and keeps the rest."""

ELSEWHERE = ("pages/", "preview/")
"""Folders of templates that print web pages, not mails."""

_ORIGIN = re.compile(r"\{# Copied from digest’s (\S+), version ([0-9a-f]{12})\. #\}\n")


def letter_templates(settings: Settings) -> dict[str, str]:
    """Return every text a mail may be made of: the newsroom's own where it has one, ours else, ours by both names.

    Raises:
        TemplateError: when one of the newsroom's files is not UTF-8.

    """
    return combined(our_templates(), own_templates(own_folder(settings)))


def combined(ours: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return `own` over `ours`; nobody's file can stand in the way of the names that mean ours."""
    return {**ours, **own, **{OURS + name: text for name, text in ours.items()}}


def our_templates() -> dict[str, str]:
    """Return the text of every template of ours that prints a mail, by its name."""
    return {name: text for name, text in templates().items() if not name.startswith(ELSEWHERE)}


def own_templates(folder: Path) -> dict[str, str]:
    """Return the newsroom's templates by their names in `folder`; none where there is no such folder.

    Raises:
        TemplateError: for a file that is not UTF-8.

    """
    return {name: _text(folder / name) for name in own_names(folder) if name.endswith(".j2")}


def own_names(folder: Path) -> tuple[str, ...]:
    """Return the names of all files in `folder` but hidden ones, templates or not."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return tuple(path.relative_to(folder).as_posix() for path in paths)


def own_folder(settings: Settings) -> Path:
    """Return where the newsroom's templates lie, if it has any."""
    return settings.at(settings.file.templates)


def copy(name: str, folder: Path) -> Path:
    """Write our template into the newsroom's folder under a line that records which version it was.

    Raises:
        UsageError: when there is no such template, or the newsroom has its own already.

    """
    text, path = _our(name), folder / name
    if path.exists():
        raise UsageError(f"{path} is there already", mend=f"`digest templates diff {name}` shows what it changes.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{{# Copied from digest’s {name}, version {version(text)}. #}}\n{text}", encoding="utf-8")
    return path


def diff(name: str, folder: Path) -> str:
    """Return what the newsroom's template changes in ours, as a unified diff; "" where they are alike.

    Raises:
        UsageError: when there is no such template of ours, or none of the newsroom's.
        TemplateError: when the newsroom's is not UTF-8.

    """
    ours, path = _our(name), folder / name
    if not path.is_file():
        raise UsageError(f"{path} is not there", mend=f"`digest templates copy {name}` puts ours there to begin with.")
    own = _ORIGIN.sub("", _text(path), count=1)
    pair = (ours.splitlines(keepends=True), own.splitlines(keepends=True))
    lines = difflib.unified_diff(*pair, fromfile=f"shipped/{name}", tofile=f"{folder.name}/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def version(text: str) -> str:
    """Return what tells one version of a template from another: the beginning of its SHA-256."""
    return sha256(text.encode()).hexdigest()[:12]


def copied_from(text: str) -> str:
    """Return the version an own template was copied from, "" where its first line does not say."""
    found = _ORIGIN.match(text)
    return found[2] if found else ""


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant, "" where none is near."""
    return next(iter(difflib.get_close_matches(name, sorted(names), n=1)), "")


def _our(name: str) -> str:
    ours = our_templates()
    if name not in ours:
        near = nearest(name, ours)
        meant = f"did you mean {near}?" if near else "`digest templates list` names them all."
        raise UsageError(f"there is no template {name!r}", mend=meant)
    return ours[name]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path} is not UTF-8 at byte {error.start}.", mend="save the file as UTF-8.") from error

"""The newsroom's own templates over ours: which text stands under which name, and what was copied from what."""

import difflib
import os
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from digest.app.own_templates import Texts, own_templates
from digest.app.shipped import templates
from digest.config.load import Settings
from digest.errors import TemplateError, UsageError

OURS = "shipped/"
"""Before a name, it means ours: `{% extends "shipped/daily.html.j2" %}` changes a block and keeps the rest."""

ELSEWHERE = ("pages/", "preview/", "replay/")
"""Folders of templates that print web pages, not mails."""

_ORIGIN = re.compile(r"\{# Copied from digest’s (\S+), version ([0-9a-f]{12})\. #\}\n")


def letter_templates(settings: Settings) -> Mapping[str, str]:
    """Return every text a mail may be made of: the newsroom's own where it has one, ours else, ours by both names.

    A file of the newsroom's that cannot be read fails the mails that are printed with it, and no others.
    """
    own = own_templates(own_folder(settings))
    faults = {name: fault for name, fault in own.faults.items() if not name.startswith(OURS)}
    return Texts(combined(our_templates(), own.texts), faults)


def combined(ours: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return `own` over `ours`; nobody's file can stand in the way of the names that mean ours."""
    return {**ours, **own, **{OURS + name: text for name, text in ours.items()}}


def our_templates() -> dict[str, str]:
    """Return the text of every template of ours that prints a mail, by its name."""
    return {name: text for name, text in templates().items() if not name.startswith(ELSEWHERE)}


def own_folder(settings: Settings) -> Path:
    """Return where the newsroom's templates lie, if it has any."""
    return settings.at(settings.file.templates)


def copy(name: str, folder: Path) -> Path:
    """Write our template into the newsroom's folder under a line that records which version it was.

    Raises:
        UsageError: when there is no such template, or something of that name lies there already.

    """
    text, path = _our(name), folder / name
    if os.path.lexists(path):
        mend = f"`digest templates diff {name}` shows what it changes." if path.is_file() else "take it away first."
        raise UsageError(f"{path} is there already", mend=mend)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{{# Copied from digest’s {name}, version {version(text)}. #}}\n{text}", encoding="utf-8")
    return path


def diff(name: str, folder: Path) -> str:
    """Return what the newsroom's template changes in ours, as a unified diff; "" where they are alike.

    Raises:
        UsageError: when there is no such template of ours, or none of the newsroom's.
        TemplateError: when the newsroom's cannot be read.

    """
    ours, own = _our(name), own_templates(folder)
    if fault := own.faults.get(name):
        raise TemplateError(fault.found, mend=fault.mend)
    if name not in own.texts:
        mend = f"`digest templates copy {name}` puts ours there to begin with."
        raise UsageError(f"{folder / name} is not there", mend=mend)
    text = _ORIGIN.sub("", own.texts[name], count=1)
    pair = (ours.splitlines(keepends=True), text.splitlines(keepends=True))
    lines = difflib.unified_diff(*pair, fromfile=f"shipped/{name}", tofile=f"{folder.name}/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def version(text: str) -> str:
    """Return what tells one version of a template from another: the beginning of its SHA-256."""
    return sha256(text.encode()).hexdigest()[:12]


def copied_from(text: str) -> str:
    """Return the version an own template was copied from, "" where its first line does not say."""
    found = _ORIGIN.match(text)
    return found[2] if found else ""


def nearest(name: str, names: Collection[str]) -> str:
    """Return the name that was probably meant, "" where none is near; the folder may be wrong or left out."""
    files = difflib.get_close_matches(_file(name), sorted({_file(one) for one in names}), n=1)
    of_that_name = sorted(one for one in names if _file(one) in files)
    return next(iter(difflib.get_close_matches(name, of_that_name, n=1, cutoff=0)), "")


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _our(name: str) -> str:
    ours = our_templates()
    if name not in ours:
        near = nearest(name, ours)
        meant = f"did you mean {near}?" if near else "`digest templates list` names them all."
        raise UsageError(f"there is no template {name!r}", mend=meant)
    return ours[name]

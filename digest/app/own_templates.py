"""The newsroom's folder of templates -> what lies in it: texts, other files, and what cannot be read and why."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from digest.errors import TemplateError

SUFFIX = ".j2"
"""What the names of templates end with; a folder is never called so."""

LEFT_BY_EDITORS = ("~", ".swp")
"""Ends of the names of safety copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why something in the folder prints nothing, and how to mend it.

    `stands` where a file is there that cannot be read: it keeps its place, and printing with it is an
    error. Where there is no file, as in a folder of that name or a dangling link, ours prints instead.
    """

    found: str
    mend: str
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplates:
    """What lies in the newsroom's folder, by name: templates that can be read, faults, and all other files."""

    texts: Mapping[str, str]
    faults: Mapping[str, Fault]
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all of it."""
        return tuple(sorted({*self.texts, *self.faults, *self.others}))


class Texts(Mapping[str, str]):
    """The texts of templates by name; asking for one that stands and cannot be read says why."""

    def __init__(self, readable: Mapping[str, str], faults: Mapping[str, Fault]) -> None:
        """Let each fault that stands stand over a readable text of that name."""
        self._readable = readable
        self._faults = {name: fault for name, fault in faults.items() if fault.stands}

    def __getitem__(self, name: str) -> str:
        """Return the text.

        Raises:
            TemplateError: for one that cannot be read.

        """
        if fault := self._faults.get(name):
            raise TemplateError(fault.found, mend=fault.mend)
        return self._readable[name]

    def __iter__(self) -> Iterator[str]:
        """Name them all, with those that cannot be read."""
        yield from {**self._readable, **self._faults}

    def __len__(self) -> int:
        """Count them all."""
        return sum(1 for _ in self)


def own_templates(folder: Path) -> OwnTemplates:
    """Read what lies in `folder`; nothing where there is no such folder. Hidden files and folders are skipped."""
    found = dict(_below(folder, name="", above=()))
    return OwnTemplates(
        texts={name: one for name, one in found.items() if isinstance(one, str)},
        faults={name: one for name, one in found.items() if isinstance(one, Fault)},
        others=tuple(name for name, one in found.items() if one is None),
    )


Found = tuple[str, str | Fault | None]
"""A name with a template's text, with what is wrong there, or with nothing: another file."""


def _below(folder: Path, *, name: str, above: tuple[str, ...]) -> Iterator[Found]:
    """All that lies below a folder; `above` are the real folders it lies in, for links may lead in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        yield name, Fault(found=f"{folder} is a link to a folder that it lies in", mend="take the link away.")
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        if name or os.path.lexists(folder):
            yield name or folder.name, _unread(folder, error)
        return
    for path in paths:
        if not is_hidden(path.name):
            yield from _at(path, name=f"{name}/{path.name}".lstrip("/"), above=(*above, real))


def _at(path: Path, *, name: str, above: tuple[str, ...]) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield name, _unread(path, error)
        return
    match stat.S_IFMT(mode), name.endswith(SUFFIX):
        case stat.S_IFDIR, False:
            yield from _below(path, name=name, above=above)
        case stat.S_IFREG, True:
            yield name, _text(path)
        case _, False:
            yield name, None
        case _:
            what = "a folder" if stat.S_ISDIR(mode) else "no file"
            mend = "put a file of that name in its place, or take it away: until then ours is printed."
            yield name, Fault(found=f"{path} is {what}", mend=mend)


def _text(path: Path) -> str | Fault:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Fault(found=f"{path} is not UTF-8 at byte {error.start}", mend="save the file as UTF-8.", stands=True)
    except OSError as error:
        return replace(_unread(path, error), stands=True)


def _unread(path: Path, error: OSError) -> Fault:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return Fault(found=f"{path} is a link that leads nowhere", mend="link it to what is there, or take it away.")
    return Fault(found=f"{path} cannot be read ({error.strerror})", mend="mend its rights, or take it away.")


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is none of ours to read: what begins with a dot, and safety copies."""
    return name.startswith(".") or name.endswith(LEFT_BY_EDITORS)

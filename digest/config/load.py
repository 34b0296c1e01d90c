"""Paths and the environment -> Settings, or one ConfigError that lists every mistake with its mend."""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from digest.config.mistakes import mistakes as told
from digest.config.schedules import ScheduleSettings
from digest.config.secrets import Secrets
from digest.config.secrets import read as read_secrets
from digest.config.tables import ConfigFile, SourceSettings, SourcesFile
from digest.errors import ConfigError
from digest.guard import typed_host
from digest.model.news import Source
from digest.model.schedule import LETTERS, Schedule

NOT_FOR_EDITIONS = ("layout", "notice", "confirmation", "goodbye")
"""Templates that print something else."""

SLUG = re.compile("[a-z0-9][a-z0-9-]{0,63}")
Made = TypeVar("Made", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the program was told, checked. `root` is the folder of config.toml; relative paths count from it."""

    path: Path
    root: Path
    file: ConfigFile
    sources: tuple[Source, ...]
    schedules: tuple[Schedule, ...]
    secrets: Secrets

    def at(self, path: Path) -> Path:
        """Return a path of the config as an absolute one."""
        return self.root / path

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts that may lie on a private network: those named as such, and those of sources with own_host."""
        of_sources = (typed_host(source.url) for source in self.sources if source.own_host)
        return frozenset(self.file.collect.own_hosts).union(*of_sources)


def load(path: Path) -> Settings:
    """Read config.toml at `path`, the schedules and sources it names and the secrets in the environment.

    Raises:
        ConfigError: naming every mistake in every file at once, each with what to write instead.

    """
    path = path.resolve()
    mistakes: list[str] = []
    file = _read(path, ConfigFile, mistakes)
    if file is None:
        raise _error(path, mistakes)
    schedules = _schedules(path.parent / file.schedules, path.parent / file.templates, mistakes)
    sources = _sources(file, path.parent, mistakes)
    mistakes += _across(file)
    secrets = read_secrets(os.environ, mistakes)
    if mistakes:
        raise _error(path, mistakes)
    return Settings(path=path, root=path.parent, file=file, sources=sources, schedules=schedules, secrets=secrets)


def _error(path: Path, mistakes: Sequence[str]) -> ConfigError:
    lines = "".join(f"\n  - {mistake}" for mistake in mistakes)
    return ConfigError(
        f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''} in {path.name} or the files it names:{lines}\n",
        mend="correct each line; config.example.toml shows every key.",
    )


def _read(path: Path, table: type[Made], mistakes: list[str]) -> Made | None:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        mistakes.append(f"{path} is not there; `digest init` writes a config.toml to begin with")
    except OSError as error:
        mistakes.append(f"{path} cannot be read ({error.strerror}); name a readable file")
    except UnicodeDecodeError as error:
        mistakes.append(f"{path.name}: not UTF-8 at byte {error.start}; save the file as UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistakes.append(f"{path.name}: not TOML: {error}")
    else:
        try:
            return table.model_validate(content)
        except ValidationError as error:
            mistakes += told(path.name, table, error)
    return None


def _schedules(folder: Path, templates: Path, mistakes: list[str]) -> tuple[Schedule, ...]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        mistakes.append(f"{folder} holds no schedule; write one such as schedules/daily.toml (`digest init` does)")
    mistakes += [
        f"{path.name}: the file's name is the newsletter's id; use small letters, digits and hyphens only"
        for path in paths
        if not SLUG.fullmatch(path.stem)
    ]
    read = [(path, _read(path, ScheduleSettings, mistakes)) for path in paths]
    known = _letters(templates)
    mistakes += [
        f"{path.name}: template: {table.template!r}: there is no such letter; write one of {', '.join(known)}"
        for path, table in read
        if table and table.template not in known
    ]
    return tuple(table.value(path.stem) for path, table in read if table)


def _letters(templates: Path) -> tuple[str, ...]:
    """The letters an edition can be printed as: ours, and those that are whole in the newsroom's own folder."""
    pages = (path.name.removesuffix(".html.j2") for path in templates.glob("*.html.j2"))
    own = {name for name in pages if (templates / f"{name}.txt.j2").is_file()}
    return (*LETTERS, *sorted(own.difference(LETTERS, NOT_FOR_EDITIONS)))


def _sources(file: ConfigFile, root: Path, mistakes: list[str]) -> tuple[Source, ...]:
    path = root / file.sources_file
    listed = _read(path, SourcesFile, mistakes) if path.exists() else None
    tables: tuple[SourceSettings, ...] = file.sources + (listed.sources if listed else ())
    for value, count in Counter(table.id for table in tables).items():
        if count > 1:
            mistakes.append(f"sources: {count} sources have the id {value!r}; give each its own")
    for url, count in Counter(table.url for table in tables).items():
        if count > 1:
            mistakes.append(f"sources: {url} is listed {count} times; keep one")
    own_hosts = file.collect.own_hosts
    mistakes += [f"sources: {table.id}: url: {why}" for table in tables if (why := table.refusal(own_hosts))]
    return tuple(table.value() for table in tables)


def _across(file: ConfigFile) -> list[str]:
    """Return the mistakes that only show when two tables are read together."""
    from email_validator import EmailNotValidError, validate_email

    found = []
    room = file.newsroom
    listed = [("sender", room.sender), ("reply_to", room.reply_to), *(("editors", one) for one in room.editors)]
    for key, address in ((key, address) for key, address in listed if address):
        try:
            valid = validate_email(address, check_deliverability=False, allow_display_name=True)
        except EmailNotValidError as error:
            found.append(f'newsroom.{key}: {address!r}: {error} Write one such as "Labour Daily <news@example.org>"')
            continue
        if not valid.normalized.isascii():
            spelt = valid.ascii_email or "one that is"
            found.append(f"newsroom.{key}: {address!r} is not ASCII, which mail servers cannot rely on. Write {spelt}")
    if file.provider.name != "outbox" and not room.public_url:
        found.append(
            f"newsroom.public_url: is empty; {file.provider.name} sends real mail, and each needs an unsubscribe page "
            "at a public address: write it, start `digest serve` behind it and run `digest doctor`"
        )
    return found

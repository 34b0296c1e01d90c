"""Sources -> the text of sources.toml."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict

from pydantic import ValidationError

from digest.config.mistakes import mistakes
from digest.config.tables import SourceSettings
from digest.model.news import Source

FLAGS = ("labour", "paywalled", "full_text", "own_host", "by_weight")


def as_toml(sources: Iterable[Source]) -> str:
    """Return a table for each source, with the keys that differ from their defaults; `load` reads it back."""
    return "\n".join(_table(source) for source in sources)


def refused(source: Source, own_hosts: Collection[str] = ()) -> str:
    """Return why the configuration would not take this source, or nothing when it would."""
    try:
        why = SourceSettings.model_validate(asdict(source)).refusal(own_hosts)
    except ValidationError as error:
        return "; ".join(mistakes(source.id, SourceSettings, error))
    return f"{source.id}: {why}" if why else ""


def _table(source: Source) -> str:
    lines = ["[[sources]]", f"id = {_text(source.id)}", f"name = {_text(source.name)}", f"url = {_text(source.url)}"]
    lines.append(f"publisher = {_text(source.publisher)}")
    lines.append(f"kind = {_text(source.kind.value)}")
    lines.append(f"weight = {source.weight!r}")
    if source.sections:
        lines.append(f"sections = [{', '.join(_text(section.value) for section in source.sections)}]")
    lines += [f"{key} = true" for key in FLAGS if getattr(source, key)]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """Write a TOML basic string; JSON's escapes are a subset of TOML's, but for DEL (TOML 1.0, «String»)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")

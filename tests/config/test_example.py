"""config.example.toml works as it stands, and shows every key there is with its default."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from digest.app.shipped import shipped
from digest.config.load import load
from digest.config.schedules import ScheduleSettings
from digest.config.tables import ConfigFile

EXAMPLE = shipped("config.example.toml").read_text(encoding="utf-8")
UNCOMMENTED = re.sub(r"(?m)^# (?=\[|\w+ = )", "", EXAMPLE)
"""The example with its optional tables switched on."""


def nested(annotation: object) -> type[BaseModel] | None:
    parts = (annotation, *getattr(annotation, "__args__", ()))
    return next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)


def keys(table: type[BaseModel], where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every key with its default; a list of tables is listed by its first."""
    for name, field in table.model_fields.items():
        inner = nested(field.annotation)
        if inner:
            yield from keys(inner, (*where, name))
        else:
            yield (*where, name), field.default


def shown(content: object, where: tuple[str, ...]) -> object:
    for step in where:
        content = content[0] if isinstance(content, list) else content
        assert isinstance(content, dict)
        content = content[step]
    return content


@pytest.mark.parametrize(("where", "default"), tuple(keys(ConfigFile)), ids=lambda value: str(value)[:40])
def test_every_key_of_the_config_stands_in_the_example_with_its_default(
    where: tuple[str, ...], default: object
) -> None:
    value = shown(tomllib.loads(UNCOMMENTED), where)
    if default is PydanticUndefined or where[0] == "sources" or where == ("newsroom", "strapline"):
        assert value != ""
    elif isinstance(default, tuple):
        assert value == list(default)
    else:
        assert value == (str(default) if isinstance(default, Path) else default)


def test_the_example_loads_beside_the_shipped_schedules(tmp_path: Path) -> None:
    for path in shipped("schedules").glob("*.toml"):
        (tmp_path / "schedules").mkdir(exist_ok=True)
        (tmp_path / "schedules" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "config.toml").write_text(EXAMPLE, encoding="utf-8")
    assert [one.newsletter for one in load(tmp_path / "config.toml").schedules] == ["daily", "weekly"]
    (tmp_path / "config.toml").write_text(UNCOMMENTED, encoding="utf-8")
    settings = load(tmp_path / "config.toml")
    assert settings.file.ask is not None
    assert settings.file.provider.mailgun is not None
    assert settings.sources[0].labour


def test_the_shipped_schedules_show_every_key_between_them() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in shipped("schedules").glob("*.toml"))
    missing = [name for name in ScheduleSettings.model_fields if not re.search(rf"(?m)^(# )?\[*{name}\b", texts)]
    assert missing == []


def test_the_example_holds_no_secret() -> None:
    assert not re.search(r"(?m)^\s*#?\s*(secret_key|api_key|mailgun_api_key)\s*=", EXAMPLE)

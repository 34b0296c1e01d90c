"""What pydantic found wrong -> sentences an operator can act on: «file: key: what is wrong; what to write instead»."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from pydantic import BaseModel, ValidationError

LONGEST_SHOWN = 60
"""Characters of a wrong value that are repeated."""


def mistakes(name: str, table: type[BaseModel], error: ValidationError) -> list[str]:
    """Return one sentence for each mistake; `name` is the file's. Whole tables are never repeated, nor are secrets."""
    return [_mistake(name, table, part) for part in error.errors()]


def _mistake(name: str, table: type[BaseModel], part: Mapping[str, Any]) -> str:
    where = ".".join(str(step) for step in part["loc"])
    return f"{name}: {where}: {_what(table, part)}" if where else f"{name}: {_what(table, part)}"


def _what(table: type[BaseModel], part: Mapping[str, Any]) -> str:
    """Return what is wrong and what to write instead; the wrong value stands first where it is short."""
    key = str(part["loc"][-1]) if part["loc"] else ""
    match part["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return f"there is no such key{_did_you_mean(key, table, part['loc'][:-1])}"
        case "tuple_type":
            return f"is not a list; write {key} = [ … ], or [[{key}]] with two brackets above each table"
        case "model_type":
            return f"is not a table; write [{key}] with one bracket above its keys"
        case "string_pattern_mismatch":
            return f"{_shown(part['input'])}{_pattern(part['ctx']['pattern'])}"
        case _:
            return f"{_shown(part['input'])}{part['msg'].removeprefix('Value error, ')}"


def _shown(value: object) -> str:
    match value:
        case str():
            return f"{value[:LONGEST_SHOWN]!r}{'…' if len(value) > LONGEST_SHOWN else ''}: "
        case bool():
            return f"{value}: ".lower()
        case int() | float() | date() | time():
            return f"{value}"[:LONGEST_SHOWN] + ": "
        case _:
            return ""


def _pattern(pattern: str) -> str:
    if "https" in pattern:
        return "write a full address beginning with https:// (or http://)"
    return "write small letters, digits and hyphens only"


def _did_you_mean(key: str, table: type[BaseModel], where: Sequence[int | str]) -> str:
    near = difflib.get_close_matches(key, sorted(_keys(table)), n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    known = ", ".join(_at(table, where).model_fields)
    return f"; take it out (config.example.toml shows every key); known here: {known}"


def _at(table: type[BaseModel], where: Sequence[int | str]) -> type[BaseModel]:
    """Return the table within `table` to which these steps lead; the numbers of a list's tables are no steps."""
    for step in where:
        if isinstance(step, str):
            table = next(_inner(table.model_fields[step].annotation))
    return table


def _keys(table: type[BaseModel]) -> set[str]:
    """Return every key of a table and of the tables within it."""
    found = set(table.model_fields)
    for field in table.model_fields.values():
        for part in _inner(field.annotation):
            found |= _keys(part)
    return found


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the tables that a key may hold: itself, one or nothing, a list of them."""
    for part in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part

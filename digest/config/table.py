"""What every table of the configuration has in common: no unknown keys, and no value taken for something else."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from digest.guard import own_host

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROLS_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def _one_line(value: str) -> str:
    return _without(_CONTROLS, value, "must stand on one line, without control characters")


def _lines(value: str) -> str:
    return _without(_CONTROLS_IN_LINES, value, "must hold no control characters but line feeds and tabs")


def _without(controls: re.Pattern[str], value: str, rule: str) -> str:
    if found := controls.search(value):
        raise ValueError(f"{rule}; take out U+{ord(found[0]):04X} at place {found.start() + 1}")
    return value


Line = Annotated[str, AfterValidator(_one_line)]
"""Text for a header, where a line feed would begin another one (RFC 5322, section 2.2), or for a place of one line."""

Lines = Annotated[str, AfterValidator(_lines)]
"""Text of several lines or paragraphs."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Url = Annotated[Line, Field(pattern=r"^https?://[^\s/]+\S*$")]
UrlOrNothing = Annotated[Line, Field(pattern=r"^(https?://[^\s/]+\S*)?$")]
Host = Annotated[str, AfterValidator(own_host)]
"""A host of the newsroom's own, with or without its port, in one spelling."""

WRITTEN: Mapping[object, tuple[tuple[type, ...], str]] = {
    int: ((int,), "write a whole number, without quotes"),
    float: ((int, float), "write a number, without quotes"),
    bool: ((bool,), "write true or false, without quotes"),
    time: ((time, str), "write a time such as 06:30:00"),
    date: ((date, str), "write a date such as 2026-12-24"),
}
"""How a value of each type stands in TOML; pydantic would read 390 as 00:06:30, true as 1, 86400 as a day of 1970."""


class Table(BaseModel):
    """A table whose unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_written_as_meant(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        return _as_meant(value, field.annotation)


def _as_meant(value: Any, kind: object) -> Any:
    types, mend = WRITTEN.get(kind, ((object,), ""))
    is_number_by_accident = isinstance(value, bool) and kind is not bool and kind in WRITTEN
    if is_number_by_accident or not isinstance(value, types):
        raise ValueError(mend)
    return value


def _as_day(value: Any) -> Any:
    return _as_meant(value, date)


Day = Annotated[date, BeforeValidator(_as_day)]
"""A date within a list, where the table's own check does not reach."""

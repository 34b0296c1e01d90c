"""A query of SendGrid's logs or activity -> whether a message fits it.

Source: docs.sendgrid.com, «Email Logs: filter all messages», «Email Activity: query reference». Conditions are joined
by AND; nesting is not allowed.
"""

import re
from collections.abc import Callable, Mapping

from digest.simulator.exchange import Refused

Message = Mapping[str, object]
Condition = Callable[[Message], bool]

_IN = re.compile(r"(\w+)\s+IN\s*\(([^)]*)\)", re.IGNORECASE)
_CONTAINS = re.compile(r"\(?Contains\(\s*(\w+)\s*,\s*(\"[^\"]*\"|'[^']*')\s*\)\)?", re.IGNORECASE)
_COMPARED = re.compile(r"(\w+)\s*(>=|<=|=|>|<)\s*(?:TIMESTAMP\s*)?(\"[^\"]*\"|'[^']*')")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_FIELDS = frozenset(
    "sg_message_id msg_id subject to_email status reason categories sg_message_id_created_at last_event_time".split()
)


def conditions(query: str) -> Condition:
    """Read a query; an empty one fits every message. Raises Refused for what it cannot read."""
    found = [_condition(each.strip()) for each in re.split(r"\s+AND\s+", query) if each.strip()]
    return lambda message: all(each(message) for each in found)


def _condition(written: str) -> Condition:
    if match := _IN.fullmatch(written):
        field, allowed = _field(match[1]), set(_values(match[2]))
        return lambda message: bool(allowed & _all(message, field))
    if match := _CONTAINS.fullmatch(written):
        field, wanted = _field(match[1]), match[2][1:-1]
        return lambda message: wanted in _all(message, field)
    if match := _COMPARED.fullmatch(written):
        field, fits, value = _field(match[1]), _COMPARISONS[match[2]], match[3][1:-1]
        return lambda message: any(fits(each, value) for each in _all(message, field))
    raise Refused(f"the query cannot be read at {written!r}", kind="query")


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda one, other: one == other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}
"""Instants compare as text: ISO 8601 in UTC."""


def _field(name: str) -> str:
    if name not in _FIELDS:
        raise Refused(f"there is no field {name!r} in a query", kind="query")
    return name


def _values(written: str) -> list[str]:
    return [match[1] or match[2] or "" for match in _QUOTED.finditer(written)]


def _all(message: Message, field: str) -> set[str]:
    value = message.get(field, "")
    return {str(each) for each in value} if isinstance(value, list) else {str(value)}

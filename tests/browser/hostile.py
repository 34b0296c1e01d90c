"""Hostile texts of the corpora -> letters that hold them in every field a template can print."""

import dataclasses
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from digest.model.edition import Edition, Section
from digest.model.mail import Email
from digest.render.checks import printable
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from tests.corpora.corpus import read
from tests.render.letters import BRAND, ENVIRONMENT, PROOF, rich_edition

CORPORA = ("patt_xss", "dompurify_expect", "owasp_xss_evasion", "patt_ssti", "patt_crlf", "blns")
A_LETTER = 50
"""Texts that stand, one after the other, in every field of one letter."""

SPARED = frozenset(
    {"story_id", "item_id", "newsletter", "serif", "sans", "light", "dark", "told", "reasons", "left_out"}
)
"""What no template prints, and what the config holds to a narrow form (colours and fonts)."""

CLICK = "https://dailyrose.example/c/1"

Value = TypeVar("Value")


def texts(corpora: Path) -> list[str]:
    """Every text of the corpora."""
    return [record.text for name in CORPORA for record in read(corpora / f"{name}.jsonl") if record.text.strip()]


def hostile_letters(found: Sequence[str]) -> Iterator[tuple[str, Email]]:
    """(the text in its every field, the letter); daily and weekly in turn, with the two mails of a subscription."""
    one_of_each = edition()
    for first in range(0, len(found), A_LETTER):
        text = " ".join(found[first : first + A_LETTER])
        brand = poisoned(BRAND, text)
        told, _ = printable(poisoned(one_of_each, text))
        template = ("daily", "weekly")[first // A_LETTER % 2]
        proof = poisoned(PROOF, text)
        yield text, render(told, brand=brand, environment=ENVIRONMENT, template=template, proof=proof)
    yield text, confirmation(brand, confirm_url=addressed(CLICK, text), environment=ENVIRONMENT)
    yield text, goodbye(brand, subscribe_url=addressed(CLICK, text), environment=ENVIRONMENT)


def edition() -> Edition:
    """A day with every block once, and in each the fewest stories."""
    rich = rich_edition()
    wire = tuple(Section(name=section.name, pieces=section.pieces[:1]) for section in rich.sections[:1])
    return dataclasses.replace(rich, five=rich.five[:1], sections=wire, comment=rich.comment[:1])


def poisoned(value: Value, text: str, *, field: str = "") -> Value:
    """The value with `text` in its every text, however deep, so that a field which is new tomorrow is not forgotten."""
    made: Any = value
    if field in SPARED:
        return value
    if isinstance(value, str) and not isinstance(value, StrEnum):
        made = addressed(value or CLICK, text) if field == "url" or field.endswith("_url") else text
    elif isinstance(value, tuple):
        made = tuple(poisoned(one, text, field=field) for one in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in dataclasses.fields(value)]
        made = type(value)(**{name: poisoned(getattr(value, name), text, field=name) for name in names})
    found: Value = made
    return found


def addressed(url: str, text: str) -> str:
    """The address with what of the text an address may hold: one with blanks or controls in it is never printed."""
    return f"{url}?" + "".join(c for c in text if c.isprintable() and not c.isspace() and c != "\\")[:150]

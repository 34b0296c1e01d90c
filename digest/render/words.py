"""Values -> words on the page: dates, numbers, paragraphs and lines of 72 characters."""

import re
import textwrap
from datetime import date

WIDTH = 72

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def in_words(day: date) -> str:
    """A date as a newspaper prints it, «Monday 23 November 2026», whatever the machine's locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(number: int) -> str:
    """A small number as the first word of a heading: «Five»; figures above ten."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def said(sentence: str, **given: str) -> str:
    """A sentence of the newsroom's with its `{placeholders}` filled; other braces stay as they are."""
    for name, value in given.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: what blank lines divide."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """The text in lines of at most 72 characters, an address or a longer word on a line of its own.

    Lines after the first are indented by `indent`; the first begins with `first`, which counts. Blanks
    before the text are dropped, or the first line would be indented by nobody's wish.
    """
    return textwrap.fill(
        text.lstrip(),
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def underlined(text: str, rule: str = "-") -> str:
    """A heading of the text part: wrapped, with a rule under it as long as its longest line."""
    lines = wrapped(text)
    return f"{lines}\n{rule * max(map(len, lines.splitlines()), default=0)}"

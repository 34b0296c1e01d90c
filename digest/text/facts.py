"""A text -> what of it can be checked: its numbers, names and quotations; and which of them another text lacks."""

import re
from collections.abc import Iterator

from digest.text.quotation import quotations
from digest.text.tokens import STOP_WORDS

NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
"""Numbers that newspapers write as words; their places are their values."""

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SCALE = re.compile(r"\s?(?:(bn|billion)|(m|mn|million)|(k|thousand)|(%|per ?cent))(?![^\W\d_])", re.IGNORECASE)
_SCALES = ("bn", "m", "k", "%")
_WORD = re.compile(r"[^\W\d_](?:[\w]|['’‑-](?=\w))*")
_OPENERS = "\"'“‘([ "


def missing(text: str, source: str) -> tuple[str, ...]:
    """Return the numbers, names and quotations of `text` that `source` does not have, as they are written in `text`.

    «£1.5 billion» and «£1.5bn», «three» and «3», straight and curly marks are the same. A name is a word with a
    capital, unless it is a light one with which a sentence begins; another form of it («Labour’s») will do.
    """
    numbers, words = set(_numbers(source)), _words(source)
    lacking = [number for number in _numbers(text) if number not in numbers]
    lacking += [name for name in _names(text) if _bare(name) not in words]
    said = _plain(source)
    lacking += [quotation for quotation in quotations(text) if _plain(quotation) not in said]
    return tuple(dict.fromkeys(lacking))


def _numbers(text: str) -> Iterator[str]:
    """The numbers in one spelling: «1500», «1.5 bn», «3»."""
    for figure in _FIGURE.finditer(text):
        yield figure.group().replace(",", "") + _scale(text, figure.end())
    for word in _WORD.finditer(text):
        if word.group().lower() in NUMBERS:
            yield str(NUMBERS.index(word.group().lower())) + _scale(text, word.end())


def _scale(text: str, at: int) -> str:
    """What a number counts in, in one spelling: « bn», « %», or nothing."""
    found = _SCALE.match(text, at)
    return f" {_SCALES[found.lastindex - 1]}" if found and found.lastindex else ""


def _names(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        word, lower = found.group(), found.group().casefold()
        if word == lower or lower in NUMBERS or (lower in STOP_WORDS and _begins(text, found.start())):
            continue
        yield word


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here."""
    before = text[:at].rstrip(_OPENERS)
    return not before or before[-1] in ".!?…:•"


def _words(text: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    """A word without case and possessive."""
    return re.sub(r"['’]s?$", "", word.casefold())


def _plain(text: str) -> str:
    """A text for comparing quotations: one sort of mark, no case, no closing comma or stop."""
    one = text.casefold().translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(one.split()).rstrip(",.!?")

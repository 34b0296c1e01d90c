"""A text and a day -> what the lexicon knows in it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from digest.lexicon.holder import holder, is_labour
from digest.lexicon.value import Alias, Category, Entry, Found, Lexicon

OTHER_HANDS = 0.25
"""What is left of an office's weight while Labour does not hold it."""

COMPANY = frozenset(Category) - {
    Category.PLACE,
    Category.FOREIGN,
    Category.FOREIGN_PERSON,
    Category.SPORT,
    Category.CELEBRITY,
    Category.WEATHER,
    Category.NOT_THE_PARTY,
}
"""Categories whose presence shows that «Unite» is the union and «Cooper» the minister."""

REMEMBERED = 16_384
"""Texts whose mentions are kept: grouping, relevance, section and kicker ask of the same headlines."""

_WORD = re.compile(r"[^\W_]+")
_LIGHT = re.compile(r"[ \u00a0]?['’‘&/.\u2010\u2011-]?[ \u00a0]?")

Words = Sequence[re.Match[str]]


@lru_cache(maxsize=REMEMBERED)
def find(lexicon: Lexicon, text: str, day: date) -> tuple[Found, ...]:
    """Find every mention in `text`, from left to right, none overlapping another.

    At each word the longest spelling wins («Australian Labor Party» before «Labor»), whole words
    only; a possessive ending is no part of the mention. Unsure spellings («Unite», «Cooper») are
    kept only where something sure and political stands in the same text.
    """
    mentions = tuple(_mentions(lexicon, tuple(_WORD.finditer(text)), day))
    in_company = any(alias.sure and found.category in COMPANY for alias, found in mentions)
    return tuple(found for alias, found in mentions if alias.sure or in_company)


def _mentions(lexicon: Lexicon, words: Words, day: date) -> Iterator[tuple[Alias, Found]]:
    folded = tuple(word.group().casefold() for word in words)
    at = 0
    while at < len(words):
        match = None
        for length in range(min(lexicon.reach.get(folded[at], 0), len(words) - at), 0, -1):
            match = _match(lexicon, folded[at : at + length], words[at : at + length], day)
            if match:
                alias, entry = match
                yield alias, _found(lexicon, entry, words[at : at + length], day)
                at += length
                break
        at += 0 if match else 1


def _match(lexicon: Lexicon, folded: tuple[str, ...], words: Words, day: date) -> tuple[Alias, Entry] | None:
    for alias, entry in lexicon.spellings.get(folded, ()):
        if entry.is_current(day) and _is_written_so(alias, words):
            return alias, entry
    return None


def _is_written_so(alias: Alias, words: Words) -> bool:
    """Case as the alias asks; between the words no more than a space, hyphen, apostrophe or the point of «No. 10»."""
    return all(
        wanted.islower() or word.group() in {wanted, wanted.upper()}
        for wanted, word in zip(alias.words, words, strict=True)
    ) and all(_LIGHT.fullmatch(left.string, left.end(), right.start()) for left, right in pairwise(words))


def _found(lexicon: Lexicon, entry: Entry, words: Words, day: date) -> Found:
    text, start, end = words[0].string, words[0].start(), words[-1].end()
    held_by, weight = "", entry.weight
    if entry.category is Category.OFFICE:
        who = holder(lexicon, entry.name, day)
        held_by = who.name if who else ""
        weight *= 1.0 if is_labour(lexicon, entry, day) else OTHER_HANDS
    return Found(
        name=entry.name,
        category=entry.category,
        alias=text[start:end],
        start=start,
        end=end,
        weight=weight,
        sections=entry.sections,
        holder=held_by,
    )

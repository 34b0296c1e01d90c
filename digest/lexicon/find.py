"""A text and a day -> what the lexicon knows in it."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise

from digest.lexicon.holder import holder, is_labour
from digest.lexicon.namesake import Words, is_namesake, is_surname
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

_ABROAD = frozenset({Category.FOREIGN, Category.FOREIGN_PERSON})
"""Whose offices are not ours: «Israeli defence minister», «Trump’s health secretary», «PM Modi»."""

REMEMBERED = 16_384
"""Texts whose mentions are kept: grouping, relevance, section and kicker ask of the same headlines."""

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?:['’]s?)?[ \u00a0]")
_LIGHT = re.compile(r"[ \u00a0]?['’‘&/.\u2010\u2011-]?[ \u00a0]?")


@lru_cache(maxsize=REMEMBERED)
def find(lexicon: Lexicon, text: str, day: date) -> tuple[Found, ...]:
    """Find every mention in `text`, from left to right, none overlapping another.

    At each word the longest spelling wins («Australian Labor Party» before «Labor»), whole words
    only; a possessive ending is no part of the mention. Unsure spellings («Unite», «Cooper») are
    kept only where something sure and political stands in the same text. A surname is left out where the
    words beside it make another name of it, and an office where they give it to another country.
    """
    mentions = tuple(_ours(text, tuple(_mentions(lexicon, tuple(_WORD.finditer(text)), day))))
    in_company = any(alias.sure and found.category in COMPANY for alias, found in mentions)
    return tuple(found for alias, found in mentions if alias.sure or in_company)


def _mentions(lexicon: Lexicon, words: Words, day: date) -> Iterator[tuple[Alias, Found]]:
    longest = partial(_longest, lexicon, tuple(word.group().casefold() for word in words), words, day)
    at = known = 0
    while at < len(words):
        match = longest(at)
        if not match or (
            is_surname(*match)
            and is_namesake(
                match[1], words, at, is_after_known=0 < at == known, is_before_known=longest(at + 1) is not None
            )
        ):
            at += 1
            continue
        alias, entry = match
        known = at + len(alias.words)
        yield alias, _found(lexicon, entry, words[at:known], day)
        at = known


def _longest(lexicon: Lexicon, folded: tuple[str, ...], words: Words, day: date, at: int) -> tuple[Alias, Entry] | None:
    """The longest spelling that begins at a word, if any does."""
    reach = lexicon.reach.get(folded[at], 0) if at < len(words) else 0
    for length in range(min(reach, len(words) - at), 0, -1):
        match = _match(lexicon, folded[at : at + length], words[at : at + length], day)
        if match:
            return match
    return None


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


def _ours(text: str, mentions: tuple[tuple[Alias, Found], ...]) -> Iterator[tuple[Alias, Found]]:
    """Leave out each office that the mention right before or right after it gives to another country."""
    for at, (alias, found) in enumerate(mentions):
        before = mentions[at - 1][1] if at else None
        after = mentions[at + 1][1] if at + 1 < len(mentions) else None
        is_theirs = found.category is Category.OFFICE and (
            (before and before.category in _ABROAD and _POSSESSIVE.fullmatch(text, before.end, found.start))
            or (after and after.category is Category.FOREIGN_PERSON and text[found.end : after.start] == " ")
        )
        if not is_theirs:
            yield alias, found


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

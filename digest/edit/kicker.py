"""A story -> the word or two in capitals that say what it is about."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from digest.lexicon.find import find
from digest.lexicon.value import Category, Lexicon
from digest.model.news import Item, SectionName
from digest.text.tokens import content_words

LONGEST = 22
"""Characters of a kicker; a longer name falls back to the section."""

_TELLING = frozenset({Category.PERSON, Category.BODY, Category.UNION, Category.EVENT, Category.PLACE})


_EVERYWHERE = "United Kingdom"
"""The place of all our news, so that it says nothing of any."""


def kicker(items: Sequence[Item], *, headline: str, section: SectionName, lexicon: Lexicon, day: date) -> str:
    """Return the name that most of the story's headlines share, else the section's; ties go by alphabet.

    A name of which the headline itself has a word would only be said twice.
    """
    said = set(content_words(headline))
    counts = Counter(
        name
        for item in items
        for name in {found.name for found in find(lexicon, item.title, day) if found.category in _TELLING}
        if len(name) <= LONGEST and name != _EVERYWHERE and not said & set(content_words(name))
    )
    if not counts:
        return section.value
    name, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return name if 2 * count > len(items) else section.value

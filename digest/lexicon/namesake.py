"""A lone surname in a headline -> whether the words beside it make somebody or something else of it."""

import re
from collections.abc import Sequence

from digest.lexicon.forenames import FORENAMES
from digest.lexicon.value import Alias, Category, Entry

Words = Sequence[re.Match[str]]

TITLES = frozenset(
    "Sir Dame Lord Lady Baroness Baron Mr Mrs Ms Miss Dr Prof Professor President Premier Minister Ministers Secretary"
    " Chancellor Mayor Leader Leaders Deputy Shadow Former Ex Candidate Contender Rival Chief Chair Speaker Boss Team"
    " Brand Project Camp Comrade King Labour Tory Blairite Brownite Corbynite Starmerite Remainer Brexiteer Monday"
    " Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
"""Words with a capital that stand before or after a surname and leave it whose it is."""

SENTENCE_CASE = 1 / 3
"""From this share of long words in lower case on a headline is in sentence case, and a capital makes a name."""

LONG = 4
"""Letters from which a word is long: Title Case leaves shorter ones, and few others, in lower case."""

_OPENS = re.compile(r"[^\w\s,&)]")
"""What stands between two words where the second opens a sentence or a quotation: its capital tells nothing."""


def is_surname(alias: Alias, entry: Entry) -> bool:
    """Say whether an alias is the surname alone of a British politician: about others nothing is asked."""
    return (
        len(alias.words) == 1
        and entry.category in {Category.PERSON, Category.OPPONENT}
        and any(len(full.words) > 1 and full.words[-1] == alias.words[0] for full in entry.aliases)
    )


def is_namesake(entry: Entry, words: Words, at: int, *, is_after_known: bool, is_before_known: bool) -> bool:
    """Say whether `words[at]`, a surname of `entry`'s, is part of another name: «Keanu Reeves», «Blair Witch».

    Right before a surname a word with a capital is somebody else's first name, right after one it makes a name of
    both; unless it is a title, is in capitals, is a first name of the entry's own, or belongs to what the lexicon
    knows («Chancellor Reeves»). Where case tells nothing, in Title Case and where a sentence opens, only common
    first names speak.
    """
    by_case = _is_in_sentence_case(words) and not words[at].group().isupper()
    named = not is_after_known and _has_anothers_first_name(entry, words, at, by_case=by_case)
    return named or (by_case and not is_before_known and at + 1 < len(words) and _is_beside(words, at, at + 1))


def _has_anothers_first_name(entry: Entry, words: Words, at: int, *, by_case: bool) -> bool:
    if at == 0 or not _is_beside(words, at, at - 1):
        return False
    before = words[at - 1].group().casefold()
    own = {word.casefold() for alias in entry.aliases for word in alias.words}
    return before not in own and (before in FORENAMES or (by_case and not _opens(words, at - 1)))


def _is_beside(words: Words, at: int, other: int) -> bool:
    """Whether the word before or after has a capital, is no title and no acronym, and only a space lies between."""
    word, surname = words[other].group(), words[at].group()
    left, right = sorted((at, other))
    return (
        words[at].string[words[left].end() : words[right].start()] in {" ", "\u00a0"}
        and word[0].isupper()
        and word not in TITLES
        and (surname.isupper() or not word.isupper())
    )


def _opens(words: Words, at: int) -> bool:
    """Whether `words[at]` opens the headline, or a sentence or a quotation in it."""
    return at == 0 or bool(_OPENS.search(words[at].string, words[at - 1].end(), words[at].start()))


def _is_in_sentence_case(words: Words) -> bool:
    long = [word.group() for word in words if len(word.group()) >= LONG]
    return sum(word[0].islower() for word in long) >= SENTENCE_CASE * len(long)

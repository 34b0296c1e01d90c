"""Text -> the words and names that carry its meaning, folded so that spellings meet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINED = (  # spellings that newspapers divide differently, one form each
    (re.compile(r"\bby[-‐‑ ]election", re.IGNORECASE), "byelection"),
    (re.compile(r"\bvice[-‐‑ ]chair", re.IGNORECASE), "vicechair"),
    (re.compile(r"\bU-turn", re.IGNORECASE), "uturn"),
    (re.compile(r"\bco-operative", re.IGNORECASE), "cooperative"),
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
)
STOP_WORDS = frozenset(
    """a about above after again against ahead all also am amid an and any are as at back be because been before being
    below between both but by can cannot could did do does doing down during each even ever every few first for from
    further get gets getting given go goes going got had has have having he her here hers him his how i if in into is
    it its just know last latest let like live made make makes making many may me might more most much must my near
    new next no nor not now of off on once one only or other our out over own per put said say says saying set should
    since so some still such take takes than that the their them then there these they this those though three through
    to today told too two under until up upon us very via want wants was watch we week were what when where which while
    who whose why will with without would year years yet you your""".split()
)


MOSTLY = 4
"""A word written with a capital so many times for each time without one is a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word: `folded` for comparing, `text` as it stands, and whether it is written with a capital."""

    text: str
    folded: str
    is_capital: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `text` in order, stop words included."""
    for pattern, form in _JOINED:
        text = pattern.sub(form, text)
    found = (Token(text=word, folded=fold(word), is_capital=word[0].isupper()) for word in _WORD.findall(text))
    return tuple(token for token in found if token.folded)


@lru_cache(maxsize=16_384)
def content_words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` that are not stop words, in order, repeats included."""
    return tuple(token.folded for token in tokens(text) if is_content(token))


def is_content(token: Token) -> bool:
    """Say whether a word carries meaning of its own: no stop word, no lone letter."""
    return token.folded not in STOP_WORDS and (len(token.folded) > 1 or token.folded.isdigit())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return the form in which spellings of one word meet: no accent, case, possessive or plural.

    The plural is cut by rule (an s-stemmer after Harman, 1991), which keeps words readable in evidence.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’](s|re|ve|ll|d|m)$", "", plain).replace("'", "").replace("’", "")
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


def name_phrases(text: str) -> tuple[str, ...]:
    """Return runs of two to four capitalised words, folded and joined by spaces: «Makerfield Council» and the like.

    A headline set in title case (more than seven words in ten with a capital) has no names that can be told
    from its other words, and gives none.
    """
    if is_title_case(text):
        return ()
    return tuple(phrase for run in _capital_runs(text) for phrase in _as_phrases(run))


def is_title_case(text: str) -> bool:
    """Say whether a headline of more than four words of content gives most of them a capital."""
    content = [token for token in tokens(text) if is_content(token)]
    return len(content) > 4 and sum(token.is_capital for token in content) > 0.7 * len(content)


def proper_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded words that the texts write with a capital four times as often as without one.

    The first word of a text and headlines in title case are no witnesses: there every word has a capital.
    """
    capital, small = Counter[str](), Counter[str]()
    for text in texts:
        if not is_title_case(text):
            for place, token in enumerate(tokens(text)):
                if is_content(token) and not token.is_capital:
                    small[token.folded] += 1
                elif is_content(token) and place:
                    capital[token.folded] += 1
    return frozenset(word for word, count in capital.items() if count >= MOSTLY * small[word])


def _capital_runs(text: str) -> list[list[str]]:
    runs: list[list[str]] = []
    end = -2
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and fold(word) not in STOP_WORDS:
            if runs and text[end : match.start()] == " ":
                runs[-1].append(fold(word))
            else:
                runs.append([fold(word)])
            end = match.end()
    return runs


def _as_phrases(run: list[str]) -> list[str]:
    return [" ".join(run)] if 2 <= len(run) <= 4 else []


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common, 0 to 1 (two empty sets: 0)."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0

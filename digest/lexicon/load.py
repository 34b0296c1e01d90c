"""TOML texts -> the lexicon, or every mistake in them at once."""

import tomllib
from collections.abc import Mapping
from datetime import date

from digest.errors import LexiconError
from digest.lexicon.check import contradictions
from digest.lexicon.read import as_written, read
from digest.lexicon.value import Alias, Entry, Lexicon, Term

NOTHING_KNOWN = date(2000, 1, 1)
"""As of when a lexicon without entries is: any day does."""


def load(texts: Mapping[str, str]) -> Lexicon:
    """Build the lexicon from the texts of its files, keyed by file name; their order does not matter.

    Raises:
        LexiconError: with all mistakes in one message, as `examined` finds them.

    """
    entries, mistakes = examined(texts)
    if mistakes:
        raise LexiconError("; ".join(mistakes), mend="correct every line named here; docs/lexicon.md says how.")
    return _indexed(entries)


def examined(texts: Mapping[str, str]) -> tuple[tuple[Entry, ...], list[str]]:
    """Return the entries that can be read, and one line for each mistake.

    Mistakes are broken TOML, unknown tables and keys, values of the wrong type, dates the wrong way
    round, and whatever entries say against each other (`check.contradictions`).
    """
    mistakes: list[str] = []
    entries: list[Entry] = []
    for name, text in sorted(texts.items()):
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            mistakes.append(f"{name}: not TOML: {error}")
            continue
        found, wrong = read(name, tables)
        entries += found
        mistakes += wrong
    return tuple(entries), mistakes + contradictions(entries)


def _indexed(entries: tuple[Entry, ...]) -> Lexicon:
    spellings: dict[tuple[str, ...], tuple[tuple[Alias, Entry], ...]] = {}
    reach: dict[str, int] = {}
    terms: dict[str, tuple[tuple[Term, Entry], ...]] = {}
    for entry in entries:
        for alias in entry.aliases:
            words = as_written(alias)
            spellings[words] = (*spellings.get(words, ()), (alias, entry))
            reach[words[0]] = max(reach.get(words[0], 0), len(words))
        for term in entry.terms:
            terms[term.office] = (*terms.get(term.office, ()), (term, entry))
    newest = max((entry.as_of for entry in entries), default=NOTHING_KNOWN)
    return Lexicon(entries=entries, spellings=spellings, reach=reach, terms=terms, as_of=newest)

"""A text, or an office's name, and a day -> what the lexicon knows of it, with whose word that is."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from digest.errors import UsageError
from digest.lexicon.find import find
from digest.lexicon.holder import tenure
from digest.lexicon.read import as_written, spelling
from digest.lexicon.value import Category, Entry, Found, Lexicon, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """Whose an office is on a day; `term` and `holder` are None where nobody is known."""

    office: Entry
    term: Term | None = None
    holder: Entry | None = None


def offices(lexicon: Lexicon, day: date) -> tuple[Tenure, ...]:
    """Return every office that anybody ever held, in the order of the files, with its holder on the day."""
    return tuple(_tenure(lexicon, entry, day) for entry in _offices(lexicon) if entry.name in lexicon.terms)


def office_named(lexicon: Lexicon, name: str, day: date) -> Tenure:
    """Return an office by its name or by any other spelling of it («the chancellor»), with its holder on the day.

    Raises:
        UsageError: when no office is called so.

    """
    known = lexicon.spellings.get(as_written(spelling(name)), ())
    entry = next((entry for _, entry in known if entry.category is Category.OFFICE), None)
    if entry is None:
        raise UsageError(f"no office is called «{name}»", mend=_like(lexicon, name))
    return _tenure(lexicon, entry, day)


def mentioned(lexicon: Lexicon, text: str, day: date) -> tuple[tuple[Found, Entry], ...]:
    """Return every mention in a text, from left to right, each with the entry it stands for."""
    return tuple((found, _entry(lexicon, found, day)) for found in find(lexicon, text, day))


def _tenure(lexicon: Lexicon, office: Entry, day: date) -> Tenure:
    term, holder = tenure(lexicon, office.name, day) or (None, None)
    return Tenure(office=office, term=term, holder=holder)


def _offices(lexicon: Lexicon) -> tuple[Entry, ...]:
    return tuple(entry for entry in lexicon.entries if entry.category is Category.OFFICE)


def _like(lexicon: Lexicon, name: str) -> str:
    called = {" ".join(as_written(alias)): entry.name for entry in _offices(lexicon) for alias in entry.aliases}
    near = get_close_matches(name.casefold(), called, n=1)
    return f"did you mean «{called[near[0]]}»?" if near else "`digest lexicon` without a word lists them."


def _entry(lexicon: Lexicon, found: Found, day: date) -> Entry:
    """The entry of a mention: on one day a name of one category is one entry's."""
    return next(
        entry
        for entry in lexicon.entries
        if (entry.name, entry.category) == (found.name, found.category) and entry.is_current(day)
    )

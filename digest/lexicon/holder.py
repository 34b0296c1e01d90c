"""An office and a day -> who held it."""

from datetime import date

from digest.lexicon.value import LABOUR, Entry, Lexicon, Term


def holder(lexicon: Lexicon, office: str, day: date) -> Entry | None:
    """Return who held `office` on `day`; None where the lexicon does not know, which is not «nobody»."""
    held = tenure(lexicon, office, day)
    return held[1] if held else None


def tenure(lexicon: Lexicon, office: str, day: date) -> tuple[Term, Entry] | None:
    """Return the term into which `day` falls, and whose it is; None where the lexicon does not know."""
    return next(((term, entry) for term, entry in lexicon.terms.get(office, ()) if term.start <= day < term.end), None)


def is_labour(lexicon: Lexicon, office: Entry, day: date) -> bool:
    """Tell whether Labour held the office: by its holder, or else by the holder of the office it is under."""
    entry = holder(lexicon, office.name, day) or holder(lexicon, office.under, day)
    return entry is not None and entry.category in LABOUR

"""An office and a day -> who held it."""

from datetime import date

from digest.lexicon.value import LABOUR, Entry, Lexicon


def holder(lexicon: Lexicon, office: str, day: date) -> Entry | None:
    """Return who held `office` on `day`; None where the lexicon does not know, which is not «nobody»."""
    for term, entry in lexicon.terms.get(office, ()):
        if term.start <= day < term.end:
            return entry
    return None


def is_labour(lexicon: Lexicon, office: Entry, day: date) -> bool:
    """Tell whether Labour held the office: by its holder, or else by the holder of the office it is under."""
    entry = holder(lexicon, office.name, day) or holder(lexicon, office.under, day)
    return entry is not None and entry.category in LABOUR

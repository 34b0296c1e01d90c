"""Entries -> what contradicts what: spellings with two meanings, offices with two holders, offices unknown."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from digest.lexicon.read import as_written
from digest.lexicon.value import Alias, Category, Entry, Term


def clashes(entries: Iterable[Entry]) -> list[str]:
    """Name each spelling that means two entries, or stands twice in one, on the same day.

    Inside one entry two cases of the same words are two spellings («UNISON», and «Unison» which is unsure).
    """
    owners: dict[tuple[str, ...], list[tuple[Alias, Entry]]] = {}
    for entry in entries:
        for alias in entry.aliases:
            owners.setdefault(as_written(alias), []).append((alias, entry))
    return [
        f"alias «{' '.join(words)}» stands for «{one.name}» and for «{other.name}»; keep it in one, or date them apart"
        for words, group in owners.items()
        for (spelling, one), (again, other) in combinations(group, 2)
        if _meet(one.start, one.end, other.start, other.end) and (one is not other or spelling.words == again.words)
    ]


def overlaps(entries: Iterable[Entry]) -> list[str]:
    """Name each office with two holders on one day."""
    held: dict[str, list[tuple[Term, Entry]]] = {}
    for entry in entries:
        for term in entry.terms:
            held.setdefault(term.office, []).append((term, entry))
    return [
        f"{office} is held by «{first.name}» and «{second.name}» on {max(one.start, other.start)}; end the earlier term"
        for office, terms in held.items()
        for (one, first), (other, second) in combinations(terms, 2)
        if _meet(one.start, one.end, other.start, other.end)
    ]


def strangers(entries: Iterable[Entry]) -> list[str]:
    """Name each office that somebody holds, or that another is under, and that has no entry."""
    entries = tuple(entries)
    offices = {entry.name for entry in entries if entry.category is Category.OFFICE}
    asked = {
        (office, entry.name) for entry in entries for office in (*(term.office for term in entry.terms), entry.under)
    }
    return [
        f"«{name}» names the office {office}, which has no entry; write an [[office]] of that name"
        for office, name in sorted(asked)
        if office and office not in offices
    ]


def _meet(one_start: date, one_end: date, other_start: date, other_end: date) -> bool:
    return one_start < other_end and other_start < one_end

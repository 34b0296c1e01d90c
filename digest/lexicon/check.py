"""Entries -> what contradicts what, and what is not known: clashing spellings, double holders, gaps between holders."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations, pairwise

from digest.lexicon.read import as_written
from digest.lexicon.value import Alias, Category, Entry, Term

Held = tuple[Term, Entry]


def contradictions(entries: Iterable[Entry]) -> list[str]:
    """Name everything that cannot be true, or cannot be meant: no lexicon is made of such entries."""
    entries = tuple(entries)
    return [*clashes(entries), *overlaps(entries), *outliving(entries), *strangers(entries)]


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
    return [
        f"{office} is held by «{first.name}» and «{second.name}» on {max(one.start, other.start)}; end the earlier term"
        for office, terms in _held(entries).items()
        for (one, first), (other, second) in combinations(terms, 2)
        if _meet(one.start, one.end, other.start, other.end)
    ]


def outliving(entries: Iterable[Entry]) -> list[str]:
    """Name each term that begins before its entry or goes on after it."""
    return [
        f"«{entry.name}» holds {term.office} {_span(term.start, term.end)}, but is in the lexicon"
        f" {_span(entry.start, entry.end)}; give the term days within the entry's"
        for entry in entries
        for term in entry.terms
        if term.start < entry.start or term.end > entry.end
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


def gaps(entries: Iterable[Entry]) -> list[str]:
    """Name the days between two holders of an office, or after the last, on which nobody is known to hold it.

    That may be so (an office can be vacant, a term may have no certain day), so it is told and not refused.
    """
    return [gap for office, terms in sorted(_held(entries).items()) for gap in _gaps(office, terms)]


def _gaps(office: str, terms: list[Held]) -> list[str]:
    ordered = sorted(terms, key=lambda held: held[0].start)
    between = [
        f"{office}: nobody is known {_span(one.end, other.start)}, between «{first.name}» and «{second.name}»"
        for (one, first), (other, second) in pairwise(ordered)
        if one.end < other.start
    ]
    last, entry = ordered[-1]
    return (
        between
        if last.end == date.max
        else [*between, f"{office}: nobody is known since {last.end}, after «{entry.name}»"]
    )


def _held(entries: Iterable[Entry]) -> Mapping[str, list[Held]]:
    held: dict[str, list[Held]] = {}
    for entry in entries:
        for term in entry.terms:
            held.setdefault(term.office, []).append((term, entry))
    return held


def _span(start: date, end: date) -> str:
    """The days from `start` to the last before `end`, as people say them."""
    since = "" if start == date.min else f"from {start}"
    until = "" if end == date.max else f"to {end - timedelta(days=1)}"
    return " ".join(part for part in (since, until) if part) or "for good"


def _meet(one_start: date, one_end: date, other_start: date, other_end: date) -> bool:
    return one_start < other_end and other_start < one_end

"""The tables of one TOML file -> entries, and what is wrong with them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from digest.lexicon.value import Alias, Category, Entry, Term
from digest.model.news import SectionName

_WORD = re.compile(r"[^\W_]+")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 3


def _are_spellings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and _WORD.search(one) for one in value)


def _are_sections(value: object) -> bool:
    return isinstance(value, list) and all(one in list(SectionName) for one in value)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


Rule = tuple[Callable[[object], bool], str]

_DAY: Rule = (_is_day, "a date such as 2024-07-05")
_YES: Rule = (lambda value: value is True, "true, or leave it out")
_TEXT: Rule = (_is_text, "a text that is not empty")
FILE_KEYS: Mapping[str, Rule] = {"about": _TEXT, "as_of": _DAY, "source": _TEXT}
ENTRY_KEYS: Mapping[str, Rule] = {
    "name": (lambda value: _is_text(value) and _are_spellings([value]), "a text with a word in it"),
    "aliases": (_are_spellings, "a list of spellings"),
    "unsure": (_are_spellings, "a list of spellings"),
    "commonplace": _YES,
    "from": _DAY,
    "to": _DAY,
    "holds": (_are_tables, "a list of { office, from, to }"),
    "under": _TEXT,
    "weight": (_is_number, "a number above 0, at most 3"),
    "sections": (_are_sections, "a list of sections: " + ", ".join(SectionName)),
    "source": _TEXT,
    "as_of": _DAY,
}
TERM_KEYS: Mapping[str, Rule] = {"office": _TEXT, "from": _DAY, "to": _DAY}


def read(file: str, tables: Mapping[str, Any]) -> tuple[list[Entry], list[str]]:
    """Return the file's entries that can be read, and one line for each mistake.

    Top-level keys say what the file is (`about`), up to which day its facts were known (`as_of`) and where
    they can be checked (`source`), for entries that say neither themselves; every other key is a Category.
    """
    head = {key: value for key, value in tables.items() if not isinstance(value, list)}
    mistakes = _mistakes(file, head, FILE_KEYS, needed=("about", "as_of"))
    as_of = head["as_of"] if _is_day(head.get("as_of")) else date.max
    entries: list[Entry] = []
    for kind, rows in tables.items():
        if kind in head:
            continue
        if kind not in list(Category) or not _are_tables(rows):
            mistakes.append(f"{file}: [[{kind}]] is no category; write one of {', '.join(Category)}")
            continue
        for row in _expanded(rows):
            where = f"{file}: {kind} «{row['name']}»"
            sourced = {"source": head["source"], **row} if "source" in head else row
            wrong = _row_mistakes(where, sourced)
            mistakes += wrong
            if not wrong:
                entries.append(_entry(Category(kind), sourced, as_of=as_of))
    return entries, mistakes


def _expanded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn a row with `each` into one row per name; everything else the row says holds for each of them."""
    return [
        {**{key: value for key, value in row.items() if key != "each"}, "name": name}
        for row in rows
        for name in (row["each"] if isinstance(row.get("each"), list) else [row.get("name", "")])
    ]


def _row_mistakes(where: str, row: Mapping[str, Any]) -> list[str]:
    mistakes = _mistakes(where, row, ENTRY_KEYS, needed=("source",))
    holds = row.get("holds", [])
    for term in holds if _are_tables(holds) else []:
        mistakes += _mistakes(f"{where}, holds", term, TERM_KEYS, needed=("office",))
    return mistakes


def _mistakes(where: str, row: Mapping[str, Any], keys: Mapping[str, Rule], *, needed: tuple[str, ...]) -> list[str]:
    unknown = [f"{where}: unknown key {key}; write one of {', '.join(keys)}" for key in row if key not in keys]
    missing = [f"{where}: {key} is missing; write {keys[key][1]}" for key in needed if key not in row]
    wrong = [
        f"{where}: {key} = {row[key]!r}; write {wanted}"
        for key, (fits, wanted) in keys.items()
        if key in row and not fits(row[key])
    ]
    start, end = row.get("from"), row.get("to")
    if not wrong and start and end and start >= end:
        wrong = [f"{where}: from {start} is not before to {end}, the first day that no longer counts"]
    return unknown + missing + wrong


def _entry(category: Category, row: Mapping[str, Any], *, as_of: date) -> Entry:
    return Entry(
        name=row["name"],
        category=category,
        aliases=(
            spelling(row["name"], sure="commonplace" not in row),
            *(spelling(text, sure=True) for text in row.get("aliases", [])),
            *(spelling(text, sure=False) for text in row.get("unsure", [])),
        ),
        source=row["source"],
        start=row.get("from", date.min),
        end=row.get("to", date.max),
        terms=tuple(
            Term(office=term["office"], start=term.get("from", date.min), end=term.get("to", date.max))
            for term in row.get("holds", [])
        ),
        under=row.get("under", ""),
        weight=float(row.get("weight", 1.0)),
        sections=tuple(SectionName(section) for section in row.get("sections", [])),
        as_of=row.get("as_of", as_of),
    )


def spelling(text: str, *, sure: bool = True) -> Alias:
    """Return how the lexicon keeps a spelling: its words, without punctuation."""
    return Alias(words=tuple(_WORD.findall(text)), sure=sure)


def as_written(alias: Alias) -> tuple[str, ...]:
    """Return the words under which a spelling is looked up: case folded, punctuation gone."""
    return tuple(word.casefold() for word in alias.words)

"""The features a letter uses inline against the mail programs that lack them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digest.model.mail import Finding
from digest.render.features import features
from digest.render.findings.grades import advice, error
from digest.render.findings.reading import Reading
from digest.render.support import CLIENTS, TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """The mail programs, by code, that lack a feature, and those that have it in part."""

    wholly: tuple[str, ...]
    partly: tuple[str, ...]


def _read(table: str) -> Mapping[str, Lack]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return MappingProxyType(
        {name.strip(): Lack(wholly=tuple(no.split()), partly=tuple(part.split())) for name, no, part in rows}
    )


LACKS = _read(TABLE)

ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "css-border": "Outlook on Windows draws it up to 8 px, and on cells and paragraphs as ours are used",
        "css-border-radius": "square corners are as good",
        "css-border-spacing": "cellspacing=0 says the same to Outlook",
        "css-display": "only none is used, which all of them know",
        "css-display-none": "Outlook on Windows hides the preheader, which holds no table; mso-hide says it again",
        "css-font-size": "only px is used, which all of them know",
        "css-font-weight": "only normal and bold are used",
        "css-height": "Yahoo drops it from the bar, whose blank line keeps it open",
        "css-letter-spacing": "small values in px are drawn as everywhere",
        "css-line-height": "Outlook on Windows takes px for at least; lines never overlap",
        "css-margin": "only positive values; where Outlook drops one, paragraphs stand closer",
        "css-max-height": "belongs to the hidden preheader; mso-hide hides it in Outlook on Windows",
        "css-max-width": "Outlook on Windows knows it on tables, and the ghost table holds the width",
        "css-opacity": "belongs to the hidden preheader; mso-hide hides it in Outlook on Windows",
        "css-overflow": "cells grow with their words; it only guards against one endless word",
        "css-overflow-wrap": "word-break says it to Gmail and Outlook; without both only an endless word sticks out",
        "css-padding": "Outlook on Windows knows it on cells; elsewhere words stand a little closer",
        "css-table-layout": "Outlook lays tables out by their contents, which wrap",
        "css-text-align": "only left and center are used",
        "css-text-decoration": "only none and underline are used; where it is dropped links are underlined",
        "css-text-transform": "only uppercase is used",
        "css-width": "tables say it by attribute too",
        "css-word-break": "only an endless word sticks out where it is lacking",
        "html-align": "only center on cells",
        "html-aria-hidden": "Yahoo and Thunderbird read out a blank or an ornament: a nuisance, no loss",
        "html-aria-label": "Yahoo and Thunderbird read the words themselves, which say the same",
        "html-body": "what it looks like stands on the table in it too",
        "html-dir": "the language's own direction",
        "html-height": "only on pictures and in pixels",
        "html-lang": "Yahoo drops it from cells only",
        "html-lists": "neither reversed nor value is used",
        "html-mailto-links": "only an address, no bcc",
        "html-role": "Yahoo knows it on tables, where it matters",
        "html-width": "only on tables and pictures, in pixels or 100 %",
    }
)
"""What is used all the same, with the reason: why the letter is whole without it."""


def support(letter: Reading) -> Iterator[Finding]:
    """An error for a feature that a client we write for lacks, advice for one it has in part; allowed ones pass."""
    for use in features(letter.page):
        lack = LACKS.get(use.feature)
        if lack is None or use.feature in ALLOWED:
            continue
        mend = f"do without, or put it into head.css.j2; see https://www.caniemail.com/features/{use.feature}/."
        times = f" ({use.times} times)" if use.times > 1 else ""
        if lack.wholly:
            what = f"{use.feature}{times} is unknown to {_listed(lack.wholly)}."
            yield error("support", what, where="html", mend=mend, line=use.line)
        else:
            what = f"{use.feature}{times} is known only in part to {_listed(lack.partly)}."
            yield advice("support", what, where="html", mend=mend, line=use.line)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(CLIENTS[code] for code in codes)

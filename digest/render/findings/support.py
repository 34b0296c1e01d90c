"""The features a letter uses inline against the mail programs that lack them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digest.model.mail import Finding
from digest.render.features import Use, features
from digest.render.findings.allowed import ALLOWED, Allowance
from digest.render.findings.grades import advice, error, warning
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


def support(letter: Reading) -> Iterator[Finding]:
    """An error for a feature that a client we write for lacks, advice for one it has in part; allowed ones pass.

    What is allowed for some values passes with those; another is an error, or a warning where it is lacking in part.
    """
    for use in features(letter.page):
        lack, allowance = LACKS.get(use.feature), ALLOWED.get(use.feature)
        if lack and allowance:
            yield from _beyond(use, lack, allowance)
        elif lack:
            yield from _lacking(use, lack)


def _lacking(use: Use, lack: Lack) -> Iterator[Finding]:
    times = f" ({use.times} times)" if use.times > 1 else ""
    if lack.wholly:
        what = f"{use.feature}{times} is unknown to {_listed(lack.wholly)}."
        yield error("support", what, where="html", mend=_mend(use), line=use.line)
    else:
        what = f"{use.feature}{times} is known only in part to {_listed(lack.partly)}."
        yield advice("support", what, where="html", mend=_mend(use), line=use.line)


def _beyond(use: Use, lack: Lack, allowance: Allowance) -> Iterator[Finding]:
    """Each value once to which the reason for allowing the feature does not hold."""
    for value, line in use.values:
        if not allowance.covers(value):
            grade = error if lack.wholly else warning
            what = (
                f"{use.feature} as {value[:60]!r} fails in {_listed(lack.wholly or lack.partly)};"
                f" it is let pass only as far as this holds: {allowance.why}."
            )
            yield grade("support", what, where="html", mend=_mend(use), line=line)


def _mend(use: Use) -> str:
    return f"do without, or put it into head.css.j2; see https://www.caniemail.com/features/{use.feature}/."


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(CLIENTS[code] for code in codes)

"""The text of a readers' file -> the readers in it, and the rows that are not readers, with the reason."""

import csv
import io
import unicodedata
from collections.abc import Collection, Mapping

import email_validator

from digest.deliver.address import address_key
from digest.errors import UsageError
from digest.model.reader import BadRow, Subscriber

COLUMNS = ("email", "name", "frequency", "consent_source")
LONGEST_TEXT = 64 * 1024 * 1024
LONGEST_LINE = 2_000
LONGEST_FIELD = 200
BOTH = {"both": ("daily", "weekly")}
"""A word of the readers' form for the two newsletters that most newsrooms have."""
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read(text: str, *, newsletters: Collection[str]) -> tuple[tuple[Subscriber, ...], tuple[BadRow, ...]]:
    """Read `email,name,frequency,consent_source`: (the good rows, the others with line and reason).

    The header names exactly these columns, in any order. `frequency` is one of `newsletters`,
    several of them separated by spaces, or «both» for daily and weekly. No field may hold a
    line break, so that a stray quote spoils one row and not the rest of the file. UsageError when
    the header is wrong or the file is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"the readers' file has {len(text)} characters.", mend="Split it into smaller files.")
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None)
    columns = _columns(lines.readline())
    seen: dict[str, int] = {}
    good: list[Subscriber] = []
    bad: list[BadRow] = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        try:
            good.append(_subscriber(line.rstrip("\n"), columns, newsletters, seen, number))
        except _NotAReader as problem:
            bad.append(BadRow(line=number, row=line.rstrip("\n")[:LONGEST_FIELD], why=str(problem)))
    return tuple(good), tuple(bad)


class _NotAReader(Exception):
    """The row is not a reader; the message says why."""


def _columns(header: str) -> tuple[str, ...]:
    """The columns in the file's own order."""
    found = tuple(name.strip().casefold() for name in next(csv.reader([header]), []))
    if sorted(found) != sorted(COLUMNS):
        raise UsageError(
            f"the first line of the readers' file is {header.strip()[:LONGEST_FIELD]!r}.",
            mend=f"It must be: {','.join(COLUMNS)}",
        )
    return found


def _subscriber(
    line: str, columns: tuple[str, ...], newsletters: Collection[str], seen: dict[str, int], number: int
) -> Subscriber:
    """One row as a reader; `seen` remembers on which line each address stood first."""
    fields = _fields(line, columns)
    address = _address(fields["email"])
    if not fields["consent_source"]:
        raise _NotAReader("consent_source is empty: say where and when this reader agreed")
    frequencies = _frequencies(fields["frequency"], newsletters)
    first = seen.setdefault(address_key(address), number)
    if first != number:
        raise _NotAReader(f"the same address stands on line {first}")
    return Subscriber(
        address=address, name=fields["name"], frequencies=frequencies, consent_source=fields["consent_source"]
    )


def _fields(line: str, columns: tuple[str, ...]) -> Mapping[str, str]:
    """The row's fields by column, trimmed, composed (NFC), without control characters and not too long."""
    if len(line) > LONGEST_LINE:
        raise _NotAReader(f"the row has {len(line)} characters; {LONGEST_LINE} are the most")
    try:
        values = next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise _NotAReader(f"the quotes do not close properly ({error})") from error
    if len(values) != len(columns):
        raise _NotAReader(f"the row has {len(values)} fields instead of {len(columns)}")
    for column, value in zip(columns, values, strict=True):
        if any(unicodedata.category(each) in _REFUSED_CATEGORIES or each in _BIDI_OVERRIDES for each in value):
            raise _NotAReader(f"{column} holds a control character")
        if column != "email" and len(value) > LONGEST_FIELD:
            raise _NotAReader(f"{column} has {len(value)} characters; {LONGEST_FIELD} are the most")
    return {column: unicodedata.normalize("NFC", value.strip()) for column, value in zip(columns, values, strict=True)}


def _address(text: str) -> str:
    """The address as every mail server takes it (RFC 5321): ASCII, the domain in its `xn--` form; no server is asked.

    Local parts beyond ASCII (RFC 6531) are refused: most providers would refuse them one by one in the morning.
    """
    try:
        found = email_validator.validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except email_validator.EmailNotValidError as error:
        raise _NotAReader(f"email: {error}") from error
    return found.ascii_email or found.normalized


def _frequencies(text: str, newsletters: Collection[str]) -> tuple[str, ...]:
    """The newsletters asked for, without repetition, in the order of the file."""
    folded = text.casefold()
    words = BOTH.get(folded, tuple(folded.split()))
    unknown = [word for word in words if word not in newsletters]
    if unknown or not words:
        short = [word for word, names in BOTH.items() if set(names) <= set(newsletters)]
        choices = ", ".join(newsletters) + "".join(f", or {word}" for word in short)
        raise _NotAReader(f"frequency is {text!r}; write one or more of: {choices}")
    return tuple(dict.fromkeys(words))

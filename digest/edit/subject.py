"""The lead's headlines -> the subject of the mail, and why it is this one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.edit.bait import faults, in_title_case
from digest.edit.clause import clauses
from digest.edit.headline import LONGEST, SHORTEST, fitness, shares, shortened
from digest.model.news import Item, Kind, Source
from digest.text.headline import without_tags

MOST = 110
"""Characters of a subject, whatever is lost behind them."""

READABLE = 30
"""Characters from which a whole headline that is too short for a subject is better than a long one cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The line, and whose headline it is with what spoke for it and against the others."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    item: Item
    how: str
    against: tuple[str, ...]
    fitness: float


def subject(items: Sequence[Item], *, sources: Mapping[str, Source]) -> Subject:
    """Return the fittest headline among the lead's items, 45 to 75 characters where any has as many.

    A whole headline comes before the main clause of a longer one, but after it where it gives every word a capital;
    then comes a shorter headline, then a long one, which is cut between two words only where no inbox would show it;
    what teases, shouts, asks or quotes nobody comes last, comment after news. Each line is the beginning of a
    headline, word for word. The order of `items` does not matter.
    """
    common = shares(items)
    lines = [line for item in items for line in _lines(item, fitness(item, common, sources))]
    best = min(lines, key=_order)
    return Subject(text=best.text, why=_why(best, lines))


def _lines(item: Item, worth: float) -> list[_Line]:
    """The forms in which one item's headline could stand as a subject."""
    title = without_tags(item.title)
    against = faults(title) + (("comment",) if item.kind is Kind.COMMENT else ())

    def line(text: str, how: str) -> _Line:
        return _Line(text=text, item=item, how=how, against=against, fitness=worth)

    if len(title) <= LONGEST:
        return [line(title, "whole" if len(title) >= SHORTEST else "short")]
    clause = [line(text, "its main clause") for text in clauses(title) if SHORTEST <= len(text) <= LONGEST][:1]
    return [*clause, line(shortened(title, MOST), "long" if len(title) <= MOST else "cut between two words")]


_FORMS = {"whole": 0, "its main clause": 0, "short": 1, "long": 2, "cut between two words": 3}
"""How a line was made of a headline, the best first."""


def _order(line: _Line) -> tuple[object, ...]:
    """The best first; between equals the earlier report, then the id."""
    is_too_short = line.how == "short" and len(line.text) < READABLE
    form = len(_FORMS) if is_too_short else _FORMS[line.how]
    shape = form, in_title_case(line.text), line.how != "whole"
    return len(line.against), shape, -line.fitness, line.item.published, line.item.id


def _why(best: _Line, lines: Sequence[_Line]) -> str:
    said = f"{best.item.publisher}’s headline, {best.how}, {len(best.text)} characters"
    if best.against:
        said += f" ({', '.join(best.against)}: there is none without a fault)"
    others = [line for line in lines if line.item.id != best.item.id and line.how != "its main clause"]
    reasons = Counter(_against(line) for line in others)
    counted = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return said + ("; others: " if counted else "") + ", ".join(f"{why} ({count})" for why, count in counted) + "."


def _against(line: _Line) -> str:
    if line.against:
        return line.against[0]
    return {"whole": "less fit", "short": "too short"}.get(line.how, "too long")

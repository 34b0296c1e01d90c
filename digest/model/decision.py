"""What an editor decides about an edition: one act, on what, in which words; and the log in which it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from digest.model.news import SectionName


class Act(StrEnum):
    """The acts of an editor (editorial.md, «The desk»)."""

    SPIKE = "spike"
    PIN = "pin"
    LEAD = "lead"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    RETITLE = "retitle"
    SUMMARY = "summary"
    KICKER = "kicker"
    NOTE = "note"
    DIARY = "diary"
    CORRECTION = "correction"
    UNDO = "undo"


REGROUPING = (Act.SPLIT, Act.MERGE)
"""What binds every later run, other days and newsletters too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One act. What an act does not need stays empty.

    `story` is the story's id when it was decided, `headline` how it was printed then, and `items` are its items: it
    is known by them whatever id it gets. `others` are the other side of a split (what stays) or of a merge (what is
    added). `item` names one comment where not the whole story is meant. `text` is a reason, a headline, a summary, a
    kicker, a note, a correction, or the headlines that were split off or merged in; `lines` are the diary; `place`
    counts from 1; `day` is the edition that is corrected; `undoes` the number of a decision.
    """

    act: Act
    story: str = ""
    headline: str = ""
    items: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    item: str = ""
    text: str = ""
    lines: tuple[str, ...] = ()
    signed: str = ""
    place: int = 0
    section: SectionName | None = None
    day: date | None = None
    undoes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as the edition's log has it: its number (from 1, never given twice), when, and who decided."""

    number: int
    at: datetime
    by: str
    decision: Decision

"""An editor's decision as a case that the judgement has to stand from then on."""

from dataclasses import dataclass
from datetime import date, datetime

from digest.model.decision import Decided
from digest.model.news import Item, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A split, merge, spike or lead, with what is needed to judge it again.

    `items` are stripped of their articles. `stories` are the stories it was weighed against, by item ids, its own
    first; empty for splits and merges, which are about the grouping itself. `now` is the instant of the judgement.
    `unaided` says that the judgement gets it right without being told, and has to from then on.
    """

    name: str
    newsletter: str
    day: date
    now: datetime
    decided: Decided
    items: tuple[Item, ...]
    stories: tuple[tuple[str, ...], ...] = ()
    sources: tuple[Source, ...] = ()
    unaided: bool = False

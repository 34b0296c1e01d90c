"""Stories with their reports in time -> a chart of lanes: where every line, dot and label stands, in SVG's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 960
LABEL_WIDTH = 350
LANE = 26
HEAD = 34
FOOT = 10
BEFORE = timedelta(hours=30)
"""How long before the first edition the chart begins; what is older stands at its edge."""

MARGIN = 30
"""Right of the last edition, for half of its label."""

LONGEST_LABEL = 50
"""Characters that fit beside a lane at 13 units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story: the instants of its reports, and the places it was printed at, with the instant of each edition."""

    label: str
    reports: tuple[datetime, ...]
    places: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One story as it is drawn: `dots` and `marks` are places from the left, a mark with the word it stands for."""

    label: str
    y: float
    dots: tuple[float, ...]
    marks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole picture; `ticks` are the editions, each with its label."""

    width: int
    height: int
    left: int
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]


def lanes(stories: Sequence[Told], editions: Sequence[tuple[datetime, str]]) -> Chart:
    """Draw each story as a lane from its first report to its last, in the order given; every edition is a line across.

    Takes at least one edition. What was reported too early or after the last edition is drawn at the edge.
    """
    moments = [moment for moment, _ in editions]
    first, last = min(moments) - BEFORE, max(moments)

    def place(moment: datetime) -> float:
        share = min(1.0, max(0.0, (moment - first) / (last - first)))
        return round(LABEL_WIDTH + (WIDTH - LABEL_WIDTH - MARGIN) * share, 1)

    drawn = tuple(
        Lane(
            label=_cut(story.label),
            y=HEAD + LANE * (number + 0.5),
            dots=tuple(sorted({place(moment) for moment in story.reports})),
            marks=tuple((place(moment), where) for moment, where in story.places),
        )
        for number, story in enumerate(stories)
    )
    ticks = tuple((place(moment), label) for moment, label in editions)
    return Chart(width=WIDTH, height=HEAD + LANE * len(drawn) + FOOT, left=LABEL_WIDTH, ticks=ticks, lanes=drawn)


def _cut(label: str) -> str:
    if len(label) <= LONGEST_LABEL:
        return label
    return label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"

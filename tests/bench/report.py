"""Figures -> a table to read, and JSON to keep."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

COLUMNS = ("case", "measured", "ours", "peer", "ratio", "goal", "met")
LIBRARIES = ("feedparser", "jinja2", "premailer", "requests", "sqlalchemy", "pydantic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: the figures of every round, ours and the peer's (none where there is no peer), and the goal.

    `goal` is in the row's unit; `goal_ratio` is a share of the peer's median.
    """

    case: str
    what: str
    unit: str
    ours: Sequence[float]
    peer: Sequence[float] = field(default=())
    goal: float | None = None
    goal_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        """Our median over the peer's."""
        return median(self.ours) / median(self.peer) if self.peer else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is not None:
            return median(self.ours) <= self.goal
        return None if self.goal_ratio is None or self.ratio is None else self.ratio <= self.goal_ratio


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table of medians, each with the spread of its rounds."""
    lines = [COLUMNS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(shown)


def machine() -> dict[str, str]:
    """What it was measured on."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def as_json(rows: Sequence[Row], measured_on: dict[str, str]) -> dict[str, object]:
    """Everything, round by round."""
    return {
        "machine": measured_on,
        "rows": [
            {
                "case": row.case,
                "measured": row.what,
                "unit": row.unit,
                "ours": list(row.ours),
                "peer": list(row.peer),
                "ours_median": median(row.ours),
                "peer_median": median(row.peer) if row.peer else None,
                "ratio": row.ratio,
                "goal": row.goal,
                "goal_ratio": row.goal_ratio,
                "met": row.is_met,
            }
            for row in rows
        ],
    }


def _cells(row: Row) -> tuple[str, ...]:
    goal = "" if row.goal is None else f"≤ {row.goal:g} {row.unit}"
    if row.goal_ratio is not None:
        goal = f"≤ {row.goal_ratio:g} × peer"
    met = {True: "yes", False: "no", None: ""}[row.is_met]
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.case, row.what, _figure(row.ours, row.unit), _figure(row.peer, row.unit), ratio, goal, met


def _figure(values: Sequence[float], unit: str) -> str:
    if not values:
        return "–"
    shape = ".0f" if unit == "MB" else ".3f"
    spread = f" ({min(values):{shape}}–{max(values):{shape}})" if len(values) > 1 else ""
    return f"{median(values):{shape}} {unit}{spread}"


def _processor() -> str:
    """The processor's own name for itself, where the kernel tells."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()

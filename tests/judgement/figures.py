"""Figures -> a table to read, and JSON to keep."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

COLUMNS = ("set", "measure", "plain", "ours", "aim", "dream", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line: what was measured on which set; `plain` is the plain method's. Without an aim it is for reading only.

    `is_cost` turns it round: less is better.
    """

    set: str
    measure: str
    ours: float
    plain: float | None = None
    aim: float | None = None
    dream: float | None = None
    is_cost: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        if self.aim is None:
            return None
        return self.ours <= self.aim if self.is_cost else self.ours >= self.aim


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [COLUMNS, *(_cells(figure) for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(shown)


def as_json(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The same for machines."""
    return [{**asdict(figure), "met": figure.is_met} for figure in figures]


def _cells(figure: Figure) -> tuple[str, ...]:
    numbers = (figure.plain, figure.ours, figure.aim, figure.dream)
    met = {True: "yes", False: "no", None: ""}[figure.is_met]
    return figure.set, figure.measure, *("" if number is None else f"{number:.3f}" for number in numbers), met

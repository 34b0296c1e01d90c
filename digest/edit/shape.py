"""How much an edition holds, and what may enter it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Counts of stories (editorial.md, «Shape of the daily edition») and the gates before them.

    `threshold` is the least relevance (0 to 1); `per_publisher` the most pieces whose first link is one
    publisher's; `safe_only` keeps only stories with two independent publishers and leaves comment out.
    """

    threshold: float
    five: int = 5
    wire: int = 10
    per_section: int = 3
    comment: int = 4
    per_author_publisher: int = 2
    per_publisher: int = 6
    safe_only: bool = False

    @property
    def news(self) -> int:
        """The most news stories: the lead, the five and the wire."""
        return 1 + self.five + self.wire

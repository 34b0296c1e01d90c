"""How much an edition holds, and what may enter it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Counts of stories (editorial.md, «Shape of the daily edition») and the gates before them.

    `threshold` is the least relevance (0 to 1); `per_publisher` the most pieces whose first link is one
    publisher's; `per_name` the most stories about one person or event that the lead and the five hold;
    `safe_only` keeps only stories with two independent publishers and leaves comment out.
    """

    threshold: float
    five: int = 5
    wire: int = 10
    per_section: int = 3
    per_name: int = 3
    comment: int = 4
    per_author_publisher: int = 2
    per_publisher: int = 6
    safe_only: bool = False

    @property
    def top(self) -> int:
        """The most stories above the wire: the lead and the five."""
        return 1 + self.five

    @property
    def news(self) -> int:
        """The most news stories: the lead, the five and the wire."""
        return self.top + self.wire

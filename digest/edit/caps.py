"""What an edition has taken so far -> whether it may take one more, and why not."""

from collections import Counter

from digest.edit.headline import headline
from digest.edit.names import names
from digest.edit.piece import Desk, leading
from digest.edit.shape import Shape
from digest.model.news import Item
from digest.model.story import Ranked

BEND = 4
"""Points that every story of a section beyond its share must have more than a story of another: importance decides,
variety only between what weighs nearly the same."""


class Caps:
    """Counts what has been taken: stories in all, in a section of the wire, by name, publisher and page of the link."""

    def __init__(self, *, shape: Shape, desk: Desk) -> None:
        """Begin with nothing taken; `pages` are those that the stories taken lead to."""
        self._shape, self._desk = shape, desk
        self._sections: Counter[str] = Counter()
        self._publishers: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self.pages: set[str] = set()

    def refuse(self, story: Ranked, taken: int) -> str:
        """Return why the edition, which has `taken` stories, cannot take this one, or an empty string."""
        if taken >= self._shape.news:
            return f"the edition is full at {self._shape.news} stories"
        first = self._first(story)
        if page(first) in self.pages:
            return "a story above leads to the same page"
        if self._publishers[first.publisher] >= self._shape.per_publisher:
            return f"{first.publisher} already stands first in {self._shape.per_publisher} stories"
        return ""

    def full_name(self, story: Ranked) -> str:
        """Return the first name in the story of which enough stories stand above the wire, or an empty string."""
        return next((name for name in names(story, self._desk) if self._names[name] >= self._shape.per_name), "")

    def crowding(self, story: Ranked) -> int:
        """Return the points that a story must have more than those of other sections, for its own has its share."""
        return BEND * max(0, 1 + self._sections[story.section] - self._shape.per_section)

    def in_section(self, story: Ranked) -> int:
        """Return how many stories of its section stand on the wire."""
        return self._sections[story.section]

    def count(self, story: Ranked, taken: int) -> None:
        """Write down that the story was taken, as number `taken`."""
        first = self._first(story)
        self.pages.add(page(first))
        self._publishers[first.publisher] += 1
        if taken > self._shape.top:
            self._sections[story.section] += 1
        else:
            self._names.update(names(story, self._desk))

    def _first(self, story: Ranked) -> Item:
        return headline(leading(story, self._desk), sources=self._desk.sources)


def page(item: Item) -> str:
    """Return what the addresses of one page have in common, however they are written."""
    return item.url.partition("://")[2].removeprefix("www.").rstrip("/")

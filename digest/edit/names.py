"""A story -> the people and events it is about."""

from collections import Counter

from digest.edit.piece import Desk
from digest.lexicon.find import find
from digest.lexicon.value import PEOPLE, Category
from digest.model.story import Ranked

ABOUT = PEOPLE | {Category.EVENT}
"""What a day's biggest event is told under. Parties, offices and places stand in headlines of everything."""


def names(ranked: Ranked, desk: Desk) -> tuple[str, ...]:
    """Return the people and events that more than half of a story's headlines name, those in most first."""
    reports = ranked.story.reports
    counts = Counter(
        name
        for item in reports
        for name in {
            found.name for found in find(desk.lexicon, item.title, item.published.date()) if found.category in ABOUT
        }
    )
    about = [name for name, count in counts.items() if 2 * count > len(reports)]
    return tuple(sorted(about, key=lambda name: (-counts[name], name)))

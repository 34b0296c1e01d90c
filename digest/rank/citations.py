"""The texts of a story -> which publishers the others credit («The Mirror reported»)."""

import re
from collections.abc import Sequence

from digest.model.news import Item

_SAYS = r"(?:has |have )?(?:reported|reports|revealed|reveals|told|learned|learnt|understands|disclosed|first reported)"
_CREDIT = r"(?:[Aa]ccording to|in|told|by|seen by|first reported by|reported by|revealed by)"


def credited(items: Sequence[Item]) -> tuple[str, ...]:
    """Return the publishers of `items` that an item of another publisher names as its source, alphabetically."""
    publishers = sorted({item.publisher for item in items})
    return tuple(publisher for publisher in publishers if any(_credits(item, publisher) for item in items))


def _credits(item: Item, publisher: str) -> bool:
    if item.publisher == publisher:
        return False
    name = re.escape(re.sub(r"^the\s+", "", publisher, flags=re.IGNORECASE))
    said = rf"\b(?:[Tt]he\s+)?{name}\s+{_SAYS}\b"
    per = rf"\b{_CREDIT}\s+(?:[Tt]he\s+)?{name}\b"
    return bool(re.search(f"{said}|{per}", f"{item.title} {item.summary}"))

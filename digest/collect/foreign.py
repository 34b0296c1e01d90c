"""What of an item its own publisher's feeds gave, and what others did (`Item.foreign`).

An aggregator may carry a publisher's article, and say whatever it likes of it: what it gives helps
us to recognise its own entries again, and nothing else as soon as the publisher has spoken.
"""

from collections.abc import Collection, Iterable
from typing import Literal

from digest.model.news import Item

Name = Literal["sources", "urls", "guids", "titles"]
"""The fields of an item whose values may be foreign."""


def lines(name: Name, values: Iterable[str]) -> tuple[str, ...]:
    """Values of one field as they stand in `Item.foreign`."""
    return tuple(f"{name} {value}" for value in values)


def own(item: Item, name: Name) -> tuple[str, ...]:
    """Those values of a field that a feed of the item's publisher gave."""
    return tuple(value for value in getattr(item, name) if not _is_foreign(item.foreign, name, value))


def others(item: Item, name: Name) -> tuple[str, ...]:
    """Those that only other sources gave."""
    return tuple(value for value in getattr(item, name) if _is_foreign(item.foreign, name, value))


def has_spoken(item: Item) -> bool:
    """Whether the item's own publisher ever gave it, or only aggregators did."""
    return bool(own(item, "sources"))


def _is_foreign(foreign: Collection[str], name: Name, value: str) -> bool:
    return bool(foreign) and f"{name} {value}" in foreign

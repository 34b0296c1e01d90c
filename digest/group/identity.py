"""Groups of items -> the names of their stories: a story keeps its own from run to run and day to day."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from digest.model.news import Item


def identities(clusters: Sequence[Sequence[Item]], previous: Mapping[str, str]) -> list[str]:
    """Return an id for each cluster: that of the earlier story that shares most items with it, which nobody else gets.

    `previous` maps item ids to the story they were in; a cluster without such an item is named by its earliest.
    """
    claims = sorted(
        (-count, old, number)
        for number, members in enumerate(clusters)
        for old, count in Counter(previous[item.id] for item in members if item.id in previous).items()
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, number in claims:
        if number not in ids and old not in taken:
            ids[number] = old
            taken.add(old)
    return [ids.get(number) or _new_id(members, taken) for number, members in enumerate(clusters)]


def _new_id(members: Sequence[Item], taken: set[str]) -> str:
    """Return an id made from the earliest item whose id no standing story bears."""
    for item in sorted(members, key=lambda item: (item.first_seen, item.id)):
        story_id = hashlib.sha256(b"story\0" + item.id.encode()).hexdigest()[:8]
        if story_id not in taken:
            taken.add(story_id)
            return story_id
    return _longer_id(members)


def _longer_id(members: Sequence[Item]) -> str:
    # Every short id of this story's items is borne by stories that were split from it: name it by all of them.
    return hashlib.sha256(b"story\0" + b"\0".join(item.id.encode() for item in members)).hexdigest()[:12]

"""Builder: a raw entry with defaults that are ordinary."""

from typing import Any

from digest.collect.raw import RawEntry


def raw(**given: Any) -> RawEntry:
    values: dict[str, Any] = {
        "guid": "g-1",
        "title": "Reed quits the cabinet",
        "links": ("https://post.example/1",),
        "base": "https://post.example/feed",
    }
    return RawEntry(**(values | given))

"""Values for tests, with defaults that are ordinary."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from digest.app.shipped import lexicon_texts
from digest.lexicon.load import load
from digest.model.news import Item, Kind, SectionName, Source
from digest.model.story import Cause, Continuity, Novelty, Ranked, Reason, Relevance, Story, Told

NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
LEXICON = load(lexicon_texts())


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def item(title: str = "Labour council votes to save the library", **given: Any) -> Item:
    """An item whose id, address and publisher follow from its title unless they are given."""
    name = given.pop("name", "".join(c for c in title.lower() if c.isalnum())[:24])
    publisher = given.get("publisher", "The Lantern")
    published = given.get("published", hours_ago(3))
    values: dict[str, Any] = {
        "id": f"{name}-{publisher}",
        "publisher": publisher,
        "url": f"https://{publisher.lower().replace(' ', '')}.example/{name}",
        "title": title,
        "summary": "",
        "author": "",
        "kind": Kind.NEWS,
        "published": published,
        "first_seen": published,
        "last_seen": published,
        "position": 0,
        "sources": (publisher.lower().replace(" ", "-"),),
        "titles": (title,),
        "urls": (f"https://{publisher.lower().replace(' ', '')}.example/{name}",),
        "guids": (name,),
    }
    return Item(**(values | given))


def source(publisher: str = "The Lantern", **given: Any) -> Source:
    slug = publisher.lower().replace(" ", "-")
    values: dict[str, Any] = {
        "id": slug,
        "name": publisher,
        "url": f"https://{slug}.example/rss",
        "publisher": publisher,
    }
    return Source(**(values | given))


def sources(*publishers: str) -> dict[str, Source]:
    return {one.id: one for one in map(source, publishers)}


def story(*items: Item, **given: Any) -> Story:
    chosen = items or (item(),)
    return Story(**({"id": f"story-{chosen[0].id}", "items": tuple(chosen)} | given))


def ranked(*items: Item, score: int = 50, **given: Any) -> Ranked:
    told = story(*items)
    values: dict[str, Any] = {
        "story": told,
        "voices": len({one.publisher for one in told.items}),
        "relevance": Relevance(score=0.9, mentions=()),
        "section": SectionName.GOVERNMENT,
        "continuity": Continuity(novelty=Novelty.NEW),
        "reasons": (Reason(cause=Cause.PUBLISHERS, points=score, why="told by many"),),
    }
    return Ranked(**(values | given))


def told(*titles: str, items: Sequence[str] = (), story_id: str = "old", day: str = "2026-05-14") -> Told:
    return Told(story_id=story_id, day=day, headline=titles[0], item_ids=tuple(items), titles=titles)

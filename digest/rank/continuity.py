"""A story against what was told in the last seven editions -> new, developing or repeat."""

from collections.abc import Sequence

from digest.model.news import Item, Kind
from digest.model.story import Continuity, Novelty, Story, Told
from digest.text.tokens import content_words, jaccard

SAME_HEADLINE = 0.6
"""Share of words from which a headline says what was told before."""

NEW_WORDS = 3
"""So many words that no earlier headline of the story had make a development."""


def continuity(story: Story, told: Sequence[Told]) -> Continuity:
    """Return what readers know of `story`; `told` is the memory of the last editions, newest first.

    A story is known again by its id, by any of its items, or by a headline that says the same; so
    neither a flapping guid nor an edited headline makes old news new.
    """
    earlier = [memory for memory in told if _is_same(story, memory)]
    if not earlier:
        return Continuity(novelty=Novelty.NEW)
    known_items = {item_id for memory in earlier for item_id in memory.item_ids}
    known_words = {word for memory in earlier for title in memory.titles for word in content_words(title)}
    fresh = [item for item in story.items if item.id not in known_items and item.kind is not Kind.COMMENT]
    newest = max((item for item in fresh if _is_news(item, earlier, known_words)), key=_by_time, default=None)
    if newest is None:
        return Continuity(novelty=Novelty.REPEAT, told_on=earlier[0].day)
    return Continuity(novelty=Novelty.DEVELOPING, since=newest.title, told_on=earlier[0].day)


def _is_same(story: Story, memory: Told) -> bool:
    if story.id == memory.story_id or any(item.id in memory.item_ids for item in story.items):
        return True
    return any(_says_the_same(item.title, memory.titles) for item in story.items)


def _is_news(item: Item, earlier: Sequence[Told], known_words: set[str]) -> bool:
    if any(_says_the_same(item.title, memory.titles) for memory in earlier):
        return False
    return len(set(content_words(item.title)) - known_words) >= NEW_WORDS


def _says_the_same(title: str, titles: Sequence[str]) -> bool:
    words = frozenset(content_words(title))
    return any(jaccard(words, frozenset(content_words(other))) >= SAME_HEADLINE for other in titles)


def _by_time(item: Item) -> tuple[str, str]:
    return item.published.isoformat(), item.id

"""A story against what was told in the last seven editions -> new, developing or repeat."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from digest.model.news import Item, Kind, Medium
from digest.model.story import Continuity, Novelty, Story, Told
from digest.rank.consequence import Tells, tells
from digest.text.tokens import content_words, jaccard

SAME_HEADLINE = 0.6
"""Share of words from which a headline says what was told before."""

TELLING = 4
"""A headline of fewer words of content is told again only word for word, and a live page's never: it is a rubric."""

NEW_WORDS = 3
"""So many words that no earlier headline of the story had make a development."""


def continuity(story: Story, told: Sequence[Told]) -> Continuity:
    """Return what readers know of `story`; `told` is the memory of the last editions, newest first.

    A story is known again by its id, by any of its items, or by a headline that says the same; so
    neither a flapping guid nor an edited headline makes old news new. New in a known story is only a written report
    of something done or said (no live page, which only moves on) that came out since the day it was told, and whose
    headline has words that no headline had before.
    """
    earlier = [memory for memory in told if _is_same(story, memory)]
    if not earlier:
        return Continuity(novelty=Novelty.NEW)
    known_items = {item_id for memory in earlier for item_id in memory.item_ids}
    known_words = {word for memory in earlier for title in memory.titles for word in content_words(title)}
    told_on = max(memory.day for memory in earlier)
    fresh = [
        item
        for item in story.items
        if item.id not in known_items and _is_report_since(item, told_on) and _is_news(item, earlier, known_words)
    ]
    if not fresh:
        return Continuity(novelty=Novelty.REPEAT, told_on=told_on)
    told_by = Counter(word for item in fresh for word in set(content_words(item.title)))

    def weight(item: Item) -> tuple[object, ...]:
        """A deed before words, then what the others tell too, then the newest."""
        words = set(content_words(item.title))
        return tells(item.title).value, fmean(told_by[word] for word in words), item.published, item.id

    return Continuity(novelty=Novelty.DEVELOPING, since=max(fresh, key=weight).title, told_on=told_on)


def _is_same(story: Story, memory: Told) -> bool:
    if story.id == memory.story_id or any(item.id in memory.item_ids for item in story.items):
        return True
    return any(_says_the_same(item, memory.titles) for item in story.items)


def _is_report_since(item: Item, day: str) -> bool:
    is_report = item.kind is Kind.NEWS and item.medium is Medium.TEXT and tells(item.title) is not Tells.NOTHING
    return is_report and item.published.date().isoformat() >= day


def _is_news(item: Item, earlier: Sequence[Told], known_words: set[str]) -> bool:
    if any(_says_the_same(item, memory.titles) for memory in earlier):
        return False
    return len(set(content_words(item.title)) - known_words) >= NEW_WORDS


def _says_the_same(item: Item, titles: Sequence[str]) -> bool:
    words = frozenset(content_words(item.title))
    if len(words) < TELLING:
        return item.kind is not Kind.LIVE and any(words == frozenset(content_words(title)) for title in titles)
    return any(jaccard(words, frozenset(content_words(title))) >= SAME_HEADLINE for title in titles)

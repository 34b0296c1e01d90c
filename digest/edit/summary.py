"""A story's items -> one to three sentences, each taken whole from one item with its span. Nothing is written anew."""

import re
from collections.abc import Sequence

from digest.model.edition import Sentence
from digest.model.news import Item, Kind
from digest.text.sentences import sentences
from digest.text.tokens import content_words

_WHOLE = re.compile(r"[.!?][\"'”’)]*$")
_TEASER = re.compile(
    r"\b(?:read more|click here|find out|follow (?:our|the) live|live updates|here['’]s)\b", re.IGNORECASE
)

SAME_AS_HEADLINE = 0.8
"""Share of a sentence's words found in the headline from which it only says the headline again."""


def summary(items: Sequence[Item], *, headline: Item, most: int, words: int) -> tuple[Sentence, ...]:
    """Return at most `most` sentences of at most `words` words in all, from one item of the story.

    The item with the headline speaks first; where it has no usable sentence, the next by time does.
    A feed that gave only headlines gives no sentence: the headline then stands alone.
    """
    others = sorted((item for item in items if item.id != headline.id), key=lambda item: (item.published, item.id))
    speakers = [headline, *(item for item in others if item.kind is not Kind.COMMENT)]
    for item in speakers:
        chosen = _take(item, headline.title, most=most, words=words)
        if chosen:
            return chosen
    return ()


def _take(item: Item, title: str, *, most: int, words: int) -> tuple[Sentence, ...]:
    chosen: list[Sentence] = []
    for span in sentences(item.summary):
        count = len(span.text.split())
        if not _is_usable(span.text, title):
            if chosen:
                break
            continue
        if len(chosen) == most or count > words:
            break
        words -= count
        chosen.append(Sentence(text=span.text, item_id=item.id, start=span.start, end=span.end))
    return tuple(chosen)


def _is_usable(sentence: str, title: str) -> bool:
    """Say whether a sentence is whole, tells something beyond the headline and is no teaser."""
    said = set(content_words(sentence))
    if not said or not _WHOLE.search(sentence) or _TEASER.search(sentence):
        return False
    return len(said & set(content_words(title))) / len(said) < SAME_AS_HEADLINE

"""A publisher's text -> the journalism in it, and what was taken out."""

import re
from functools import lru_cache

from digest.text.noise import (
    BY_PUBLISHER,
    ENDINGS,
    HEADS,
    LONGEST_POST,
    LONGEST_TAIL,
    MORE_FROM,
    NOTHING,
    POSTED,
    POSTS,
    SENTENCES,
    SHOUTED,
    SHOUTS,
    TAILS,
    Rules,
)
from digest.text.sentences import sentences


def without_boilerplate(text: str, publisher: str = "") -> tuple[str, tuple[str, ...]]:
    """Take a publisher's own noise out of plain text: (the rest, what was removed).

    Works sentence by sentence; the sentences that stay are word for word as they were. What is
    left holds no more boilerplate: a second call removes nothing.
    """
    own = BY_PUBLISHER.get(_key(publisher), NOTHING)
    removed: list[str] = []
    sound: set[str] = set()
    while True:
        trimmed, cut = _trim(text)
        text, dropped = _sift(trimmed, own, publisher, sound)
        if not cut and not dropped:
            return text, tuple(removed)
        removed += [*cut, *dropped]


def _trim(text: str) -> tuple[str, list[str]]:
    """Cut what is shouted anywhere and what hangs on either end."""
    removed: list[str] = []
    if any(shout in text for shout in SHOUTS):
        removed += [found.group().strip() for found in SHOUTED.finditer(text)]
        text = SHOUTED.sub(" ", text)
    if head := HEADS.match(text):
        removed.append(head.group().strip())
        text = text[head.end() :]
    if tail := _tail(text):
        removed.append(tail.group().strip())
        text = text[: tail.start()]
    return " ".join(text.split()) if removed else text, removed


def _tail(text: str) -> re.Match[str] | None:
    """What hangs on the end, behind which a bullet parts nothing; looked for only where a word of it stands."""
    text = text.rstrip(" •")
    at = text.find(POSTED, max(0, len(text) - LONGEST_POST))
    while at >= 0:
        if post := POSTS.match(text, at):
            return post
        at = text.find(POSTED, at + 1)
    ending = text[-LONGEST_TAIL:]
    return TAILS.search(text, len(text) - len(ending)) if any(hint in ending for hint in ENDINGS) else None


def _sift(text: str, own: Rules, publisher: str, sound: set[str]) -> tuple[str, list[str]]:
    """Part the sentences that stay from those that go; `sound` remembers those found to be in order."""
    kept: list[str] = []
    removed: list[str] = []
    for sentence in sentences(text):
        if sentence.text not in sound and _is_boilerplate(sentence.text, own, publisher):
            removed.append(sentence.text)
        else:
            sound.add(sentence.text)
            kept.append(sentence.text)
    return " ".join(kept), removed


def _is_boilerplate(sentence: str, own: Rules, publisher: str) -> bool:
    """Whether a rule covers the whole sentence."""
    if sentence[:1] in {"M", "m"} and publisher and sentence.casefold().startswith(f"more from {publisher.casefold()}"):
        return True
    bare = sentence.strip("*•–—-|→» ").replace("’", "'").replace("‘", "'")
    lower = bare.lower()
    return bool(
        SENTENCES.fullmatch(lower) or own.fullmatch(lower) or (bare.startswith("More") and MORE_FROM.fullmatch(bare))
    )


@lru_cache(maxsize=256)
def _key(publisher: str) -> str:
    """A publisher's name as the table writes it."""
    return re.sub(r"[\W_]+", "", publisher.casefold())

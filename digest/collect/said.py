"""What sources say of an article, now and before -> what is believed: a word is taken back only by who gave it.

Feeds differ for good: a section's feed may carry another headline or excerpt than the front
page's, or lag behind by hours, and in any run some of them do not answer. Whoever spoke last can
therefore not be right, or such an article would be «edited» at every poll. We remember what each
source said last.

Not told apart: two feeds that both flip between two headlines, one behind the other.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.collect.foreign import has_spoken, own
from digest.model.news import Entry, Item

FIELDS = ("title", "summary", "author", "picture")
"""What sources may differ in; the order of the fingerprints in `Item.said`."""

NOTHING = "-"
"""The fingerprint of a field that a source never filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of an article: the item as it was, and the entries of now, the one to believe last.

    `ours` are those of its publisher's own feeds, `theirs` those of others. `live` are the ids of
    today's sources; without any, all are believed to live.
    """

    before: Item | None
    ours: Sequence[Entry]
    theirs: Sequence[Entry]
    live: Collection[str] = ()


def believed(field: str, now: Said) -> str:
    """The value of one of `FIELDS` as a reader should see it; an empty one never wipes out what was known.

    Others count only until the publisher's own feeds have spoken; what they said of a thing of
    which those say nothing stands until they do.
    """
    standing: str = getattr(now.before, field) if now.before else ""
    if all(getattr(entry, field) in {standing, ""} for entry in (*now.ours, *now.theirs)):
        return standing  # at nearly every poll nothing has changed
    words = [word for entry in _heard(field, now) if (word := getattr(entry, field))]
    return words[-1] if words else standing


def said(olds: Sequence[Item], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each source said last, a line each, ordered by source: its id and a fingerprint of each of `FIELDS`."""
    lines = {source_id: fingerprints for old in olds for source_id, fingerprints in _remembered(old).items()}
    for entry in entries:
        before = lines.get(entry.source_id, [NOTHING] * len(FIELDS))
        now = [_fingerprint(getattr(entry, field)) for field in FIELDS]
        lines[entry.source_id] = [last if new == NOTHING else new for new, last in zip(now, before, strict=True)]
    return tuple(" ".join((source_id, *fingerprints)) for source_id, fingerprints in sorted(lines.items()))


def _heard(field: str, now: Said) -> Sequence[Entry]:
    """The entries whose word on `field` counts."""
    speaking = [entry for entry in now.ours if getattr(entry, field)]
    if now.before and _has_said(field, now.before):
        return _changes(field, now.before, speaking, now.live)
    if speaking or now.before is None:
        return speaking or now.theirs
    return [] if has_spoken(now.before) else _changes(field, now.before, now.theirs, now.live)


def _has_said(field: str, old: Item) -> bool:
    """Whether the publisher ever spoke of this: in a feed of its own, or on the page from which the summary is."""
    if field == "title" or not old.said or (field == "summary" and old.text):
        return has_spoken(old)
    prints, ours = _remembered(old), own(old, "sources")
    return any(prints[source][FIELDS.index(field)] != NOTHING for source in ours if source in prints)


def _changes(field: str, old: Item, entries: Sequence[Entry], live: Collection[str]) -> list[Entry]:
    """The entries that take back what stands, or (before those) that bring a headline which nobody gave before.

    What nobody said who is still there is taken back by anybody; what came from the article's own
    text, by who changes what it said.
    """
    entries = _last_of_each_source(entries)
    before = {source_id: prints[FIELDS.index(field)] for source_id, prints in _remembered(old).items()}
    if field == "title":
        unseen = [entry for entry in entries if entry.source_id in before and entry.title not in old.titles]
        if unseen:
            return unseen
    standing = _fingerprint(getattr(old, field))
    if not before and len(old.sources) == 1:
        before = dict.fromkeys(old.sources, standing)
    givers = {source_id for source_id, last in before.items() if last == standing}
    if not givers:
        return [entry for entry in entries if _differs(field, entry, before.get(entry.source_id))]
    if live and givers.isdisjoint(live):
        return list(entries)
    return [entry for entry in entries if entry.source_id in givers and _differs(field, entry, standing)]


def _differs(field: str, entry: Entry, last: str | None) -> bool:
    """Whether a source says something else than it did; not where it never spoke of the article."""
    return last is not None and _fingerprint(getattr(entry, field)) not in {last, NOTHING}


def _last_of_each_source(entries: Sequence[Entry]) -> list[Entry]:
    """One entry a source, in the order given: one document may hold an article and its edit."""
    last = {entry.source_id: entry for entry in entries}
    return [entry for entry in entries if last[entry.source_id] is entry]


def _remembered(old: Item) -> dict[str, list[str]]:
    """The fingerprints of each source's last words; of an item from before we kept them, none."""
    lines = (line.rsplit(" ", len(FIELDS)) for line in old.said)
    return {source_id: fingerprints for source_id, *fingerprints in lines}


def _fingerprint(word: str) -> str:
    """Eight hex digits: that two words of one article meet in them is one in billions, and would hide one edit."""
    return hashlib.sha256(word.encode()).hexdigest()[:8] if word else NOTHING

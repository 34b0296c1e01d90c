"""What sources say of an article, now and before -> what is believed: a word is taken back only by who gave it.

Feeds differ for good: a section's feed may carry another headline or excerpt than the front
page's, or lag behind by hours, and in any run some of them do not answer. Whoever spoke last can
therefore not be right, or such an article would be «edited» at every poll. We remember what each
source said last.

Not told apart: two feeds that both flip between two headlines, one behind the other.
"""

import hashlib
from collections.abc import Sequence

from digest.collect.address import is_aggregator
from digest.model.news import Entry, Item

FIELDS = ("title", "summary", "author", "picture")
"""What sources may differ in; the order of the fingerprints in `Item.said`."""

NOTHING = "-"
"""The fingerprint of a field that a source never filled."""


def believed(field: str, old: Item | None, entries: Sequence[Entry]) -> str:
    """The value of one of `FIELDS` as a reader should see it; an empty one never wipes out what was known.

    `entries` are the sightings of now, the one to believe last; `old` is the item as it was.
    """
    standing: str = getattr(old, field) if old else ""
    if all(getattr(entry, field) in {standing, ""} for entry in entries):
        return standing  # at nearly every poll nothing has changed
    words = [getattr(entry, field) for entry in _heard(field, old, entries)]
    return next((word for word in reversed(words) if word), standing)


def said(olds: Sequence[Item], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each source said last, a line each, ordered by source: its id and a fingerprint of each of `FIELDS`."""
    lines = {source_id: fingerprints for old in olds for source_id, fingerprints in _remembered(old).items()}
    for entry in entries:
        before = lines.get(entry.source_id, [NOTHING] * len(FIELDS))
        now = [_fingerprint(getattr(entry, field)) for field in FIELDS]
        lines[entry.source_id] = [last if new == NOTHING else new for new, last in zip(now, before, strict=True)]
    return tuple(" ".join((source_id, *fingerprints)) for source_id, fingerprints in sorted(lines.items()))


def _heard(field: str, old: Item | None, entries: Sequence[Entry]) -> list[Entry]:
    """The entries whose word on `field` counts: of an aggregator's none as soon as the publisher has spoken."""
    if old is None:
        return list(entries)
    own = [entry for entry in entries if not is_aggregator(entry.url)]
    if is_aggregator(old.url) and own:
        return own
    return _changes(field, old, _last_of_each_source(entries if is_aggregator(old.url) else own))


def _changes(field: str, old: Item, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that take back what stands, or (before those) that bring a headline which nobody gave before."""
    before = {source_id: prints[FIELDS.index(field)] for source_id, prints in _remembered(old).items()}
    if field == "title":
        unseen = [entry for entry in entries if entry.source_id in before and entry.title not in old.titles]
        if unseen:
            return unseen
    standing = _fingerprint(getattr(old, field))
    unknown = dict.fromkeys(old.sources, standing) if len(old.sources) == 1 else {}
    gave = [entry for entry in entries if (unknown | before).get(entry.source_id, NOTHING) == standing]
    return [entry for entry in gave if _fingerprint(getattr(entry, field)) != standing]


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

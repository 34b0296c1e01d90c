"""Replayed mornings -> what an editor asks of each: what led and why, what changed, what was left out, in counts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.edit.explanation import Explanation, explanation, placed
from digest.model.edition import LeftOut, Piece
from digest.model.story import Novelty
from digest.pipeline.replay import Morning
from digest.render.lanes import Chart, Told, lanes

TOP = ("Lead", "Five")
"""How the places begin that a reader is sure to see."""

MOST_LEFT_OUT = 15
"""Left-out stories that are listed one by one, the best first; all of them are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One piece, where it stands, and why; no explanation where a story was printed that is not in the ranking."""

    where: str
    piece: Piece
    why: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A story that led or was among the five last time and no longer is: where it stood, and what became of it."""

    headline: str
    story_id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One edition, looked back on. `whys` counts the left-out stories by reason, the commonest first."""

    morning: Morning
    top: tuple[Printed, ...]
    rest: tuple[Printed, ...]
    entered: frozenset[str]
    gone: tuple[Gone, ...]
    left_out: tuple[LeftOut, ...]
    whys: tuple[tuple[str, int], ...]
    counts: tuple[tuple[str, int], ...]


def look_back(mornings: Sequence[Morning]) -> tuple[Look, ...]:
    """Return a look at each edition, each against the one of the same newsletter before it, in their order."""
    last: dict[str, Look] = {}
    looks = []
    for morning in mornings:
        newsletter = morning.record.newsletter
        look = last[newsletter] = _look(morning, last.get(newsletter))
        looks.append(look)
    return tuple(looks)


def _look(morning: Morning, before: Look | None) -> Look:
    edition = morning.judgement.edition
    printed = _printed(morning)
    top = tuple(one for one in printed if one.where.startswith(TOP))
    ids, known = {one.piece.story_id for one in top}, {one.piece.story_id for one in before.top} if before else set()
    best = sorted(edition.left_out, key=lambda one: (-one.score, one.story_id))
    whys = Counter(one.why.partition(":")[0] for one in edition.left_out)
    return Look(
        morning=morning,
        top=top,
        rest=tuple(one for one in printed if not one.where.startswith(TOP)),
        entered=frozenset(ids - known) if before else frozenset(),
        gone=tuple(_gone(one, morning) for one in before.top if one.piece.story_id not in ids) if before else (),
        left_out=tuple(best[:MOST_LEFT_OUT]),
        whys=tuple(sorted(whys.items(), key=lambda why: (-why[1], why[0]))),
        counts=_counts(morning),
    )


def _printed(morning: Morning) -> tuple[Printed, ...]:
    by_id = {ranked.story.id: ranked for ranked in morning.judgement.ranked}
    return tuple(
        Printed(where=where, piece=piece, why=explanation(morning.judgement, by_id[piece.story_id]))
        for where, piece in placed(morning.judgement.edition)
    )


def _gone(one: Printed, morning: Morning) -> Gone:
    ranked = next((ranked for ranked in morning.judgement.ranked if ranked.story.id == one.piece.story_id), None)
    fate = explanation(morning.judgement, ranked).fate if ranked else "nobody has reported anything since"
    return Gone(headline=one.piece.headline, story_id=one.piece.story_id, before=one.where, now=fate)


def _counts(morning: Morning) -> tuple[tuple[str, int], ...]:
    ranked, edition = morning.judgement.ranked, morning.judgement.edition
    novelties = Counter(one.continuity.novelty for one in ranked)
    return (
        ("new articles", morning.new_items),
        ("articles weighed", sum(len(one.story.items) for one in ranked)),
        ("stories", len(ranked)),
        ("developing", novelties[Novelty.DEVELOPING]),
        ("repeats", novelties[Novelty.REPEAT]),
        ("printed", len(edition.pieces)),
        ("left out", len(edition.left_out)),
    )


def chart(looks: Sequence[Look]) -> Chart:
    """Draw the stories that a reader was sure to see, in the order of their first report; takes at least one look."""
    reports: dict[str, dict[str, datetime]] = {}
    places: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    labels: dict[str, str] = {}
    for look in looks:
        for ranked in look.morning.judgement.ranked:
            reports.setdefault(ranked.story.id, {}).update({item.id: item.published for item in ranked.story.items})
        for one in look.top:
            places[one.piece.story_id].append((look.morning.at, one.where))
            labels[one.piece.story_id] = one.piece.headline
    told = [
        Told(label=labels[story_id], reports=tuple(sorted(reports[story_id].values())), places=tuple(at))
        for story_id, at in places.items()
    ]
    editions = [(look.morning.at, f"{look.morning.record.day:%a} {look.morning.record.day.day}") for look in looks]
    return lanes(sorted(told, key=lambda story: (story.reports, story.label)), editions)

"""A judgement and one of its stories -> why it stands where it stands, in words and figures."""

from dataclasses import dataclass

from digest.edit.called import called
from digest.model.edition import Edition, Judgement, Piece
from digest.model.story import Join, Ranked

TOP = ("Lead", "Five")
"""How the places above the wire begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Where a story stands (`place` of `of`, from 1), what became of it, and what it would take to stand higher.

    `headline` is that under which editors know it. `above` is the story it would have to pass, `to_rise` the points
    that would do it, and `ways` what would have brought them, each alone; all are empty for the first.
    """

    ranked: Ranked
    headline: str
    place: int
    of: int
    fate: str
    above: str = ""
    to_rise: int = 0
    ways: tuple[str, ...] = ()


def explanation(judgement: Judgement, ranked: Ranked) -> Explanation:
    """Explain one of the judgement's stories; ValueError for a story that is none of them."""
    place = judgement.ranked.index(ranked)
    above = judgement.ranked[place - 1] if place else None
    return Explanation(
        ranked=ranked,
        headline=called(ranked, judgement.edition),
        place=place + 1,
        of=len(judgement.ranked),
        fate=_fate(judgement.edition, ranked.story.id),
        above=above.story.id if above else "",
        to_rise=above.score - ranked.score + 1 if above else 0,
        ways=ranked.rise if above else (),
    )


def placed(edition: Edition) -> list[tuple[str, Piece]]:
    """Return every piece of the edition in the order of print, with the place where it stands."""
    lead = [("Lead", edition.lead)] if edition.lead else []
    five = [(f"Five: {n}", piece) for n, piece in enumerate(edition.five, start=1)]
    wire = [(section.name.value, piece) for section in edition.sections for piece in section.pieces]
    comment = [(piece.kind.value.capitalize(), piece) for piece in edition.comment]
    return [*lead, *five, *wire, *comment]


def joined_by(join: Join | None) -> str:
    """What an item shares with its story, with what each counted; a dash for the item that began it."""
    if join is None:
        return "–"
    return "; ".join(f"{each.signal.value} {', '.join(each.what)} {each.weight:+.2f}" for each in join.evidence)


def _fate(edition: Edition, story_id: str) -> str:
    for where, piece in placed(edition):
        if piece.story_id == story_id:
            moved = next((one for one in edition.moved if one.story_id == story_id), None)
            return f"printed as {where}" + (f" ({moved.why})" if moved and not where.startswith(TOP) else "")
    left_out = next((one for one in edition.left_out if one.story_id == story_id), None)
    return f"left out: {left_out.why}" if left_out else "printed only as comment"

"""Two judgements of one day -> which stories stand elsewhere in the second, and why."""

from dataclasses import dataclass

from digest.edit.called import called
from digest.edit.explanation import placed
from digest.model.edition import Edition, Judgement
from digest.model.story import Cause, Ranked

OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The points that one cause gives a story, before and after."""

    cause: Cause
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A story that is printed before or after, and where: its place in the print and in the ranking, and its points.

    `changes` are the causes that give it other points; with none it was passed by others, or passed them.
    """

    story_id: str
    headline: str
    before: str
    after: str
    rank_before: int
    rank_after: int
    score_before: int
    score_after: int
    changes: tuple[Change, ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether a reader would find it in another place."""
        return self.before != self.after


def comparison(before: Judgement, after: Judgement) -> tuple[Move, ...]:
    """Return every story that either edition prints, in the order of the second, then those that it leaves out.

    Both judge the same stories; the place of each is its number in the print with its block («3, Five: 2»).
    """
    was, becomes = _places(before.edition), _places(after.edition)
    then = {one.story.id: (place, one) for place, one in enumerate(before.ranked, start=1)}
    now = {one.story.id: (place, one) for place, one in enumerate(after.ranked, start=1)}
    ids = [*becomes, *(story_id for story_id in was if story_id not in becomes)]
    return tuple(
        _move(was.get(story_id, OUT), becomes.get(story_id, OUT), then[story_id], now[story_id], after.edition)
        for story_id in ids
        if story_id in then and story_id in now
    )


def _places(edition: Edition) -> dict[str, str]:
    """Return where each story stands first, in the order of the print."""
    places: dict[str, str] = {}
    for number, (where, piece) in enumerate(placed(edition), start=1):
        places.setdefault(piece.story_id, f"{number}, {where}")
    return places


def _move(before: str, after: str, then: tuple[int, Ranked], now: tuple[int, Ranked], edition: Edition) -> Move:
    return Move(
        story_id=now[1].story.id,
        headline=called(now[1], edition),
        before=before,
        after=after,
        rank_before=then[0],
        rank_after=now[0],
        score_before=then[1].score,
        score_after=now[1].score,
        changes=_changes(then[1], now[1]),
    )


def _changes(before: Ranked, after: Ranked) -> tuple[Change, ...]:
    was = {reason.cause: reason.points for reason in before.reasons}
    becomes = {reason.cause: reason.points for reason in after.reasons}
    found = (Change(cause=cause, before=was.get(cause, 0), after=becomes.get(cause, 0)) for cause in Cause)
    return tuple(change for change in found if change.before != change.after)

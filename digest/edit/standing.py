"""The log of an edition's decisions -> those that stand; the logs of all editions -> the bonds between items."""

from collections.abc import Iterable, Sequence

from digest.errors import UsageError
from digest.model.decision import REGROUPING, Act, Decided
from digest.model.story import Bonds

Pair = tuple[str, str]


def standing(log: Sequence[Decided]) -> tuple[Decided, ...]:
    """Return the decisions that nobody has undone, oldest first; an undo that was undone itself undoes nothing."""
    undone: set[int] = set()
    kept: list[Decided] = []
    for one in reversed(log):
        if one.number in undone:
            continue
        if one.decision.act is Act.UNDO:
            undone.add(one.decision.undoes)
        else:
            kept.append(one)
    return tuple(reversed(kept))


def undoable(log: Sequence[Decided], *, by: str, number: int | None) -> Decided:
    """Return the decision that an undo means: the one with that number, else the last that stands of that person.

    Raises:
        UsageError: when there is none, or it is undone already.

    """
    kept = standing(log)
    if number is None:
        own = [one for one in kept if one.by == by]
        if not own:
            raise UsageError(
                f"no decision of {by} stands in this edition",
                mend="`digest edit history` numbers everybody’s; write the number of the one to undo.",
            )
        return own[-1]
    live = {one.number: one for one in (*kept, *_live_undos(log))}
    if number not in live:
        was = "has been undone already" if 1 <= number <= len(log) else "does not exist"
        raise UsageError(f"decision {number} {was}", mend="`digest edit history` numbers those that stand.")
    return live[number]


def bonds(logs: Iterable[Sequence[Decided]]) -> Bonds:
    """Return what all editions' standing splits and merges say of pairs of items; of a pair the latest word holds.

    A merge binds each item of one side to each of the other, a split parts them in the same way, so that what was
    said of some items goes on holding when others are gone.
    """
    said: dict[Pair, Act] = {}
    for one in sorted((one for log in logs for one in standing(log)), key=lambda one: one.at):
        if one.decision.act in REGROUPING:
            said |= dict.fromkeys(_pairs(one), one.decision.act)
    return Bonds(
        together=tuple(sorted(pair for pair, act in said.items() if act is Act.MERGE)),
        apart=tuple(sorted(pair for pair, act in said.items() if act is Act.SPLIT)),
    )


def _live_undos(log: Sequence[Decided]) -> list[Decided]:
    """Return the undos that stand: undoing one of them restores what it had undone."""
    undone: set[int] = set()
    live = []
    for one in reversed(log):
        if one.decision.act is Act.UNDO and one.number not in undone:
            undone.add(one.decision.undoes)
            live.append(one)
    return live


def _pairs(one: Decided) -> list[Pair]:
    return [
        (min(item, other), max(item, other))
        for item in one.decision.items
        for other in one.decision.others
        if item != other
    ]

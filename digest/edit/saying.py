"""A decision -> the words in which a history, an explanation or a proof tells of it."""

from digest.edit.decisions import story_of
from digest.model.decision import Act, Decided, Decision
from digest.model.edition import Judgement
from digest.model.story import Ranked

SAID = {
    Act.SPIKE: "spiked {story}",
    Act.PIN: "pinned {story}",
    Act.LEAD: "made {story} the lead",
    Act.MOVE: "moved {story} to {where}",
    Act.SPLIT: "split {items} from {story}",
    Act.MERGE: "merged {others} into {story}",
    Act.RETITLE: "retitled {story}",
    Act.SUMMARY: "wrote the summary of {story}",
    Act.KICKER: "wrote the kicker of {story}",
    Act.NOTE: "wrote the note",
    Act.DIARY: "wrote the diary, {lines}",
    Act.CORRECTION: "corrected the edition of {day}",
    Act.UNDO: "undid decision {undoes}",
}


def said(decision: Decision) -> str:
    """Say what was done, as in «spiked “Library saved”»; its reason or new words stand in `decision.text`."""
    return SAID[decision.act].format(
        story=f"“{decision.headline}”",
        where=decision.section.value if decision.section else f"place {decision.place}",
        items=_counted(len(decision.items), "item"),
        others=_counted(len(decision.others), "item"),
        lines=_counted(len(decision.lines), "line"),
        day=decision.day,
        undoes=decision.undoes,
    )


def told(one: Decided) -> str:
    """Say the same with its number, its reason or words, and whose decision it was."""
    text = f": {one.decision.text}" if one.decision.text else ""
    return f"{one.number}. {said(one.decision)}{text} ({one.by}, {one.at:%d %b %H:%M} UTC)"


def said_of(judgement: Judgement, ranked: Ranked) -> tuple[str, ...]:
    """Say what editors decided about one story, oldest first, and which headline a publisher's own was before."""
    about = (one for one in judgement.decisions if story_of(one.decision, judgement.ranked) is ranked)
    pieces = (piece for piece in judgement.edition.pieces if piece.story_id == ranked.story.id and piece.original)
    return (*map(told, about), *(f"The publisher’s own headline is “{piece.original}”." for piece in pieces))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

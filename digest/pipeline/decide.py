"""Decide: an editor's word on an edition -> the log, and the edition as it then is.

The edition is made again from what was judged when it was drafted, never from what has come in since: a decision
cannot shift stories that it is not about. `digest draft` is what takes in new items; every decision that stands is
applied to its draft too.
"""

from datetime import datetime

from digest.edit.codec import dump, load
from digest.edit.saying import said
from digest.edit.standing import standing
from digest.errors import EditionRefused, Overtaken
from digest.model.decision import Decided, Decision
from digest.model.mail import EditionRecord
from digest.model.schedule import Schedule
from digest.pipeline.draft import REPLACEABLE, looks_back, outcome
from digest.pipeline.line import Line
from digest.pipeline.printing import Drafted, printed

TRIES = 5
"""How often a decision is made again after another editor was faster: a decision names its story, not what was seen."""

MENDS = {
    "approved": "`digest hold --by NAME` takes the signature back; then decide, and sign again.",
}
"""What to do about an edition that is closed, by its state."""

IN_HANDS = "what readers have cannot be changed: correct it with `digest edit correction` in the next edition."


def decide(record: EditionRecord, decision: Decision, *, by: str, now: datetime, line: Line) -> EditionRecord:
    """Write the decision down with who and when, make the edition again and return it as it then stands.

    Raises:
        EditionRefused: when the edition is signed, being sent, or over.
        Overtaken: when others were faster every time.

    """
    for _ in range(TRIES):
        _refuse_closed(record)
        log = line.editions.decisions(record.id)
        made = Decided(number=len(log) + 1, at=now, by=by, decision=decision)
        drafted = redrafted(record, standing((*log, made)), line)
        if _kept(record, made, drafted, line):
            line.items.save_stories((one.story for one in drafted.judgement.ranked), at=now)
            return line.editions.get(record.id)
        record = line.editions.get(record.id)
    raise Overtaken(
        f"others changed the edition of {record.day} each time", mend="look at it with `digest show` and say it again."
    )


def redrafted(record: EditionRecord, decisions: tuple[Decided, ...], line: Line) -> Drafted:
    """Return what the drafted edition becomes by these decisions; nothing is written down."""
    base = load(record.drafted_json or record.edition_json)
    told = line.editions.told(record.newsletter, before=record.day)
    schedule, now = _schedule(record, line), record.drafted_at or line.clock()
    since = looks_back(schedule, record.day, now, line)
    return printed(schedule, base, decisions=decisions, told=told, since=since, now=now, line=line)


def _kept(record: EditionRecord, made: Decided, drafted: Drafted, line: Line) -> bool:
    state, reason = outcome(drafted, record, line)
    return line.editions.decide(
        record,
        made,
        what=said(made.decision),
        edition=drafted.judgement.edition,
        edition_json=dump(drafted.judgement),
        drafted_json=dump(drafted.base) if drafted.base else "",
        email=drafted.email,
        state=state,
        reason=reason,
    )


def _schedule(record: EditionRecord, line: Line) -> Schedule:
    found = next((one for one in line.newsroom.schedules if one.newsletter == record.newsletter), None)
    if found is None:
        raise EditionRefused(
            f"{record.newsletter} is in no schedule any more", mend="bring its file in schedules/ back to edit it."
        )
    return found


def _refuse_closed(record: EditionRecord) -> None:
    if record.state not in REPLACEABLE:
        raise EditionRefused(
            f"the edition of {record.day} is {record.state.value} and can be edited only while it is draft or held",
            mend=MENDS.get(record.state.value, IN_HANDS),
        )

"""Replay: days that are past -> the editions they would have had, on a clock whose hands are turned."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from digest.edit.codec import load
from digest.errors import EditionRefused
from digest.model.edition import Judgement
from digest.model.feed import CollectReport
from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Schedule, Slot
from digest.pipeline.approve import approve
from digest.pipeline.draft import CONTEXT, draft
from digest.pipeline.line import Line
from digest.pipeline.send import send
from digest.pipeline.withhold import withhold
from digest.schedule import slot

BY = "digest replay"
"""Who signs a replayed edition."""

Gather = Callable[[datetime], CollectReport | None]
"""Lets come in what had come in by an instant; None where it is all there already."""


class Hands:
    """A clock that shows what it was last turned to (aware UTC)."""

    def __init__(self, moment: datetime) -> None:
        """Begin at `moment`."""
        self.moment = moment

    def __call__(self) -> datetime:
        """Return what the clock shows."""
        return self.moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One edition that was replayed, with the whole judgement behind it.

    `at` is its deadline. `new_items` came in since the edition before (since the replay began, for the first one);
    `failed` are the sources that gave nothing at some time in between.
    """

    at: datetime
    record: EditionRecord
    judgement: Judgement
    new_items: int
    failed: tuple[str, ...]


def replay(
    days: Sequence[date],
    newsletters: Sequence[str],
    *,
    line: Line,
    hands: Hands,
    gather: Gather,
    every: timedelta,
) -> Iterator[Morning]:
    """Walk through the days: gather at every step and before each draft, draft, sign and send at the deadline.

    Begins `CONTEXT` before the first day, so that its stories have a past. `line.clock` must be `hands`. Yields
    each edition as soon as it has gone out, is empty or is held by its checks; days on which a schedule
    is closed have none.
    """
    moment = datetime.combine(min(days), time(), UTC) - CONTEXT
    for schedule, due in _slots(days, newsletters, line):
        reports = []
        while moment < due.draft_at:
            reports.append(_gathered(moment, gather, hands))
            moment += every
        reports.append(_gathered(due.draft_at, gather, hands))
        record = draft(schedule, day=due.day, now=due.draft_at, line=line, may_replace=False)
        hands.moment = due.deadline
        yield _morning(due.deadline, _sent(record, line), [report for report in reports if report])


def _slots(days: Sequence[date], newsletters: Sequence[str], line: Line) -> list[tuple[Schedule, Slot]]:
    """Return every appointment of the days, in order of drafting."""
    chosen = [schedule for schedule in line.newsroom.schedules if schedule.newsletter in newsletters]
    found = [(schedule, slot(schedule, day)) for day in days for schedule in chosen]
    due = [(schedule, appointment) for schedule, appointment in found if isinstance(appointment, Slot)]
    return sorted(due, key=lambda one: (one[1].draft_at, one[0].newsletter))


def _gathered(moment: datetime, gather: Gather, hands: Hands) -> CollectReport | None:
    hands.moment = moment
    return gather(moment)


def _sent(record: EditionRecord, line: Line) -> EditionRecord:
    """Sign and send a draft; what its checks refuse is held, with the reason."""
    if record.state is not EditionState.DRAFT:
        return record
    try:
        signed = approve(record, by=BY, now=line.clock(), line=line)
    except EditionRefused as refused:
        return withhold(record, by=BY, reason=refused.detail, now=line.clock(), line=line)
    send(signed, line=line)
    return line.editions.get(record.id)


def _morning(at: datetime, record: EditionRecord, reports: Sequence[CollectReport]) -> Morning:
    return Morning(
        at=at,
        record=record,
        judgement=load(record.edition_json),
        new_items=sum(report.new_items for report in reports),
        failed=tuple(sorted({line.source_id for report in reports for line in report.failed})),
    )

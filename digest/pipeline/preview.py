"""Preview: an edition as editors may look at it on any day, with what the checks find; nothing is written."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from digest.edit.codec import load
from digest.errors import UsageError
from digest.model.edition import Judgement
from digest.model.mail import EditionRecord, Email, Finding
from digest.model.schedule import Schedule
from digest.pipeline.checking import findings
from digest.pipeline.draft import REPLACEABLE, judge
from digest.pipeline.line import Line
from digest.pipeline.printing import letter
from digest.schedule import local_day


class Basis(StrEnum):
    """What the letter that is shown was made from."""

    NOW = "now"
    DRAFT = "draft"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An edition to be looked at: the judgement, its mail (None for an empty edition), what the checks find.

    `record` is the stored edition, None where there is none yet and a draft was judged instead.
    """

    schedule: Schedule
    day: date
    basis: Basis
    record: EditionRecord | None
    judgement: Judgement
    email: Email | None
    findings: tuple[Finding, ...]


def preview(schedule: Schedule, *, day: date, now: datetime, line: Line) -> Preview:
    """Return the edition of `day`: frozen bytes once it is signed, else its draft in the templates of today.

    Where there is no edition of today yet, it is what a draft would be at `now`.

    Raises:
        UsageError: for another day that has no edition.
        TemplateError: when a draft cannot be rendered.

    """
    record = line.editions.find(schedule.newsletter, day)
    if record is None:
        return _judged(schedule, day, now, line)
    judgement = load(record.edition_json)
    is_open = record.state in REPLACEABLE
    if is_open and judgement.edition.lead:
        record = replace(record, email=letter(judgement.edition, schedule, line))
    return Preview(
        schedule=schedule,
        day=day,
        basis=Basis.DRAFT if is_open else Basis.FROZEN,
        record=record,
        judgement=judgement,
        email=record.email,
        findings=findings(record, line=line),
    )


def _judged(schedule: Schedule, day: date, now: datetime, line: Line) -> Preview:
    if day != local_day(schedule, now):
        raise UsageError(f"{schedule.newsletter} has no edition of {day}", mend="choose a day from the list.")
    drafted = judge(schedule, day=day, now=now, line=line)
    return Preview(
        schedule=schedule,
        day=day,
        basis=Basis.NOW,
        record=None,
        judgement=drafted.judgement,
        email=drafted.email,
        findings=drafted.findings,
    )

"""An edition as the store keeps it -> what the checks find in it now."""

from digest.edit.codec import load
from digest.model.mail import EditionRecord, Finding
from digest.pipeline.line import Line
from digest.render.checks import DAILY, check


def findings(record: EditionRecord, *, line: Line) -> tuple[Finding, ...]:
    """Every finding in the edition's own bytes, errors first, with what the last seven told; none where it is empty."""
    if record.email is None:
        return ()
    judgement = load(record.edition_json)
    told = line.editions.told(record.newsletter, before=record.day)
    template = _template(record, line)
    return check(record.email, judgement.edition, told=told, template=template, ranked=judgement.ranked)


def _template(record: EditionRecord, line: Line) -> str:
    """The letter the newsletter is printed as; a newsletter that is no longer in the config is taken for a daily."""
    letters = {schedule.newsletter: schedule.template for schedule in line.newsroom.schedules}
    return letters.get(record.newsletter, DAILY)

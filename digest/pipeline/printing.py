"""A judgement -> the edition after its editors' decisions, set as the letter of its newsletter, and checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.brand import Brand
from digest.model.decision import Decided
from digest.model.edition import Edition, Judgement
from digest.model.mail import Email, Finding
from digest.model.proof import Proof
from digest.model.schedule import Schedule
from digest.model.story import Ranked, Told
from digest.pipeline.line import Line
from digest.pipeline.regroup import regrouped
from digest.render.checks import check, printable
from digest.render.edition import render
from digest.schedule import hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a draft is: the judgement, its mail (None for an empty edition), what the checks found.

    `base` is the judgement before any editor's decision, None where none stands. `seen_json` is the content of the
    stored edition whose decisions were applied, None where there was no edition.
    """

    judgement: Judgement
    email: Email | None
    findings: tuple[Finding, ...]
    base: Judgement | None = None
    seen_json: str | None = None


def printed(
    schedule: Schedule,
    base: Judgement,
    *,
    decisions: tuple[Decided, ...],
    told: Sequence[Told],
    since: datetime,
    now: datetime,
    line: Line,
    safe_only: bool = False,
) -> Drafted:
    """Return what was judged (`base`) after the decisions, set as its letter and checked.

    `since` and `now` are those of the judgement: stories that are split or merged are ranked as at that moment.
    """
    ranked, edition = base.ranked, base.edition
    if decisions:
        ranked = regrouped(ranked, decisions, told=told, since=since, now=now, room=line.newsroom)
        edition = edited(schedule, edition.day, ranked, told, line, safe_only=safe_only, decisions=decisions)
    line.progress("render", 0, 1)
    email, findings, edition = _rendered(edition, ranked, schedule, told, line)
    line.progress("render", 1, 1)
    judgement = Judgement(edition=edition, ranked=ranked, decisions=decisions)
    return Drafted(judgement=judgement, email=email, findings=findings, base=base if decisions else None)


def edited(
    schedule: Schedule,
    day: date,
    ranked: tuple[Ranked, ...],
    told: Sequence[Told],
    line: Line,
    *,
    safe_only: bool,
    decisions: tuple[Decided, ...] = (),
) -> Edition:
    """Return the edition that its newsletter makes of a ranking, in the shape the newsroom wants."""
    room = line.newsroom
    desk = Desk(
        day=day,
        sources=room.sources_by_id,
        lexicon=room.lexicon,
        excerpt_words=room.excerpt_words,
        told_items=frozenset(item_id for memory in told for item_id in memory.item_ids),
    )
    return edit(
        ranked,
        newsletter=schedule.newsletter,
        day=day,
        desk=desk,
        shape=shaped(schedule, room.shape, safe_only=safe_only),
        ask=room.ask,
        decisions=decisions,
    )


def letter(edition: Edition, schedule: Schedule, line: Line, *, proof: Proof | None = None) -> Email:
    """Return the edition as its newsletter prints it, or its proof; EditionRefused for an empty one."""
    return render(
        edition,
        brand=brand(schedule, line),
        environment=line.newsroom.templates,
        template=schedule.template,
        proof=proof,
    )


def brand(schedule: Schedule, line: Line) -> Brand:
    """Return the words of one newsletter's masthead and footer."""
    room = line.newsroom.brand
    return replace(
        room,
        name=schedule.title,
        strapline=schedule.strapline or room.strapline,
        why_you_get_this=f"You get this because you asked {room.name} for it.",
        how_often=f"It comes {hours(schedule)}.",
    )


def shaped(schedule: Schedule, shape: Shape, *, safe_only: bool) -> Shape:
    """Return the newsroom's shape with what this newsletter's schedule says otherwise."""
    wire = shape.wire if schedule.wire is None else schedule.wire
    per_section = shape.per_section if schedule.per_section is None else schedule.per_section
    return replace(shape, wire=wire, per_section=per_section, safe_only=safe_only)


def _rendered(
    edition: Edition, ranked: Sequence[Ranked], schedule: Schedule, told: Sequence[Told], line: Line
) -> tuple[Email | None, tuple[Finding, ...], Edition]:
    edition, unprintable = printable(edition)
    edition = replace(edition, left_out=edition.left_out + unprintable)
    if edition.lead is None:
        return None, (), edition
    email = letter(edition, schedule, line)
    return email, check(email, edition, told=told, template=schedule.template, ranked=ranked), edition

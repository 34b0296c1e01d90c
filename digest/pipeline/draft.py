"""Draft: the items of the last hours -> an edition, rendered and checked, kept until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from digest.edit.codec import dump
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.errors import StoreError
from digest.group.group import group
from digest.model.brand import Brand
from digest.model.edition import Edition, Judgement
from digest.model.mail import EditionRecord, EditionState, Email, Finding
from digest.model.news import Item
from digest.model.proof import Proof
from digest.model.schedule import Schedule
from digest.model.story import Ranked, Story, Told
from digest.pipeline.line import Line
from digest.rank.rank import rank
from digest.render.checks import check, printable
from digest.render.edition import render
from digest.schedule import hours

CONTEXT = timedelta(hours=48)
"""Items this old still help to see what belongs together, whatever the edition's own window."""

REPLACEABLE = (EditionState.DRAFT, EditionState.HELD, EditionState.EMPTY)
"""States in which an edition may still be drafted anew."""

LONGEST_GAP = timedelta(days=4)
"""After a pause (a weekend, Easter) an edition looks back to the last one, but never further than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a draft is: the judgement, its mail (None for an empty edition), what the checks found."""

    judgement: Judgement
    email: Email | None
    findings: tuple[Finding, ...]


def draft(schedule: Schedule, *, day: date, now: datetime, line: Line, may_replace: bool) -> EditionRecord:
    """Judge the news and write the draft of `day` down; return the edition as it then stands.

    An edition that exists is replaced only where `may_replace` and it is still draft, held or empty:
    of many ticks at once the first one's draft stands. What was held stays held.
    """
    drafted = judge(schedule, day=day, now=now, line=line)
    edition = drafted.judgement.edition
    silence = edition.empty_because and edition.empty_because + _failing(line)
    state = EditionState.DRAFT if edition.lead else EditionState.EMPTY
    line.items.save_stories((ranked.story for ranked in drafted.judgement.ranked), at=now)
    content = (edition, dump(drafted.judgement), drafted.email)
    created = line.editions.create(*content, state=state, reason=silence, at=now)
    standing = _standing(schedule, day, line)
    if created or not may_replace or standing.state not in REPLACEABLE:
        return standing
    is_held = standing.state is EditionState.HELD and state is EditionState.DRAFT
    kept, reason = (EditionState.HELD, standing.reason) if is_held else (state, silence)
    line.editions.replace_draft(standing.id, *content, expected=standing.state, state=kept, reason=reason, at=now)
    return line.editions.get(standing.id)


def judge(schedule: Schedule, *, day: date, now: datetime, line: Line, safe_only: bool = False) -> Drafted:
    """Return what the edition of `day` would be at `now`; nothing is written down."""
    room = line.newsroom
    since = _since(schedule, day, now, line)
    line.progress("group", 0, 1)
    items = line.items.items_since(min(since, now - CONTEXT))
    start = min(since, now - CONTEXT)
    recent = [item for item in items if item.published >= start and item.first_seen <= now]
    stories = group(recent, lexicon=room.lexicon, previous=line.items.story_ids([item.id for item in recent]))
    line.progress("group", 1, 1)
    told = line.editions.told(schedule.newsletter, before=day)
    line.progress("rank", 0, 1)
    ranked = rank(
        _fresh(stories, since),
        sources=room.sources_by_id,
        lexicon=room.lexicon,
        told=told,
        now=now,
        weights=room.weights,
    )
    line.progress("rank", 1, 1)
    return _printed(schedule, day, ranked, told, line, safe_only=safe_only)


def letter(edition: Edition, schedule: Schedule, line: Line, *, proof: Proof | None = None) -> Email:
    """Return the edition as its newsletter prints it, or its proof; EditionRefused for an empty one."""
    return render(
        edition,
        brand=brand(schedule, line),
        environment=line.newsroom.templates,
        template=schedule.template,
        proof=proof,
    )


def _printed(
    schedule: Schedule, day: date, ranked: tuple[Ranked, ...], told: Sequence[Told], line: Line, *, safe_only: bool
) -> Drafted:
    room = line.newsroom
    desk = Desk(
        day=day,
        sources=room.sources_by_id,
        lexicon=room.lexicon,
        excerpt_words=room.excerpt_words,
        told_items=frozenset(item_id for memory in told for item_id in memory.item_ids),
    )
    shape = shaped(schedule, room.shape, safe_only=safe_only)
    edition = edit(ranked, newsletter=schedule.newsletter, day=day, desk=desk, shape=shape, ask=room.ask)
    line.progress("render", 0, 1)
    email, findings, edition = _rendered(edition, schedule, told, line)
    line.progress("render", 1, 1)
    return Drafted(judgement=Judgement(edition=edition, ranked=ranked), email=email, findings=findings)


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
    edition: Edition, schedule: Schedule, told: Sequence[Told], line: Line
) -> tuple[Email | None, tuple[Finding, ...], Edition]:
    edition, unprintable = printable(edition)
    edition = replace(edition, left_out=edition.left_out + unprintable)
    if edition.lead is None:
        return None, (), edition
    email = letter(edition, schedule, line)
    return email, check(email, edition, told=told, template=schedule.template), edition


def _failing(line: Line) -> str:
    """Name the sources that failed at their last try: often the whole reason why there is no news."""
    states = line.feeds.states()
    failing = [source.id for source in line.newsroom.sources if source.id in states and states[source.id].failures]
    if not failing:
        return ""
    named = ", ".join(failing[:5]) + (" …" if len(failing) > 5 else "")
    return f"; {len(failing)} of {len(line.newsroom.sources)} sources failed at their last try: {named}"


def _since(schedule: Schedule, day: date, now: datetime, line: Line) -> datetime:
    """Return how far back the edition looks: its own window, or to the last sent edition when that is longer ago."""
    window = now - timedelta(hours=schedule.window_hours)
    last = line.editions.last_sent(schedule.newsletter, before=day)
    if last is None or last.drafted_at is None:
        return window
    return max(min(window, last.drafted_at), min(window, now - LONGEST_GAP))


def _fresh(stories: Sequence[Story], since: datetime) -> tuple[Story, ...]:
    return tuple(story for story in stories if any(_is_fresh(item, since) for item in story.items))


def _is_fresh(item: Item, since: datetime) -> bool:
    return item.published >= since


def _standing(schedule: Schedule, day: date, line: Line) -> EditionRecord:
    record = line.editions.find(schedule.newsletter, day)
    if record is None:
        raise StoreError(f"the edition of {schedule.newsletter} for {day} is gone", mend="restore a backup.")
    return record

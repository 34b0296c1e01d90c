"""Draft: the items of the last hours -> an edition, rendered and checked, kept until somebody decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from digest.edit.codec import dump
from digest.edit.standing import bonds, standing
from digest.errors import StoreError
from digest.group.group import group
from digest.model.edition import Judgement
from digest.model.mail import EditionRecord, EditionState
from digest.model.news import Item
from digest.model.schedule import Schedule
from digest.model.story import Story
from digest.pipeline.line import Line
from digest.pipeline.printing import Drafted, edited, printed
from digest.rank.rank import rank

CONTEXT = timedelta(hours=48)
"""Items this old still help to see what belongs together, whatever the edition's own window."""

HISTORY = timedelta(days=30)
"""So far back items say what is common in the news; a longest gap and its context are within it."""

REPLACEABLE = (EditionState.DRAFT, EditionState.HELD, EditionState.EMPTY)
"""States in which an edition may still be drafted anew."""

LONGEST_GAP = timedelta(days=4)
"""After a pause (a weekend, Easter) an edition looks back to the last one, but never further than this."""


def draft(schedule: Schedule, *, day: date, now: datetime, line: Line, may_replace: bool) -> EditionRecord:
    """Judge the news and write the draft of `day` down; return the edition as it then stands.

    An edition that exists is replaced only where `may_replace` and it is still draft, held or empty:
    of many ticks at once the first one's draft stands. What was held stays held, and what editors decided is applied
    to the new draft; what somebody decides while it is made stands, and the new draft does not.
    """
    drafted = judge(schedule, day=day, now=now, line=line)
    line.items.save_stories((ranked.story for ranked in drafted.judgement.ranked), at=now)
    state, reason = outcome(drafted, None, line)
    content = (drafted.judgement.edition, dump(drafted.judgement), drafted.email)
    created = line.editions.create(*content, state=state, reason=reason, at=now)
    record = _standing(schedule, day, line)
    if created or not may_replace or drafted.seen_json is None or record.state not in REPLACEABLE:
        return record
    replace_draft(record, drafted, at=now, line=line)
    return line.editions.get(record.id)


def replace_draft(record: EditionRecord, drafted: Drafted, *, at: datetime, line: Line) -> bool:
    """Put the new draft in place of `record`; False when that was moved, or decided upon, in the meantime."""
    state, reason = outcome(drafted, record, line)
    return line.editions.replace_draft(
        record.id,
        drafted.judgement.edition,
        dump(drafted.judgement),
        drafted.email,
        expected=record.state,
        state=state,
        reason=reason,
        at=at,
        drafted_json=dump(drafted.base) if drafted.base else "",
        seen_json=drafted.seen_json,
    )


def outcome(drafted: Drafted, record: EditionRecord | None, line: Line) -> tuple[EditionState, str]:
    """Return the state of an edition with this content, and why: empty, or draft, or held as `record` was."""
    edition = drafted.judgement.edition
    if edition.lead is None:
        return EditionState.EMPTY, edition.empty_because + _failing(line)
    if record and record.state is EditionState.HELD:
        return EditionState.HELD, record.reason
    return EditionState.DRAFT, ""


def judge(schedule: Schedule, *, day: date, now: datetime, line: Line, safe_only: bool = False) -> Drafted:
    """Return what the edition of `day` would be at `now`, after what editors decided; nothing is written down."""
    room = line.newsroom
    record = line.editions.find(schedule.newsletter, day)
    decisions = standing(line.editions.decisions(record.id)) if record else ()
    since = looks_back(schedule, day, now, line)
    line.progress("group", 0, 1)
    start = min(since, now - CONTEXT)
    items = [item for item in line.items.items_since(now - HISTORY) if item.first_seen <= now]
    recent = [item for item in items if item.published >= start]
    stories = group(
        recent,
        lexicon=room.lexicon,
        previous=line.items.story_ids([item.id for item in recent]),
        bonds=bonds(line.editions.regroupings(besides=record.id if record else 0)),
        history=(item for item in items if item.published < start),
    )
    line.progress("group", 1, 1)
    told = line.editions.told(schedule.newsletter, before=day)
    line.progress("rank", 0, 1)
    ranked = rank(
        _fresh(stories, since),
        sources=room.sources_by_id,
        lexicon=room.lexicon,
        told=told,
        since=since,
        now=now,
        weights=room.weights,
    )
    line.progress("rank", 1, 1)
    base = Judgement(edition=edited(schedule, day, ranked, told, line, safe_only=safe_only), ranked=ranked)
    drafted = printed(
        schedule, base, decisions=decisions, told=told, since=since, now=now, line=line, safe_only=safe_only
    )
    return replace(drafted, seen_json=record.edition_json if record else None)


def _failing(line: Line) -> str:
    """Name the sources that failed at their last try: often the whole reason why there is no news."""
    states = line.feeds.states()
    failing = [source.id for source in line.newsroom.sources if source.id in states and states[source.id].failures]
    if not failing:
        return ""
    named = ", ".join(failing[:5]) + (" …" if len(failing) > 5 else "")
    return f"; {len(failing)} of {len(line.newsroom.sources)} sources failed at their last try: {named}"


def looks_back(schedule: Schedule, day: date, now: datetime, line: Line) -> datetime:
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

"""Alerts: what a person should know -> told once, by command or webhook."""

from collections.abc import Iterable
from datetime import UTC, datetime

from digest.collect.health import HISTORY, Condition, Health, healths
from digest.model.mail import Alert, Balance, EditionRecord, EditionState
from digest.pipeline.line import Line

RINGS = {Condition.DEAD: "dead feed", Condition.SILENT: "silent feed", Condition.GONE: "gone feed"}
"""The conditions of a source that somebody is told of, and what the alert is called."""

STANDS = {
    Condition.DEAD: {Condition.DEAD, Condition.GONE},
    Condition.GONE: {Condition.GONE},
    Condition.SILENT: set(Condition) - {Condition.FINE},
}
"""In which conditions what rang is not over: a silence ends with news only, whatever befalls the source meanwhile."""


def ring(key: str, kind: str, message: str, *, now: datetime, line: Line) -> tuple[str, ...]:
    """Write an alert down, unless its key stands already; return its message for the report.

    Writing and telling are two steps, so that an alert survives a webhook that is down, or our own death.
    """
    line.alerts.record(Alert(key=key, kind=kind, message=message, at=now))
    return (message,)


def standing_key(record: EditionRecord, state: EditionState) -> str:
    """The key of the alert that an edition stands in this state, waiting for a person."""
    return f"{state.value}:{record.newsletter}:{record.day}"


def ring_for_books(record: EditionRecord, balance: Balance, *, line: Line) -> tuple[str, ...]:
    """Ring for copies that were refused, given up, or have no answer."""
    counts = (balance.uncertain_batches, balance.abandoned, balance.rejected)
    if not any(counts):
        return ()
    message = (
        f"{record.newsletter} {record.day}: {counts[0]} batches without an answer, {counts[1]} readers given up, "
        f"{counts[2]} refused; `digest status` lists them, `digest resolve` settles what has no answer"
    )
    key = f"books:{record.newsletter}:{record.day}:{':'.join(map(str, counts))}"
    return ring(key, "uncertain delivery", message, now=line.clock(), line=line)


def tell(line: Line) -> tuple[str, ...]:
    """Tell somebody of every alert nobody has been told of; what could not be told is tried again at the next tick."""
    troubles = []
    for alert in line.alerts.untold():
        trouble = line.notifier.notify(alert)
        if trouble:
            troubles.append(f"nobody could be told of «{alert.message}»: {trouble}")
        else:
            line.alerts.mark_told(alert, at=line.clock())
    return tuple(troubles)


def look_after(*, now: datetime, line: Line) -> tuple[Health, ...]:
    """Return how each source is doing, by what is remembered of it and of what rang."""
    room, standing = line.newsroom, line.alerts.standing()
    return healths(
        room.sources,
        line.feeds.states(),
        line.feeds.days(since=(now - HISTORY).astimezone(UTC).date()),
        now=now,
        dead_after=room.dead_after,
        silent={source.id for source in room.sources if _key(Condition.SILENT, source.id) in standing},
    )


def watch_feeds(*, now: datetime, line: Line) -> tuple[str, ...]:
    """After a collection, ring once for every source that is dead, gone or silent; forget it when that is over."""
    found, standing = look_after(now=now, line=line), line.alerts.standing()
    for key in (key for one in found for key in _over(one) if key in standing):
        line.alerts.forget(key)
    return tuple(trouble for one in found if one.condition in RINGS for trouble in _ring_for(one, now, line))


def forget_rings(source_id: str, conditions: Iterable[Condition], *, line: Line) -> None:
    """Let these conditions of a source ring as if it were the first time."""
    for condition in conditions:
        line.alerts.forget(_key(condition, source_id))


def _over(health: Health) -> tuple[str, ...]:
    """Return the keys of what is over, whether it rang or not."""
    return tuple(_key(rang, health.source_id) for rang, stays in STANDS.items() if health.condition not in stays)


def _ring_for(health: Health, now: datetime, line: Line) -> tuple[str, ...]:
    message = f"{line.newsroom.sources_by_id[health.source_id].name} {health.note}"
    return ring(_key(health.condition, health.source_id), RINGS[health.condition], message, now=now, line=line)


def _key(condition: Condition, source_id: str) -> str:
    return f"{condition.value}-feed:{source_id}"

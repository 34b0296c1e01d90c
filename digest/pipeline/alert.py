"""Alerts: what a person should know -> told once, by command or webhook."""

from datetime import datetime

from digest.model.feed import FeedState
from digest.model.mail import Alert
from digest.pipeline.line import Line


def ring(key: str, kind: str, message: str, *, now: datetime, line: Line) -> tuple[str, ...]:
    """Write an alert down, unless its key stands already; return its message for the report.

    Writing and telling are two steps, so that an alert survives a webhook that is down, or our own death.
    """
    line.alerts.record(Alert(key=key, kind=kind, message=message, at=now))
    return (message,)


def tell(line: Line) -> tuple[str, ...]:
    """Tell somebody of every alert nobody has been told of; what could not be told is tried again at the next tick."""
    troubles = []
    for alert in line.alerts.untold():
        trouble = line.notifier.notify(alert)
        if trouble:
            troubles.append(f"nobody could be told of «{alert.message}»: {trouble}")
        else:
            line.alerts.mark_told(alert.key, at=line.clock())
    return tuple(troubles)


def watch_feeds(*, now: datetime, line: Line) -> tuple[str, ...]:
    """After a collection, ring for every source that has failed too long; forget those that answer again."""
    states = line.feeds.states()
    troubles: list[str] = []
    for source in line.newsroom.sources:
        state = states[source.id]
        key = f"dead-feed:{source.id}"
        if not state.failures:
            line.alerts.forget(key)
        elif _is_dead(state, now, line):
            message = f"{source.name} has failed since {state.failing_since:%d %B %Y %H:%M} UTC: {state.last_error}"
            troubles += ring(key, "dead feed", message, now=now, line=line)
    return tuple(troubles)


def _is_dead(state: FeedState, now: datetime, line: Line) -> bool:
    return state.failing_since is not None and now - state.failing_since >= line.newsroom.dead_after

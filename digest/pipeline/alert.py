"""Alerts: what a person should know -> told once, by command or webhook."""

from datetime import datetime

from digest.model.mail import Alert
from digest.model.news import FeedState
from digest.pipeline.line import Line


def ring(key: str, kind: str, message: str, *, now: datetime, line: Line) -> tuple[str, ...]:
    """Tell somebody, unless this key has rung before; return the message, and what went wrong in telling it.

    The alert is written down first, so that it is never lost when the command or the webhook fails.
    """
    alert = Alert(key=key, kind=kind, message=message, at=now)
    if not line.alerts.record(alert):
        return (message,)
    trouble = line.notifier.notify(alert)
    return (message, f"nobody could be told: {trouble}") if trouble else (message,)


def watch_feeds(*, now: datetime, line: Line) -> tuple[str, ...]:
    """After a collection, ring for every source that has failed too long; forget those that answer again."""
    states = line.items.feed_states()
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

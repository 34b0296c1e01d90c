"""Alerts: what a person should know -> told once, by command or webhook."""

from datetime import datetime

from digest.model.mail import Alert
from digest.model.news import FeedState
from digest.pipeline.line import Line


def ring(key: str, kind: str, message: str, *, now: datetime, line: Line) -> str:
    """Tell somebody, unless this key has rung before; return what went wrong in telling, or nothing.

    The alert is written down first, so that it is never lost when the command or the webhook fails.
    """
    alert = Alert(key=key, kind=kind, message=message, at=now)
    return line.notifier.notify(alert) if line.alerts.record(alert) else ""


def watch_feeds(*, now: datetime, line: Line) -> tuple[str, ...]:
    """After a collection, ring for every source that has failed too long; forget those that answer again."""
    states = line.items.feed_states()
    troubles = []
    for source in line.newsroom.sources:
        state = states[source.id]
        key = f"dead-feed:{source.id}"
        if not state.failures:
            line.alerts.forget(key)
        elif _is_dead(state, now, line):
            message = f"{source.name} has failed since {state.failing_since:%d %B %Y %H:%M} UTC: {state.last_error}"
            troubles.append(ring(key, "dead feed", message, now=now, line=line))
    return tuple(trouble for trouble in troubles if trouble)


def _is_dead(state: FeedState, now: datetime, line: Line) -> bool:
    return state.failing_since is not None and now - state.failing_since >= line.newsroom.dead_after

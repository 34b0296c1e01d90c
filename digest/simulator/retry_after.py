"""A rule -> the header that says when to come again."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from digest.simulator.script import Rule


def retry_after(rule: Rule, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Retry-After in whole seconds or as a date (RFC 9110, 10.2.3); nothing where the rule has none."""
    if rule.retry_after is None:
        return ()
    if rule.retry_after_as == "date":
        return (("Retry-After", format_datetime(now + timedelta(seconds=rule.retry_after), usegmt=True)),)
    return (("Retry-After", f"{rule.retry_after:.0f}"),)

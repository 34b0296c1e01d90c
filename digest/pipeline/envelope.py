"""A day's edition -> what the headers of all its copies share."""

from datetime import date, datetime

from digest.model.mail import Envelope
from digest.pipeline.line import Line


def envelope(line: Line, *, newsletter: str, day: date, sent_at: datetime) -> Envelope:
    """Return what the headers of every copy of one edition share."""
    room = line.newsroom
    return Envelope(
        newsletter=newsletter,
        day=day,
        sender=room.sender,
        reply_to=room.reply_to,
        list_id=f"{newsletter}.{room.list_domain}",
        sent_at=sent_at,
        message_domain=room.list_domain,
    )

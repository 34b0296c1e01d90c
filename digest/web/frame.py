"""A preview and a way of looking -> the document in the frame: the letter in a view, its text, its source, its row."""

from email.utils import parseaddr
from zoneinfo import ZoneInfo

import jinja2

from digest.edit.explanation import placed
from digest.model.edition import Piece
from digest.model.mail import Email
from digest.model.schedule import Slot
from digest.model.view import View
from digest.pipeline.preview import Preview
from digest.render.merge import as_entities
from digest.render.templates import fill
from digest.render.views import framed, viewed
from digest.schedule import slot

STORY = "story-"
"""What the name of a printed story begins with on the page and in the frame; behind it stands the story's id."""


def frame(found: Preview, email: Email, view: View, *, jinja: jinja2.Environment, sender: str) -> str:
    """The page of one view, ready to be served in a sandbox: no script, no link that opens anything."""
    match view:
        case View.TEXT:
            return _page(jinja, "text", lines=email.text.split("\n"))
        case View.SOURCE:
            return _page(jinja, "source", lines=email.html.split("\n"))
        case View.INBOX:
            return _page(jinja, "inbox", email=email, sender=parseaddr(sender)[0] or sender, **_arrival(found))
        case _:
            return framed(viewed(email.html, view), anchors(found))


def anchors(found: Preview) -> dict[str, str]:
    """Where each story stands in the letter: the address its headline leads to, and the id that is put there."""
    return {piece.sources[0].url: name for name, (_, piece) in named(found) if piece.sources}


def named(found: Preview) -> list[tuple[str, tuple[str, Piece]]]:
    """Every piece in the order of print with its place, each under a name of its own.

    A comment may share its story with the news it is about; the second to come is told apart.
    """
    names: dict[str, int] = {}
    listed = []
    for where, piece in placed(found.judgement.edition):
        count = names[piece.story_id] = names.get(piece.story_id, 0) + 1
        name = STORY + piece.story_id + (f"-{count}" if count > 1 else "")
        listed.append((name, (where, piece)))
    return listed


def _arrival(found: Preview) -> dict[str, str]:
    """The hour an inbox shows beside the letter, and the day; no hour where its schedule has none on that day."""
    due = slot(found.schedule, found.day)
    hour = f"{due.deadline.astimezone(ZoneInfo(due.timezone)):%H:%M}" if isinstance(due, Slot) else ""
    return {"hour": hour, "weekday": f"{found.day:%a}"}


def _page(jinja: jinja2.Environment, name: str, **values: object) -> str:
    return as_entities(fill(jinja, f"preview/{name}.html.j2", **values))

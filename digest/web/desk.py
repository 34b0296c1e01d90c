"""A way of looking -> the page around the frame: newsletters, days, views, widths, what the letter was made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Closed, Schedule
from digest.pipeline.approve import AT_ONCE, POLICY
from digest.pipeline.preview import Basis, Preview
from digest.render.words import in_words
from digest.schedule import slot
from digest.web.look import NAMES, Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to somewhere else: its words, its address, and whether it leads to where the reader is."""

    label: str
    url: str
    is_here: bool = False
    note: str = ""


def newsletters(schedules: Sequence[Schedule], look: Look, *, shown: str) -> list[Link]:
    """Every newsletter, each with the way to its edition of today."""
    return [
        Link(label=one.title, url=look.at(f"/{one.newsletter}/"), is_here=one.newsletter == shown) for one in schedules
    ]


def views(look: Look) -> list[Link]:
    """The nine views, in the order of their keys."""
    return [Link(label=NAMES[view], url=look.seen_as(view), is_here=view is look.view) for view in NAMES]


def widths(look: Look) -> list[Link]:
    """The widths among which the view leaves the choice; none where there is none."""
    listed = [Link(label=str(width), url=look.seen_at(width), is_here=width == look.width) for width in look.widths]
    return listed if len(listed) > 1 else []


def days(
    known: Sequence[tuple[date, EditionState]], look: Look, *, newsletter: str, shown: date, today: date
) -> list[Link]:
    """Every day that can be looked at, latest first; today is one of them whether it has an edition or not."""
    states = {day: state.value for day, state in known}
    listed = sorted({*states, today, shown}, reverse=True)
    return [
        Link(
            label=in_words(day),
            url=look.at(f"/{newsletter}/{day}"),
            is_here=day == shown,
            note=states.get(day, "not drafted yet" if day == today else "no edition"),
        )
        for day in listed
    ]


def beside(listed: Sequence[Link]) -> tuple[Link | None, Link | None]:
    """The days before and after the one that is shown."""
    here = next((n for n, link in enumerate(listed) if link.is_here), 0)
    return (listed[here + 1] if here + 1 < len(listed) else None), (listed[here - 1] if here else None)


def standing(found: Preview) -> tuple[str, str]:
    """What the letter was made from, in a word and in a sentence."""
    record = found.record
    match found.basis:
        case Basis.FROZEN if record is not None:
            kept = "These are the frozen bytes" if record.sha256 else "This is the draft as it stood at the end"
            return record.state.value.capitalize(), f"{kept}{_signed(record)}."
        case Basis.DRAFT if record is not None:
            drafted = f", judged {instant(record.drafted_at)}" if record.drafted_at else ""
            return record.state.value.capitalize(), f"The stored draft{drafted}, printed anew in the templates of now."
        case _:
            return "Not drafted yet", f"This is what a draft would be now; nothing is kept. {_appointment(found)}"


def _signed(record: EditionRecord) -> str:
    by = f", approved by {_signer(record.approved_by)}" if record.approved_by else ""
    at = f" on {instant(record.approved_at)}" if record.approved_at else ""
    sealed = f"; their SHA-256 begins with {record.sha256[:16]}" if record.sha256 else ""
    return f"{by}{at}{sealed}"


def _signer(by: str) -> str:
    """Whose word it was: a person's name, or what acted in nobody's."""
    if by == AT_ONCE:
        return f"the command “{AT_ONCE}”, not by a person,"
    if by.startswith(POLICY):
        return f"the policy “{by.removeprefix(POLICY)}” of its schedule, not by a person,"
    return by


def _appointment(found: Preview) -> str:
    """When the draft is due, or why there is no edition on that day."""
    due = found.schedule
    appointment = slot(due, found.day)
    if isinstance(appointment, Closed):
        return f"No edition is due: {appointment.why}."
    return f"It is due at {due.draft_at:%H:%M} and goes out at {due.deadline:%H:%M}."


def instant(moment: datetime) -> str:
    """An instant for editors, in the one zone that everybody can tell their own from."""
    return f"{moment:%d %b %Y, %H:%M} UTC"

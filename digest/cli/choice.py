"""What a person wrote -> the newsletter, the edition and the name that are meant."""

from datetime import date
from typing import TYPE_CHECKING

from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.config.load import Settings
    from digest.model.mail import EditionRecord


def pick(chosen: "Settings", newsletter: str) -> str:
    """Return the newsletter that is meant: the one named, else «daily», else the only one there is."""
    known = [schedule.newsletter for schedule in chosen.schedules]
    wanted = newsletter or ("daily" if "daily" in known else known[0] if len(known) == 1 else "")
    if wanted not in known:
        named = f"there is no newsletter {wanted!r}" if wanted else "it is not said which newsletter is meant"
        raise UsageError(named, mend=f"write --newsletter with one of: {', '.join(known)}.")
    return wanted


def find(app: "App", newsletter: str, day: str) -> "EditionRecord":
    """Return the edition that is meant; UsageError when there is none."""
    name = pick(app.settings, newsletter)
    record = find_if_any(app, name, day)
    if record is None:
        named = f"{name} has no edition" + (f" of {day}" if day else " yet")
        raise UsageError(named, mend="`digest run --at-once` makes one; `digest status` lists what there is.")
    return record


def find_if_any(app: "App", newsletter: str, day: str) -> "EditionRecord | None":
    """Return the newsletter's edition of `day`, or its latest; UsageError when `day` is no date."""
    if not day:
        return app.line.editions.latest(newsletter)
    return app.line.editions.find(newsletter, date_of(day))


def date_of(text: str) -> date:
    """Return a day as a person wrote it; UsageError when it is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", mend="write one such as 2026-05-15.") from error


def signature(by: str) -> str:
    """Return the name that stands for a decision; UsageError when there is none."""
    if not by.strip():
        raise UsageError("--by is empty", mend="write the name that stands for the decision.")
    return by.strip()

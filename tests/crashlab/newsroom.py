"""The lab's newsroom: one daily newsletter, no feeds, an edition that is approved, and so many readers."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from digest.app.app import opened
from digest.app.clock import clock
from digest.app.shipped import lexicon_texts, shipped
from digest.config.load import Settings, load
from digest.model.edition import Edition
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, EditionState, Email
from digest.model.reader import Subscriber
from digest.render.fingerprint import sha256
from digest.schedule import local_day
from tests.crashlab.plan import MOST_READERS, Plan
from tests.crashlab.sender import DATABASE, address

CONFIG = """\
lexicon = "{lexicon}"

[newsroom]
name = "The Lab"
sender = "The Lab <news@example.org>"
public_url = "https://example.org"
"""
CHANGES = {
    "weekdays = [": 'weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]',
    "late_after_hours = ": "late_after_hours = 12",
    "holidays = ": 'holidays = ""',
}
NIGHT_HOURS = {"draft_at = ": "draft_at = 00:15:00", "deadline = ": "deadline = 00:45:00"}
EMAIL = Email(
    subject="Crash",
    preheader="",
    html=f'<a href="{UNSUBSCRIBE_PLACEHOLDER}">Unsubscribe</a>',
    text=f"Unsubscribe: {UNSUBSCRIBE_PLACEHOLDER}\n",
)


@cache
def furnished(base: Path, night: bool) -> Settings:
    """A newsroom's files, without its database."""
    folder = base / ("night" if night else "morning")
    (folder / "schedules").mkdir(parents=True)
    nobody(folder / "lexicon")
    (folder / "config.toml").write_text(CONFIG.format(lexicon=folder / "lexicon"))
    (folder / "sources.toml").write_text("")
    schedule = (shipped("schedules") / "daily.toml").read_text()
    (folder / "schedules" / "daily.toml").write_text(_changed(schedule, CHANGES | (NIGHT_HOURS if night else {})))
    return load(folder / "config.toml")


@cache
def prepared(base: Path, night: bool, begins: datetime) -> Path:
    """A database with the edition of that day, approved, and as many readers as any round has; to be copied."""
    settings = furnished(base, night)
    database = settings.at(settings.file.store.path)
    for path in database.parent.glob("digest.db*") if database.parent.exists() else ():
        path.unlink()
    with opened(settings, clock=clock(begins), progress=lambda *_: None, create=True) as app:
        line = app.line
        day = local_day(line.newsroom.schedules[0], begins)
        line.readers.import_subscribers([_reader(number) for number in range(MOST_READERS)], at=begins)
        line.editions.create(
            Edition(newsletter="daily", day=day), "{}", EMAIL, state=EditionState.DRAFT, reason="", at=begins
        )
        record = line.editions.find("daily", day)
        if record is None:
            raise RuntimeError("the edition is not there")
        signed = {"sha256": sha256(EMAIL), "by": "Ann", "reason": "", "at": begins}
        line.editions.approve(record.id, EMAIL, expected=EditionState.DRAFT, **signed)  # type: ignore[arg-type]
    kept = base / f"{'night' if night else 'morning'}-{begins:%m%d}.db"
    return Path(shutil.copyfile(database, kept))


def furnish(base: Path, plan: Plan, folder: Path) -> Settings:
    """A round's own newsroom in `folder`."""
    settings = furnished(base, plan.night)
    (folder / DATABASE).parent.mkdir()
    shutil.copyfile(prepared(base, plan.night, plan.begins), folder / DATABASE)
    _leave(folder / DATABASE, plan.readers)
    return replace(settings, root=folder)


def _leave(database: Path, readers: int) -> None:
    """Let the others never have subscribed: cheaper than a database for every number of readers."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM subscriptions WHERE subscriber_id > ?", (readers,))
        connection.execute("DELETE FROM subscribers WHERE id > ?", (readers,))


def nobody(lexicon: Path) -> None:
    """A lexicon without a name: to read the real one takes longer than to send."""
    lexicon.mkdir(parents=True)
    for name in lexicon_texts():
        (lexicon / name).write_text('about = "nobody"\nas_of = 2026-01-01\n')


def _reader(number: int) -> Subscriber:
    return Subscriber(address=address(number), name="", frequencies=("daily",), consent_source="lab")


def _changed(text: str, changes: dict[str, str]) -> str:
    """The lines that begin so, replaced."""
    return "\n".join(
        next((new for old, new in changes.items() if line.startswith(old)), line) for line in text.splitlines()
    )

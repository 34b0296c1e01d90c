"""Builders for editions of invented news, and the templates as the program ships them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from digest.model.edition import Edition, Section, SourceLink
from digest.model.mail import EditionState, Email, Envelope, Finding, Recipient, Severity
from digest.model.news import SectionName
from digest.model.proof import Proof
from digest.model.schedule import Policy, Schedule
from digest.pipeline.proof import told
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from digest.render.showcase import BRAND, DAY, at, piece
from digest.render.showcase import showcase as rich_edition
from digest.render.templates import environment

__all__ = [
    "BRAND",
    "DAY",
    "ENVELOPE",
    "ENVIRONMENT",
    "PROOF",
    "READER",
    "SOURCES",
    "TAG",
    "at",
    "letter",
    "letters",
    "long_edition",
    "piece",
    "retitled",
    "rich_edition",
    "small_edition",
    "source",
    "weekly_edition",
]

TEMPLATES = Path(__file__).parents[2] / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*"))
    if path.suffix in {".j2", ".css"}
}
ENVIRONMENT = environment(SOURCES)

ENVELOPE = Envelope(
    newsletter="daily",
    day=date(2026, 11, 23),
    sender="The Daily Rose <daily@dailyrose.example>",
    reply_to="desk@dailyrose.example",
    list_id="daily.dailyrose.example",
    sent_at=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
    message_domain="dailyrose.example",
)
READER = Recipient(
    delivery_id=17,
    address="ada@reader.example",
    name="Ada Okonkwo",
    unsubscribe_url="https://dailyrose.example/u/17.k3v9Qz0aTqLwXy5R",
)
SCHEDULE = Schedule(
    newsletter="daily",
    title="The Daily Rose",
    weekdays=(0, 1, 2, 3, 4),
    draft_at=time(6, 30),
    deadline=time(7, 30),
    policy=Policy.SEND,
    timezone="Europe/London",
    late_after_hours=3,
    window_hours=26,
)
FOUND = (
    Finding(
        severity=Severity.ERROR,
        check="links",
        what="a link is broken: 'http://' names no machine.",
        where="html",
        mend="correct or drop the link.",
    ),
    Finding(
        severity=Severity.WARNING,
        check="size",
        what="76,210 bytes is more than 75,000; Gmail cuts at about 102,000.",
        where="html",
        mend="print fewer stories.",
    ),
)
PROOF = told(SCHEDULE, day=DAY, state=EditionState.DRAFT, found=FOUND)
TAG = "5b0f6a52-6f0e-5b9e-8d3a-0c1d2e3f4a5b"


def source(publisher: str = "The Aldermere Post", url: str = "", *, paywalled: bool = False) -> SourceLink:
    slug = publisher.lower().replace(" ", "")
    return SourceLink(publisher=publisher, url=url or f"https://{slug}.example/news/1", paywalled=paywalled)


def small_edition() -> Edition:
    """An edition with a lead and nothing else, for tests that change one thing."""
    lead = piece("Ministers agree a new deal on bus fares for every town in Wessex", "The deal starts in May.")
    return Edition(newsletter="daily", day=DAY, subject=lead.headline, preheader="Nothing else today", lead=lead)


def weekly_edition() -> Edition:
    """The same news as a Saturday's edition."""
    return replace(rich_edition(), newsletter="weekly", day=date(2026, 11, 21))


def retitled(edition: Edition, headline: str = "What an editor would rather say of it in so many words") -> Edition:
    """The edition with a lead whose headline an editor wrote."""
    assert edition.lead
    lead = replace(edition.lead, headline=headline, headline_by="Ada Okonkwo", original=edition.lead.headline)
    return replace(edition, lead=lead)


def long_edition(stories: int = 40) -> Edition:
    """As many stories as a day may have, each with a sentence and three sources."""
    wire = tuple(
        piece(
            f"Story {n}: committee in Aldermere asks for the papers on the harbour works",
            "The committee wants to see every letter between the department and the contractor since March.",
            sources=tuple(at(name, f"2026/11/story-{n}") for name in ("Labour Lantern", "Y Bont", "Channel Six News")),
        )
        for n in range(stories - 6)
    )
    rich = rich_edition()
    return replace(rich, sections=(Section(name=SectionName.GOVERNMENT, pieces=wire),), comment=())


def letter(
    edition: Edition | None = None, *, proof: Proof | None = None, template: str = "daily", view_url: str = ""
) -> Email:
    """The edition as the shipped templates print it."""
    return render(
        edition or rich_edition(),
        brand=BRAND,
        environment=ENVIRONMENT,
        template=template,
        proof=proof,
        view_url=view_url,
    )


@cache
def letters() -> Mapping[str, Email]:
    """Every mail the program sends, by its name, as the shipped templates print it (`__wrapped__` prints it anew)."""
    return {
        "daily": letter(),
        "weekly": letter(weekly_edition(), template="weekly"),
        "proof": letter(proof=PROOF),
        "confirmation": confirmation(
            BRAND, confirm_url="https://dailyrose.example/c/k3v9Qz0a", environment=ENVIRONMENT
        ),
        "goodbye": goodbye(BRAND, subscribe_url="https://dailyrose.example/subscribe", environment=ENVIRONMENT),
    }

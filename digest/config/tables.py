"""The tables of config.toml, of schedules/*.toml and of the environment: what each key is and may be."""

from collections.abc import Collection
from datetime import date, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from digest.config.table import Day, Host, Slug, Table, Url, UrlOrNothing
from digest.guard import refusal, typed_host
from digest.model.news import SectionName, Source, SourceKind
from digest.model.schedule import Policy, Recess, Schedule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNSAFE_FROM, UNSAFE_TO = time(1, 0), time(2, 0)
"""Wall-clock times that do not exist, or exist twice, on the nights the clocks change (Europe/London)."""


class Newsroom(Table):
    """Who speaks: masthead, footer and the addresses on the envelope."""

    name: str = Field(min_length=1, max_length=80)
    strapline: str = ""
    sender: str = Field(min_length=3)
    reply_to: str = ""
    editors: tuple[str, ...] = ()
    contact: str = ""
    imprint: str = ""
    public_url: UrlOrNothing = ""

    @field_validator("public_url")
    @classmethod
    def _links_can_follow(cls, value: str) -> str:
        if "?" in value or "#" in value:
            raise ValueError("links are made by adding to it; write it without ? and #")
        return value.rstrip("/")


class Store(Table):
    """Where the memory lies; a relative path counts from the config file."""

    path: Path = Path("var/digest.db")


class Collect(Table):
    """How feeds are fetched, and how long their items are kept in mind."""

    every_minutes: int = Field(default=30, ge=1, le=1440)
    feed_deadline_seconds: float = Field(default=20, gt=0, le=120)
    total_deadline_seconds: float = Field(default=300, gt=0, le=1800)
    concurrency: int = Field(default=20, ge=1, le=64)
    per_host: int = Field(default=2, ge=1, le=16)
    contact: str = ""
    dead_after_days: float = Field(default=3, gt=0, le=365)
    own_hosts: tuple[Host, ...] = ()


class RetentionSettings(Table):
    """For how many days each kind of memory is kept; editions and the ledger are kept for good."""

    items_days: int = Field(default=120, ge=30, le=3650)
    feed_days: int = Field(default=400, ge=92, le=3650)  # what a silence is noticed by: `HISTORY` of collect/health.py
    pages_days: int = Field(default=30, ge=3, le=3650)  # as long as an article is fresh: collect/wanted.py
    documents_days: int = Field(default=7, ge=1, le=365)


class EditionSettings(Table):
    """How much an edition holds, and from which relevance on."""

    threshold: float = Field(default=0.35, ge=0, le=1)
    five: int = Field(default=5, ge=0, le=10)
    wire: int = Field(default=10, ge=0, le=40)
    per_section: int = Field(default=3, ge=1, le=20)
    comment: int = Field(default=4, ge=0, le=10)
    per_author_publisher: int = Field(default=2, ge=1, le=10)
    per_publisher: int = Field(default=6, ge=1, le=60)
    excerpt_words: int = Field(default=50, ge=10, le=120)


class RankSettings(Table):
    """The most points each cause can give; docs/architecture.md explains each."""

    publishers: int = Field(default=40, ge=0)
    weight: int = Field(default=12, ge=0)
    centrality: int = Field(default=24, ge=0)
    reporting: int = Field(default=8, ge=0)
    prominence: int = Field(default=10, ge=0)
    freshness: int = Field(default=8, ge=0)
    developing: int = Field(default=6, ge=0)
    repeat: int = Field(default=-60, le=0)
    comment: int = Field(default=-20, le=0)
    analysis: int = Field(default=-8, le=0)


class AskSettings(Table):
    """The supporters' ask."""

    text: str = Field(min_length=1, max_length=600)
    label: str = Field(min_length=1, max_length=80)
    url: Url


class MailgunSettings(Table):
    """Mailgun's road; the key comes from DIGEST_MAILGUN_API_KEY."""

    domain: str = Field(min_length=3)
    region: Literal["us", "eu"] = "eu"
    base_url: UrlOrNothing = ""


class ProviderSettings(Table):
    """Who carries the mail."""

    name: Literal["outbox", "mailgun"] = "outbox"
    outbox: Path = Path("var/outbox")
    mailgun: MailgunSettings | None = None

    @model_validator(mode="after")
    def _has_its_table(self) -> "ProviderSettings":
        if self.name == "mailgun" and self.mailgun is None:
            raise ValueError('name = "mailgun" needs a table [provider.mailgun] with domain and region')
        return self


class AlertSettings(Table):
    """Who is told when something fails: a command (alert as JSON on standard input) or a webhook."""

    command: tuple[str, ...] = ()
    webhook: UrlOrNothing = ""


class ServeSettings(Table):
    """Where `digest serve` listens; the public address is newsroom.public_url."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)


class SourceSettings(Table):
    """One feed; `publisher` is who speaks, and several feeds may share one."""

    id: Slug
    name: str = Field(min_length=1, max_length=120)
    url: Url
    publisher: str = ""
    weight: float = Field(default=1.0, ge=0, le=2)
    kind: SourceKind = SourceKind.NATIONAL
    sections: tuple[SectionName, ...] = ()
    labour: bool = False
    paywalled: bool = False
    full_text: bool = False
    own_host: bool = False

    def refusal(self, own_hosts: Collection[str]) -> str:
        """Return why no feed of ours may lie at this address, "" if it may; `own_host` makes its host an own one."""
        here = typed_host(self.url) if self.own_host else frozenset[str]()
        return refusal(self.url, here.union(own_hosts))

    def value(self) -> Source:
        """Return the frozen value the stages work with."""
        return Source(**{**self.model_dump(), "publisher": self.publisher or self.name})


class RecessSettings(Table):
    """Days on which a newsletter pauses, both included."""

    name: str
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "RecessSettings":
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) lies before first ({self.first})")
        return self


class ScheduleSettings(Table):
    """One file of schedules/: a newsletter's hours."""

    title: str = Field(min_length=1, max_length=120)
    strapline: str = ""
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(min_length=1)
    draft_at: time
    deadline: time
    policy: Policy = Policy.HOLD
    timezone: str = "Europe/London"
    late_after_hours: float = Field(default=3, gt=0, le=16)
    window_hours: float = Field(default=26, gt=0, le=24 * 14)
    holidays: Literal["", "ENG", "WLS", "SCT", "NIR"] = "ENG"
    recess: tuple[RecessSettings, ...] = ()
    skip: tuple[Day, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: «Europe» is a folder of zones
            raise ValueError('is no time zone; write one such as "Europe/London"') from error
        return value

    @field_validator("draft_at", "deadline")
    @classmethod
    def _exists_once(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("has an offset of its own; the hours are those of `timezone`: write one such as 06:30:00")
        if UNSAFE_FROM <= value < UNSAFE_TO:
            raise ValueError(
                "hours between 01:00 and 02:00 do not exist, or exist twice, when the clocks change; "
                "write one before 01:00 or from 02:00 on"
            )
        return value

    @model_validator(mode="after")
    def _draft_first(self) -> "ScheduleSettings":
        if self.draft_at >= self.deadline:
            raise ValueError(f"draft_at ({self.draft_at:%H:%M}) must be before deadline ({self.deadline:%H:%M})")
        return self

    def value(self, newsletter: str) -> Schedule:
        """Return the frozen value the stages work with."""
        return Schedule(
            newsletter=newsletter,
            title=self.title,
            strapline=self.strapline,
            weekdays=tuple(WEEKDAYS.index(day) for day in self.weekdays),
            draft_at=self.draft_at,
            deadline=self.deadline,
            policy=self.policy,
            timezone=self.timezone,
            late_after_hours=self.late_after_hours,
            window_hours=self.window_hours,
            holidays=self.holidays,
            recess=tuple(Recess(name=one.name, first=one.first, last=one.last) for one in self.recess),
            skip=self.skip,
        )


class ConfigFile(Table):
    """config.toml as a whole."""

    newsroom: Newsroom
    store: Store = Store()
    collect: Collect = Collect()
    retention: RetentionSettings = RetentionSettings()
    edition: EditionSettings = EditionSettings()
    rank: RankSettings = RankSettings()
    ask: AskSettings | None = None
    provider: ProviderSettings = ProviderSettings()
    alerts: AlertSettings = AlertSettings()
    serve: ServeSettings = ServeSettings()
    schedules: Path = Path("schedules")
    sources_file: Path = Path("sources.toml")
    sources: tuple[SourceSettings, ...] = ()


class SourcesFile(Table):
    """sources.toml: the feeds that `digest sources import` writes down."""

    sources: tuple[SourceSettings, ...] = ()

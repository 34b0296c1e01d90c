"""The tables of config.toml and sources.toml: what each key is and may be."""

from collections.abc import Collection
from pathlib import Path

from pydantic import Field, field_validator

from digest.config.brand import BrandSettings
from digest.config.providers import ProviderSettings
from digest.config.table import Host, Line, Lines, Slug, Table, Url, UrlOrNothing
from digest.guard import refusal, typed_host
from digest.model.news import SectionName, Source, SourceKind


class Newsroom(Table):
    """Who speaks: masthead, footer and the addresses on the envelope."""

    name: Line = Field(min_length=1, max_length=80)
    strapline: Line = ""
    sender: Line = Field(min_length=3)
    reply_to: Line = ""
    editors: tuple[Line, ...] = ()
    contact: Line = ""
    imprint: Lines = ""
    archive_url: UrlOrNothing = ""
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
    contact: Line = ""
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
    per_name: int = Field(default=3, ge=1, le=10)
    comment: int = Field(default=4, ge=0, le=10)
    per_author_publisher: int = Field(default=2, ge=1, le=10)
    per_publisher: int = Field(default=6, ge=1, le=60)
    excerpt_words: int = Field(default=50, ge=10, le=120)


class RankSettings(Table):
    """The most points each cause can give or take; digest/rank/causes.py explains each."""

    publishers: int = Field(default=47, ge=0, le=1000)
    weight: int = Field(default=20, ge=0, le=1000)
    centrality: int = Field(default=28, ge=0, le=1000)
    reporting: int = Field(default=8, ge=0, le=1000)
    consequence: int = Field(default=4, ge=0, le=1000)
    prominence: int = Field(default=6, ge=0, le=1000)
    freshness: int = Field(default=18, ge=0, le=1000)
    developing: int = Field(default=6, ge=0, le=1000)
    repeat: int = Field(default=-60, ge=-1000, le=0)
    comment: int = Field(default=-20, ge=-1000, le=0)
    analysis: int = Field(default=-10, ge=-1000, le=0)
    crowding: int = Field(default=-24, ge=-1000, le=0)


class AskSettings(Table):
    """The supporters' ask."""

    text: Lines = Field(min_length=1, max_length=600)
    label: Line = Field(min_length=1, max_length=80)
    url: Url


class FeedbackSettings(Table):
    """What follows from what providers tell of copies: after so many soft bounces in a row an address is given up."""

    soft_bounces: int = Field(default=5, ge=2, le=100)


class AlertSettings(Table):
    """Who is told when something fails: a command (alert as JSON on standard input) or a webhook."""

    command: tuple[str, ...] = ()
    webhook: UrlOrNothing = ""


class ServeSettings(Table):
    """Where `digest serve` listens; the public address is newsroom.public_url."""

    host: Line = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)


class SourceSettings(Table):
    """One feed; `publisher` is who speaks, and several feeds may share one."""

    id: Slug
    name: Line = Field(min_length=1, max_length=120)
    url: Url
    publisher: Line = ""
    weight: float = Field(default=1.0, ge=0, le=2)
    kind: SourceKind = SourceKind.NATIONAL
    sections: tuple[SectionName, ...] = ()
    labour: bool = False
    paywalled: bool = False
    full_text: bool = False
    own_host: bool = False
    by_weight: bool = False

    def refusal(self, own_hosts: Collection[str]) -> str:
        """Return why no feed of ours may lie at this address, "" if it may; `own_host` makes its host an own one."""
        here = typed_host(self.url) if self.own_host else frozenset[str]()
        return refusal(self.url, here.union(own_hosts))

    def value(self) -> Source:
        """Return the frozen value the stages work with."""
        return Source(**{**self.model_dump(), "publisher": self.publisher or self.name})


class ConfigFile(Table):
    """config.toml as a whole."""

    newsroom: Newsroom
    brand: BrandSettings = BrandSettings()
    store: Store = Store()
    collect: Collect = Collect()
    retention: RetentionSettings = RetentionSettings()
    edition: EditionSettings = EditionSettings()
    rank: RankSettings = RankSettings()
    ask: AskSettings | None = None
    provider: ProviderSettings = ProviderSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    alerts: AlertSettings = AlertSettings()
    serve: ServeSettings = ServeSettings()
    schedules: Path = Path("schedules")
    templates: Path = Path("templates")
    lexicon: Path = Path("lexicon")
    sources_file: Path = Path("sources.toml")
    sources: tuple[SourceSettings, ...] = ()


class SourcesFile(Table):
    """sources.toml: the feeds that `digest sources import` writes down."""

    sources: tuple[SourceSettings, ...] = ()

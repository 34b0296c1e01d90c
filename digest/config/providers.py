"""The tables of those who carry the mail: what each may be told, and which secrets it takes from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from digest.config.table import Line, Table, UrlOrNothing


class RoadTable(Table):
    """What every road may be told: how many calls at once, and how many a second.

    `secrets` are its options that stand in the environment alone, each with whether it must be given: the option
    `api_key` of `mailgun` is DIGEST_MAILGUN_API_KEY. A field's name is the name of the adapter's argument. With
    `takes_key` the adapter is given the program's own key besides, as `key`.
    """

    secrets: ClassVar[Mapping[str, bool]] = {}
    takes_key: ClassVar[bool] = False

    connections: int = Field(default=8, ge=1, le=64)
    per_second: float = Field(default=0, ge=0, le=10_000)


class ProviderTable(RoadTable):
    """What every provider with an API may be told besides: another address."""

    base_url: UrlOrNothing = ""


class MailgunSettings(ProviderTable):
    """Mailgun's road."""

    secrets: ClassVar[Mapping[str, bool]] = {"api_key": True, "webhook_key": False}

    connections: int = Field(default=16, ge=1, le=64)
    domain: Line = Field(min_length=3)
    region: Literal["us", "eu"] = "eu"


class PostmarkSettings(ProviderTable):
    """Postmark's road."""

    secrets: ClassVar[Mapping[str, bool]] = {"server_token": True, "webhook_password": False}

    connections: int = Field(default=2, ge=1, le=64)
    stream: Line = Field(default="broadcast", min_length=1)


class SmtpSettings(RoadTable):
    """A mail server's road; `per_second` counts copies."""

    secrets: ClassVar[Mapping[str, bool]] = {"password": False, "dkim_key": False, "imap_password": False}
    takes_key: ClassVar[bool] = True

    connections: int = Field(default=4, ge=1, le=64)
    host: Line = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Line = ""
    ehlo_name: Line = Field(default="", pattern=r"^[A-Za-z0-9.:\[\]-]*$")
    bounce_address: Line = Field(min_length=3)
    dkim_domain: Line = Field(default="", pattern=r"^[A-Za-z0-9.-]*$")
    dkim_selector: Line = Field(default="", pattern=r"^[A-Za-z0-9._-]*$")
    maildir: Line = Field(default="", pattern="^(/.*)?$")
    imap_host: Line = ""
    imap_port: int = Field(default=993, ge=1, le=65535)
    imap_user: Line = ""
    imap_folder: Line = Field(default="INBOX", min_length=1)


class ResendSettings(ProviderTable):
    """Resend's road."""

    secrets: ClassVar[Mapping[str, bool]] = {"api_key": True, "webhook_secret": False}

    connections: int = Field(default=4, ge=1, le=64)
    per_second: float = Field(default=5, ge=0, le=10_000)


class SesSettings(ProviderTable):
    """The road of Amazon SES. Without keys of its own it is known as the machine is: boto3's own chain."""

    secrets: ClassVar[Mapping[str, bool]] = {"access_key_id": False, "secret_access_key": False, "session_token": False}

    region: Line = Field(min_length=5)
    send_rate: float = Field(default=14, ge=1, le=100_000)
    configuration_set: Line = ""
    topic_arn: Line = ""


class BrevoSettings(ProviderTable):
    """Brevo's road."""

    secrets: ClassVar[Mapping[str, bool]] = {"api_key": True, "webhook_token": False}

    connections: int = Field(default=4, ge=1, le=64)
    per_second: float = Field(default=1.6, ge=0, le=10_000)


class SendgridSettings(ProviderTable):
    """SendGrid's road; the key that proves its webhooks is a public one."""

    secrets: ClassVar[Mapping[str, bool]] = {"api_key": True}

    region: Literal["global", "eu"] = "global"
    webhook_public_key: str = ""


class ProviderSettings(Table):
    """Who carries the mail, with a table for each that could; the outbox has its folder here."""

    name: str = "outbox"
    outbox: Path = Path("var/outbox")
    mailgun: MailgunSettings | None = None
    postmark: PostmarkSettings = PostmarkSettings()
    resend: ResendSettings = ResendSettings()
    ses: SesSettings | None = None
    brevo: BrevoSettings = BrevoSettings()
    sendgrid: SendgridSettings = SendgridSettings()
    smtp: SmtpSettings | None = None

    @field_validator("name")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value != "outbox" and value not in TABLES:
            raise ValueError(f"write one of {', '.join(('outbox', *TABLES))}")
        return value

    @model_validator(mode="after")
    def _has_its_table(self) -> "ProviderSettings":
        if self.name in TABLES and getattr(self, self.name) is None:
            needed = [name for name, field in TABLES[self.name].model_fields.items() if field.is_required()]
            asked = f" with {' and '.join(needed)}" if needed else ""
            raise ValueError(f'name = "{self.name}" needs a table [provider.{self.name}]{asked}')
        return self

    @property
    def table(self) -> RoadTable | None:
        """The table of the one that is chosen; None for the outbox, which has none."""
        chosen: RoadTable | None = getattr(self, self.name) if self.name in TABLES else None
        return chosen


TABLES: Mapping[str, type[RoadTable]] = {
    "mailgun": MailgunSettings,
    "postmark": PostmarkSettings,
    "resend": ResendSettings,
    "ses": SesSettings,
    "brevo": BrevoSettings,
    "sendgrid": SendgridSettings,
    "smtp": SmtpSettings,
}
"""Name -> table, for every provider but the outbox."""

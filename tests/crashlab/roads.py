"""The providers whose roads are driven, a line each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from digest.adapters.provider_registry import build
from digest.ports.world import Provider
from digest.simulator.dialect import Dialect
from digest.simulator.names import DIALECTS

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A provider: what its adapter needs besides an address and patience, and whether its records can be searched.

    What it does with keys and with parts of a batch is the simulator's to say.
    """

    name: str
    options: Mapping[str, object] = field(default_factory=dict)
    is_searchable: bool = False

    @property
    def dialect(self) -> Callable[[], Dialect] | None:
        """Its side of the wire; None where files are all there is."""
        return DIALECTS.get(self.name)

    @property
    def is_folder(self) -> bool:
        """True where a copy is a file."""
        return self.dialect is None

    @property
    def is_partial(self) -> bool:
        """True where copies of one batch may fare differently."""
        return self.dialect is not None and bool(self.dialect().failures)

    @property
    def lives(self) -> timedelta:
        """How long its keys live: not at all, where it has none; a file for ever."""
        if self.dialect is None:
            return timedelta.max
        keys = self.dialect().keys
        return keys.lives if keys else timedelta(0)

    @property
    def is_witness(self) -> bool:
        """True where a database that was restored without its mark is found out, or does no harm."""
        return self.is_searchable or self.is_folder

    @property
    def is_brief(self) -> bool:
        """True where the key lives for less than a clock may be wrong."""
        return timedelta(0) < self.lives < DAY

    def adapter(self, url: str, outbox: Path, *, patience: float) -> Provider:
        """The real adapter, to wait `patience` seconds for an answer."""
        if self.is_folder:
            return build(self.name, {"directory": outbox})
        return build(self.name, {**self.options, "base_url": url, "timeout": patience})


_ALL = (
    Road(name="outbox"),
    Road(name="mailgun", options={"domain": "mg.example.org", "api_key": "key"}, is_searchable=True),
    Road(name="postmark", options={"server_token": "token"}, is_searchable=True),
    Road(name="resend", options={"api_key": "key"}),
    Road(name="brevo", options={"api_key": "key"}, is_searchable=True),
    Road(name="sendgrid", options={"api_key": "key"}, is_searchable=True),
    Road(name="ses", options={"region": "eu-west-2", "access_key_id": "id", "secret_access_key": "key"}),
)

ROADS: Mapping[str, Road] = {road.name: road for road in _ALL}

"""The providers whose roads are driven, a line each; what the adapters' registry does not have yet is left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from digest.adapters.provider_registry import PROVIDERS, build
from digest.ports.world import Provider
from digest.simulator.dialect import Dialect
from digest.simulator.names import DIALECTS
from tests.crashlab.keyed import DAY, HALF_HOUR, Keyed, KeyedDialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A provider for the lab: its adapter, given address, folder and patience (s), and its side of the wire.

    `lives` is how long its key does; `dialect` is None where files are all there is.
    """

    adapter: Callable[[str, Path, float], Provider]
    dialect: Callable[[], Dialect] | None
    is_searchable: bool = False
    is_partial: bool = False
    lives: timedelta = timedelta(0)

    @property
    def is_folder(self) -> bool:
        """True where a copy is a file."""
        return self.dialect is None

    @property
    def is_witness(self) -> bool:
        """True where a database that was restored without its mark is found out, or does no harm."""
        return self.is_searchable or self.is_folder

    @property
    def is_brief(self) -> bool:
        """True where the key lives for less than a clock may be wrong."""
        return timedelta(0) < self.lives < DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A provider of the registry: what its constructor needs besides address and patience."""

    options: Mapping[str, object] = field(default_factory=dict)
    is_searchable: bool = False
    is_partial: bool = False
    lives: timedelta = timedelta(0)


_KNOWN: Mapping[str, _Known] = {
    "mailgun": _Known(options={"domain": "mg.example.org", "api_key": "key"}, is_searchable=True),
    "postmark": _Known(options={"server_token": "token"}, is_searchable=True, is_partial=True),
}


def _outbox(url: str, folder: Path, patience: float) -> Provider:
    return build("outbox", {"directory": folder})


def _by_http(name: str, options: Mapping[str, object], url: str, folder: Path, patience: float) -> Provider:
    return build(name, {**options, "base_url": url, "timeout": patience})


def _keyed(lives: timedelta, url: str, folder: Path, patience: float) -> Provider:
    return Keyed(base_url=url, lives=lives, timeout=patience)


ROADS: Mapping[str, Road] = {
    "outbox": Road(adapter=_outbox, dialect=None, lives=timedelta.max),
    **{
        name: Road(
            adapter=partial(_by_http, name, known.options),
            dialect=DIALECTS[name],
            is_searchable=known.is_searchable,
            is_partial=known.is_partial,
            lives=known.lives,
        )
        for name, known in _KNOWN.items()
        if name in PROVIDERS and name in DIALECTS
    },
    "keyed": Road(adapter=partial(_keyed, DAY), dialect=partial(KeyedDialect, lives=DAY), lives=DAY),
    "brief": Road(adapter=partial(_keyed, HALF_HOUR), dialect=partial(KeyedDialect, lives=HALF_HOUR), lives=HALF_HOUR),
}

"""The log as a provider's own lists show it: only what is listed already, and what has happened until now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.simulator.exchange import Accepted, Happening
from digest.simulator.log import Log
from digest.simulator.outcomes import happenings
from digest.simulator.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRecords:
    """`dialect.Records` over a log."""

    log: Log
    script: Script
    now: datetime

    def accepted(self, tag: str | None = None) -> Iterator[Accepted]:
        """The calls that are listed already, the oldest first; or those of a tag."""
        for call in self.log.accepted(tag):
            if call.at <= self._until:
                yield call

    def happenings(self, tag: str | None = None) -> Iterator[Happening]:
        """What has become of their copies until now, by call."""
        for call in self.accepted(tag):
            yield from happenings(call, self.script.fortunes, until=self._until)

    @property
    def _until(self) -> datetime:
        return self.now - timedelta(seconds=self.script.listed_after)

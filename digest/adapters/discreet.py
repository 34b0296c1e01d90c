"""A provider -> the same, whose words repeat no secret of ours."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from digest.deliver.hush import hush
from digest.errors import DigestError
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Receipt, Recipient, Trace
from digest.ports.world import Provider


class Discreet:
    """`ports.Provider` that hands everything on to another, and hushes what comes back."""

    def __init__(self, provider: Provider, *, secrets: Collection[str]) -> None:
        """`secrets` are those the provider was made with: whoever is called has them, and may repeat them."""
        self._provider = provider
        self._secrets = tuple(secrets)
        self.name = provider.name
        self.batch_size = provider.batch_size
        self.connections = provider.connections
        self.per_second = provider.per_second
        self.replay_for = provider.replay_for
        self.search_after = provider.search_after
        self.is_real = provider.is_real

    def fits(self, email: Email) -> int:
        """As the other says."""
        return self._provider.fits(email)

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> object:
        """As the other makes it."""
        return self._provider.payload(email, envelope, recipients, tag=tag)

    def submit(self, payload: object) -> Receipt:
        """As the other answers, in other words where it must be."""
        receipt = self._provider.submit(payload)
        if receipt.detail:
            receipt = replace(receipt, detail=hush(receipt.detail, self._secrets))
        if any(fate.detail for fate in receipt.fates):
            hushed = (replace(fate, detail=hush(fate.detail, self._secrets)) for fate in receipt.fates)
            receipt = replace(receipt, fates=tuple(hushed))
        return receipt

    def search(self, tag: str, *, since: datetime) -> Trace:
        """As the other finds."""
        with self._hushing():
            return self._provider.search(tag, since=since)

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:
        """As the other reads them."""
        with self._hushing():
            return self._provider.events(headers, body, now=now)

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """As the other is told."""
        with self._hushing():
            yield from self._provider.pull(since=since)

    @contextmanager
    def _hushing(self) -> Iterator[None]:
        """Let our own errors go on in other words, and without the exception behind them, which says it too."""
        try:
            yield
        except DigestError as error:
            raise type(error)(hush(error.detail, self._secrets), mend=error.mend) from None

"""The name of every batch."""

from datetime import date
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0b3a52-6c0f-5d0e-9a39-3d6d1d0f7b11")
"""Never to change: another namespace is another idempotency key for the same batch."""


def batch_id(*, list_domain: str, newsletter: str, day: date, provider: str, n: int) -> str:
    """Name batch `n` (from 0) of an edition: the same on every machine and at every attempt (RFC 9562, version 5).

    It serves as ledger key, provider's tag and idempotency key at once. The list's domain stands in it because every
    newsroom has a «daily», and two may share an account with the provider.
    """
    return str(uuid5(NAMESPACE, f"{list_domain}/{newsletter}/{day.isoformat()}/{provider}/{n}"))


def part_id(batch: str, *, n: int) -> str:
    """Name batch `n` of the same edition, whose copies were parted from those of `batch`."""
    return str(uuid5(NAMESPACE, f"{batch}/{n}"))

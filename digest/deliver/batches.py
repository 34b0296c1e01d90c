"""The name of every batch."""

from datetime import date
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0b3a52-6c0f-5d0e-9a39-3d6d1d0f7b11")
"""Never to change: another namespace is another idempotency key for the same batch."""


def batch_id(*, newsletter: str, day: date, provider: str, n: int) -> str:
    """Name batch `n` (from 0) of an edition: the same on every machine and at every attempt (RFC 9562, version 5).

    It serves as ledger key, provider's tag and idempotency key at once.
    """
    return str(uuid5(NAMESPACE, f"{newsletter}/{day.isoformat()}/{provider}/{n}"))

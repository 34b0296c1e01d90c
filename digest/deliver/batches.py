"""Delivery ids in order -> the batches handed over in one call each, and the name of every batch."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0b3a52-6c0f-5d0e-9a39-3d6d1d0f7b11")
"""Never to change: another namespace is another idempotency key for the same batch."""


def cut(ids: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Cut `ids` into runs of `size` (the last may be shorter): concatenated, they are `ids` again.

    Lazy, so that a million ids need not be in memory at once. ValueError when `size` is below 1.
    """
    if size < 1:
        raise ValueError(f"a batch holds at least one reader, not {size}")
    remaining = iter(ids)
    while run := tuple(islice(remaining, size)):
        yield run


def batch_id(*, newsletter: str, day: date, provider: str, n: int) -> str:
    """Name batch `n` (from 0) of an edition: the same on every machine and at every attempt (RFC 9562, version 5).

    It serves as ledger key, provider's tag and idempotency key at once.
    """
    return str(uuid5(NAMESPACE, f"{newsletter}/{day.isoformat()}/{provider}/{n}"))

"""A provider's answer to a call -> the same without the readers in it: it goes to books, logs, alerts and terminals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.deliver.hush import hush
from digest.model.mail import Fate, Receipt, Recipient


def unnamed(receipt: Receipt, readers: Sequence[Recipient]) -> Receipt:
    """The receipt with no address, name or link of these readers in its details; references stay as they are.

    Of a copy that has a fate its own reader is looked for, which is who a provider names there.
    """
    if receipt.detail:
        hushed = hush(receipt.detail, _own(readers), names=[reader.name for reader in readers])
        receipt = replace(receipt, detail=hushed)
    if any(fate.detail for fate in receipt.fates):
        whose = {reader.delivery_id: (reader,) for reader in readers}
        hushed_fates = (_hushed(fate, whose.get(fate.delivery_id, ())) for fate in receipt.fates)
        receipt = replace(receipt, fates=tuple(hushed_fates))
    return receipt


def _hushed(fate: Fate, readers: Sequence[Recipient]) -> Fate:
    return replace(fate, detail=hush(fate.detail, _own(readers), names=[reader.name for reader in readers]))


def _own(readers: Sequence[Recipient]) -> Iterator[str]:
    for reader in readers:
        yield from (reader.address, reader.unsubscribe_url)

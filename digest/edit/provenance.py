"""A printed piece and the items of its story -> where each sentence is from, and why others were passed over."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.edition import Piece
from digest.model.news import Item
from digest.text.verify import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """A sentence of an item, with its place in words («summary 0–62»); `why` it is not printed, or nothing."""

    text: str
    item_id: str
    publisher: str
    place: str
    why: str = ""


def provenance(piece: Piece, items: Sequence[Item]) -> tuple[Provenance, ...]:
    """Return the printed sentences in the order of print, then those passed over, in the order of items and text.

    What an editor wrote comes from no item, and is not among them.
    """
    known = {item.id: item for item in items}
    printed = [
        Provenance(
            text=one.text, item_id=one.item_id, publisher=one.publisher, place=f"{one.field} {one.start}–{one.end}"
        )
        for one in piece.sentences
        if one.item_id
    ]
    refused = [
        Provenance(
            text=words(known[one.item_id], one.field)[one.start : one.end],
            item_id=one.item_id,
            publisher=known[one.item_id].publisher,
            place=f"{one.field} {one.start}–{one.end}",
            why=one.why,
        )
        for one in piece.passed_over
        if one.item_id in known
    ]
    return (*printed, *refused)

"""An edition's news -> where the supporters' ask may stand: never beside a death or an attack."""

from collections.abc import Sequence

from digest.model.edition import AskPlace, Piece
from digest.text.grave import grave_word


def ask_place(*, above: Sequence[Piece], after_five: Sequence[Piece], at_the_end: Sequence[Piece]) -> AskPlace:
    """Return where the ask stands: after five to know, else at the end, else nowhere.

    `above` are the lead and the five; `after_five` is what follows them directly; `at_the_end` is
    the last block.
    """
    if not any(is_grave(piece) for piece in (*above, *after_five)):
        return AskPlace.AFTER_FIVE
    if not any(is_grave(piece) for piece in at_the_end):
        return AskPlace.END
    return AskPlace.LEFT_OUT


def is_grave(piece: Piece) -> bool:
    """Say whether a piece tells of a death, an attack or the like."""
    return bool(grave_word(f"{piece.headline} {piece.summary}"))

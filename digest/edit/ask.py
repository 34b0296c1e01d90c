"""An edition's news -> where the supporters' ask may stand: never beside a death or an attack."""

import re
from collections.abc import Sequence

from digest.model.edition import AskPlace, Piece

_GRAVE = re.compile(
    r"\b(?:dies|died|dead|deaths?|dying|killed|killing|killer|murder(?:ed|er|s)?|manslaughter|suicide|funeral|obituary"
    r"|attack(?:s|ed|er|ers)?|stabb(?:ed|ing)s?|shooting|shot dead|bomb(?:ing|ings|ed)?|terror(?:ist|ism)?|massacre"
    r"|fatal|fatally|victims?|mourn(?:s|ed|ing|ers)?|tributes?|drowned|crash|disaster|rape[ds]?|assault(?:ed|s)?"
    r"|abuse[ds]?|grooming)\b",
    re.IGNORECASE,
)


def ask_place(*, above: Sequence[Piece], after_five: Sequence[Piece], at_the_end: Sequence[Piece]) -> AskPlace:
    """Return where the ask stands: after five to know, else at the end, else nowhere.

    `above` are the lead and the five; `after_five` is what follows them directly; `at_the_end` is
    the last block. A figurative «attack» moves the ask too: better once too often than once too few.
    """
    if not any(is_grave(piece) for piece in (*above, *after_five)):
        return AskPlace.AFTER_FIVE
    if not any(is_grave(piece) for piece in at_the_end):
        return AskPlace.END
    return AskPlace.LEFT_OUT


def is_grave(piece: Piece) -> bool:
    """Say whether a piece tells of a death, an attack or the like."""
    return bool(_GRAVE.search(f"{piece.headline} {piece.summary}"))

"""A text -> whether it tells of a death, an attack or the like, beside which no reader is asked for money."""

import re

_GRAVE = re.compile(
    r"\b(?:dies|died|dying|dead|deaths?|killed|killing|killers?|murder(?:s|ed|er|ers)?|manslaughter|suicide"
    r"|fatal(?:ly)?|funeral|obituary|massacre|stabb(?:ed|ing)s?|shooting|shot dead|bomb(?:ed|ings?)?"
    r"|terror(?:ism|ists?)?|mourn(?:s|ed|ers|ing)?|tributes|drowned|raped?|grooming|child abuse|sexual assaults?"
    r"|(?:knife|gun|arson|acid|car|rocket|missile|synagogue|mosque|church|school|terror) attacks?)\b",
    re.IGNORECASE,
)
"""Alone, «attack» is what politicians do to each other every day."""


def grave_word(text: str) -> str:
    """Return the first word that makes a text grave, or an empty string."""
    found = _GRAVE.search(text)
    return found[0] if found else ""

"""An item -> the news agency whose copy it says it is."""

import re

from digest.model.news import Item

AGENCIES: dict[str, str] = {
    "PA": r"PA|PA Media|PA News Agency|Press Association",
    "Reuters": r"Reuters",
    "AFP": r"AFP|Agence France-Presse",
    "AP": r"AP|Associated Press",
    "Bloomberg": r"Bloomberg News",
}
"""What agencies are called in bylines and credits; case is kept, for «pa» and «ap» are no agencies."""

_NAMES = {agency: re.compile(rf"(?:The\s+)?(?:{names})") for agency, names in AGENCIES.items()}
_BYLINES = {agency: re.compile(rf"\b(?:{names})\b") for agency, names in AGENCIES.items()}
_CREDITS = {
    agency: re.compile(
        rf"[(\[–—-]\s*(?:{names})\s*[)\]]"
        rf"|\b(?:{names})\s+(?:reports?|reported|understands)\b"
        rf"|\b(?:told|according to)\s+(?:the\s+)?(?:{names})\b"
        rf"|(?:^|[.!?…]\s+)(?:By|Additional reporting by)\s+(?:{names})\b"
    )
    for agency, names in AGENCIES.items()
}


def agency(item: Item) -> str:
    """Return the agency whose copy `item` is, or "": by its publisher, its byline or a credit in its text.

    A text credits an agency where it says «PA reports», «told the PA news agency» or «(Reuters)»; a mention is none.
    """
    text = f"{item.title}\n{item.summary}"
    for name in AGENCIES:
        if _NAMES[name].fullmatch(item.publisher) or _BYLINES[name].search(item.author) or _CREDITS[name].search(text):
            return name
    return ""

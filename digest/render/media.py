"""The condition of an @media rule -> whether it holds on a screen of some width, in some colour scheme."""

import re
from functools import lru_cache

from digest.model.view import WIDTHS

_TYPE = re.compile(r"(?:only )?(all|screen)")
_ELSEWHERE = re.compile(r"(?:only )?(?:print|speech|aural|braille|embossed|handheld|projection|tty|tv)")
_WIDTH = re.compile(r"\( ?(min|max)-(?:device-)?width ?: ?(\d*\.?\d+)(px|em|rem)? ?\)")
_SCHEME = re.compile(r"\( ?prefers-color-scheme ?: ?(light|dark) ?\)")


@lru_cache(maxsize=1_024)
def holds(condition: str, *, width: int, scheme: str = "") -> bool | None:
    """Whether a media query list holds (Media Queries 3); None where that cannot be told.

    `width` is in CSS pixels. `scheme` is «light», «dark», or nothing for a mail program that knows of none. Told are
    `screen` and its like, widths, and the scheme; anything else (`not`, `hover`, ranges) is not.
    """
    if not condition:
        return True
    found = [_query(query, width, scheme) for query in " ".join(condition.lower().split()).split(",")]
    if True in found:
        return True
    return None if None in found else False


def is_told(condition: str) -> bool:
    """Whether it can be told of every screen that the letter is looked at on if the condition holds there."""
    schemes = ("", "light", "dark")
    return all(
        holds(condition, width=width, scheme=scheme) is not None for width in WIDTHS.values() for scheme in schemes
    )


def _query(query: str, width: int, scheme: str) -> bool | None:
    found = [_part(part.strip(), width, scheme) for part in query.split(" and ")]
    if False in found:
        return False
    return None if None in found else True


def _part(part: str, width: int, scheme: str) -> bool | None:
    if _TYPE.fullmatch(part):
        return True
    if _ELSEWHERE.fullmatch(part):
        return False
    if asked := _SCHEME.fullmatch(part):
        return asked[1] == scheme
    if limit := _WIDTH.fullmatch(part):
        pixels = float(limit[2]) * (1 if limit[3] in {"px", None} else 16)
        return width >= pixels if limit[1] == "min" else width <= pixels
    return None

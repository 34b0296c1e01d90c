"""Markup -> the same with a bullet where a paragraph ends without a full stop, so that two do not read as one sentence.

Newspapers put a standfirst without a full stop before the first paragraph; once the tags are gone,
«Ministers back down after revolt The government has dropped its plan.» would pass for a sentence.
"""

import re

BULLET = "•"

_UNFINISHED = re.compile(
    r"((?:[^\W_]|%|(?<=[\w%])[’”'\")]))(\s{0,9}(?:</(?:a|b|i|em|strong|span)>\s{0,9}){0,4}"
    r"</(?:p|li|h[1-6]|blockquote|figcaption)>)"
)
_LOOSE = re.compile(rf"^[\s{BULLET}]+|(?:\s*{BULLET})+\s*$|(?<={BULLET})(?:\s*{BULLET})+")


def parted(markup: str) -> str:
    """Put a bullet at the end of every paragraph, list entry and heading that ends in a word."""
    return _UNFINISHED.sub(rf"\1 {BULLET}\2", markup) if "</" in markup else markup


def without_loose_bullets(text: str) -> str:
    """Take off plain text the bullets that part nothing: at its beginning, at its end, and behind another."""
    return _LOOSE.sub("", text) if BULLET in text else text

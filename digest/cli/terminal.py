"""What others wrote -> what may be printed in a terminal."""

import re

from rich.markup import escape

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What may be meant for a terminal (ECMA-48), or turns text round (Unicode TR 36), and gets no say there; with the
breaks that are no line feeds, and the surrogates that no encoding can print."""


BACKSLASH = re.compile(r"\\(?=\[|\Z)")
"""One that stands before a bracket, or before whatever of ours follows."""


def harmless(text: str) -> str:
    """Return text without control characters; its lines stay lines."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def in_line(text: str) -> str:
    """Return the same in one line, for where a line of our own begins with the next."""
    return harmless(text.replace("\n", " "))


def shown(text: str) -> str:
    """Return the same, harmless to Rich's markup too, which would take a backslash before a bracket for its own."""
    return escape(BACKSLASH.sub("\\\\\N{WORD JOINER}", in_line(text)))

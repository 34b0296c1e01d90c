"""Features that some mail programs lack and our letters use all the same, with the reason why nothing is lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Why a feature may be used, and the values to which the reason holds: any where `only` is empty.

    `only` is a regular expression for a whole value in lower case, or for element and value (`td center`) of an
    attribute. It lets pass what is a feature of its own: units, flex, grid.
    """

    why: str
    only: str = ""

    def covers(self, value: str) -> bool:
        """True for a value to which the reason holds."""
        return not self.only or re.fullmatch(self.only, value) is not None


_PX = r"(?:\d*\.?\d+px|0)"
_SIDES = rf"{_PX}(?: {_PX}){{0,3}}"

ALLOWED: Mapping[str, Allowance] = MappingProxyType(
    {
        "css-border": Allowance(
            why="Outlook on Windows draws it up to 8 px, and on cells and paragraphs as ours are used",
            only=r"(?!.*(?:\d{2,}|9)(?:\.\d+)?px).*",
        ),
        "css-border-radius": Allowance(why="square corners are as good"),
        "css-border-spacing": Allowance(why="cellspacing=0 says the same to Outlook", only=r"0(?:px)?"),
        "css-display": Allowance(
            why="only what all of them know, and inline-block, without which a link is only as high as its words",
            only="none|block|inline|inline-block|(?:inline-)?(?:flex|grid)",
        ),
        "css-display-none": Allowance(
            why="Outlook on Windows hides the preheader, which holds no table; mso-hide says it again"
        ),
        "css-font-size": Allowance(why="only px is used, which all of them know", only=_PX),
        "css-font-weight": Allowance(
            why="only normal and bold are used, which all of them know", only="normal|bold|400|700"
        ),
        "css-height": Allowance(
            why="Yahoo drops it from the bar, whose blank line keeps it open, and from pictures, which say it twice",
            only=rf"{_PX}|auto",
        ),
        "css-letter-spacing": Allowance(
            why="values up to 2 px are drawn as everywhere, or missed by nobody", only=r"-?[012](?:\.\d+)?px|0|normal"
        ),
        "css-line-height": Allowance(
            why="Outlook on Windows takes px for at least; lines never overlap", only=rf"{_PX}|normal"
        ),
        "css-margin": Allowance(
            why="only positive values; where Outlook drops one, paragraphs stand closer",
            only=r"(?!.*-[\d.]).*",
        ),
        "css-max-height": Allowance(
            why="belongs to the hidden preheader; mso-hide hides it in Outlook on Windows", only="0(?:px)?"
        ),
        "css-max-width": Allowance(
            why="Outlook on Windows knows it on tables, and the ghost table holds the width", only=rf"{_PX}|100%"
        ),
        "css-opacity": Allowance(
            why="belongs to the hidden preheader; mso-hide hides it in Outlook on Windows", only="0"
        ),
        "css-overflow": Allowance(
            why="cells grow with their words; it only guards against one endless word", only="hidden|visible"
        ),
        "css-overflow-wrap": Allowance(
            why="word-break says it to Gmail and Outlook; without both only an endless word sticks out"
        ),
        "css-padding": Allowance(
            why="Outlook on Windows knows it on cells; elsewhere words stand a little closer", only=_SIDES
        ),
        "css-table-layout": Allowance(why="Outlook lays tables out by their contents, which wrap"),
        "css-text-align": Allowance(why="only left and center are used, which all of them know", only="left|center"),
        "css-text-decoration": Allowance(
            why="only none and underline are used; where it is dropped links are underlined", only="none|underline"
        ),
        "css-text-transform": Allowance(why="only uppercase is used, which all of them know", only="uppercase|none"),
        "css-width": Allowance(why="tables say it by attribute too", only=rf"{_PX}|100%|auto"),
        "css-word-break": Allowance(why="only an endless word sticks out where it is lacking"),
        "html-align": Allowance(why="only center and left on cells and tables", only="(?:td|th|table) (?:center|left)"),
        "html-aria-hidden": Allowance(why="Yahoo and Thunderbird read out a blank or an ornament: a nuisance, no loss"),
        "html-aria-label": Allowance(why="Yahoo and Thunderbird read the words themselves, which say the same"),
        "html-body": Allowance(why="what it looks like stands on the table in it too"),
        "html-dir": Allowance(why="the language's own direction, which is from the left", only=r"\S+ ltr"),
        "html-height": Allowance(why="only on pictures and in pixels", only=r"img \d+"),
        "html-lang": Allowance(why="Yahoo drops it from cells only"),
        "html-lists": Allowance(why="neither reversed nor value is used"),
        "html-mailto-links": Allowance(why="only an address, no bcc", only=r"[^?]*"),
        "html-role": Allowance(why="Yahoo knows it on tables, where it matters"),
        "html-width": Allowance(
            why="only on tables and pictures, in pixels or 100 %", only=r"(?:img|table|td|th) (?:\d+|100%)"
        ),
    }
)
"""What is used all the same, with the reason: why the letter is whole without it."""

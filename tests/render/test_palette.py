"""The colours of the sheets against WCAG 2.2, in light and in dark."""

import re

import pytest

from digest.render.templates import fill
from tests.render.letters import BRAND, ENVIRONMENT

LOWEST = 4.5
INLINABLE, HEAD = (fill(ENVIRONMENT, name, brand=BRAND) for name in ("inlinable.css.j2", "head.css.j2"))
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"(?<![\w-])(color|background-color):\s*(#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(sheet: str) -> list[tuple[str, str, str]]:
    found = []
    for selector, body in _RULE.findall(sheet):
        colours = dict(_COLOUR.findall(body))
        if len(colours) == 2 and "preheader" not in selector:
            found.append((selector.strip(), colours["color"], colours["background-color"]))
    return found


@pytest.mark.parametrize("sheet", [INLINABLE, HEAD], ids=["inlinable", "head"])
def test_every_pair_of_colours_can_be_read(sheet: str) -> None:
    measured = pairs(sheet)
    assert len(measured) >= 6
    assert [(name, text, ground) for name, text, ground in measured if contrast(text, ground) < LOWEST] == []


def test_no_sheet_nests_an_at_rule_in_an_at_rule() -> None:
    """Gmail drops the whole block for it."""
    depth = 0
    for token in re.findall(r"@media|[{}]", HEAD):
        assert not (token == "@media" and depth), "an @-rule inside an @-rule"
        depth += {"{": 1, "}": -1}.get(token, 0)
    assert depth == 0


def test_the_inlinable_sheet_has_plain_selectors_and_long_colours() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", INLINABLE, flags=re.DOTALL)
    for selector, body in _RULE.findall(sheet):
        assert re.fullmatch(r"[a-z0-9.]+", selector.strip()), selector
        assert re.findall(r"#[0-9a-f]{3}\b(?![0-9a-f])", body) == []
        assert "rem" not in body
        assert ("background-color" in body) == (re.search(r"(?<![\w-])color:", body) is not None), selector

"""Contrast in every way a letter may be seen."""

from dataclasses import replace

import pytest

from digest.model.mail import Finding
from digest.render.findings.contrast import contrast
from digest.render.findings.reading import reading
from tests.render.letters import letter

GOOD = letter()
DIM = "@media (prefers-color-scheme: dark) { .x { color: #555 !important; background-color: #333 !important } }"


def found(style: str, css: str = "") -> list[Finding]:
    """What is found for a text of that style, of the class x, in the good letter."""
    html = GOOD.html.replace("</body>", f'<p class="x" style="{style}">some words</p></body>')
    return list(contrast(reading(replace(GOOD, html=html.replace("</style>", f"{css}</style>", 1)))))


def test_every_text_of_the_shipped_letter_can_be_read_in_every_way() -> None:
    assert list(contrast(reading(GOOD))) == []


@pytest.mark.parametrize(
    ("style", "css", "severity", "way"),
    [
        ("color:#777777; background-color:#ffffff", "", "error", "as written"),
        ("color:#000000; background-color:#ffffff", DIM, "error", "in the dark scheme"),
        (
            "color:#000000; background-color:#ffffff",
            "[data-ogsc] .x { color: #333333 !important }",
            "warning",
            "Outlook",
        ),
        ("color:#0000ee; background-color:#ffffff", "", "warning", "lightness swapped"),
        ("color:#949494; background-color:#ffffff", "", "warning", "forced on #121212"),
    ],
)
def test_a_text_that_cannot_be_read_in_one_way_is_found_in_that_way(
    style: str, css: str, severity: str, way: str
) -> None:
    findings = [finding for finding in found(style, css) if way in finding.what]
    assert [finding.severity for finding in findings] == [severity]
    assert "«some words»" in findings[0].what
    assert GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1 + css.count("\n") == findings[0].line


@pytest.mark.parametrize(
    ("style", "is_found"),
    [
        ("color:#949494; background-color:#ffffff; font-size:24px", False),  # 3.03
        ("color:#969696; background-color:#ffffff; font-size:24px", True),  # 2.96
        ("color:#767676; background-color:#ffffff; font-size:16px", False),  # 4.54
        ("color:#777777; background-color:#ffffff; font-size:16px", True),  # 4.48
    ],
)
def test_large_text_needs_less(style: str, is_found: bool) -> None:
    assert any("as written" in finding.what for finding in found(style)) == is_found


def test_a_ratio_is_cut_and_not_rounded() -> None:
    (finding,) = [one for one in found("color:#777777; background-color:#ffffff") if "as written" in one.what]
    assert "4.47 : 1, where 4.5 is the least" in finding.what


def test_a_pair_of_colours_is_named_once_a_way() -> None:
    style = "color:#777777; background-color:#ffffff"
    html = GOOD.html.replace("</body>", f'<p style="{style}">one</p><p style="{style}">two</p></body>')
    findings = [one for one in contrast(reading(replace(GOOD, html=html))) if "as written" in one.what]
    assert ["«one»" in finding.what for finding in findings] == [True]


@pytest.mark.parametrize(
    ("css", "count"),
    [
        ("p:first-child { color: #000000 }", 1),
        ("p:first-child { background: #000000 }", 1),
        ("p:first-child { margin: 0 }", 0),
        ("p:hover { color: #000000 }", 0),
    ],
)
def test_a_colour_under_a_selector_that_cannot_be_followed_is_a_warning(css: str, count: int) -> None:
    findings = [finding for finding in found("", css) if "cannot be followed" in finding.what]
    assert [finding.severity for finding in findings] == ["warning"] * count

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


PALE = "color: #777777 !important; background-color: #ffffff !important"


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (f".x {{ {PALE} }}", "«some words» as written is"),
        (f"@media screen {{ .x {{ {PALE} }} }}", "«some words» as written is"),
        (f"@media all {{ .x {{ {PALE} }} }}", "«some words» as written is"),
        (f"@media (min-width: 700px) {{ .x {{ {PALE} }} }}", "«some words» as written is"),
        (f"@media only screen and (max-width: 480px) {{ .x {{ {PALE} }} }}", "«some words» as written at 320 px is"),
        (
            f"@media (min-width: 500px) and (max-width: 700px) {{ .x {{ {PALE} }} }}",
            "«some words» as written at 600 px",
        ),
        (f"@media (prefers-color-scheme: light) {{ .x {{ {PALE} }} }}", "«some words» in the light scheme is"),
        (f"@media print {{ .x {{ {PALE} }} }}", ""),
    ],
)
def test_a_rule_counts_where_it_holds(css: str, said: str) -> None:
    findings = [one for one in found("color:#000000; background-color:#ffffff", css) if one.severity == "error"]
    findings = [one for one in findings if "dark" not in one.what]
    assert [finding.what.startswith(said) for finding in findings] == ([True] if said else [])


def test_words_on_a_telephone_may_be_too_small_to_be_so_pale() -> None:
    css = "@media (max-width: 480px) { .x { font-size: 16px !important } }"
    style = "color:#808080; background-color:#ffffff; font-size:30px"
    assert ["at 320 px" in one.what for one in found(style, css) if "as written" in one.what] == [True]


def test_words_seen_through_an_opacity_are_paler_than_their_colour() -> None:
    """The ground of the page, #efebe4, shines through the words and through their own white."""
    (dim,) = [one for one in found("color:#000000; background-color:#ffffff; opacity:0.4") if "written" in one.what]
    assert "#8f8d89 on #f5f3ef" in dim.what


def test_what_is_hidden_has_no_contrast() -> None:
    assert found("display:none; color:#777777; background-color:#ffffff") == []


def test_what_cannot_be_read_is_said_by_this_check() -> None:
    assert "oklch" in found("color:oklch(0.5 0.1 20)")[0].what

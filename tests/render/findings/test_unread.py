"""What colours something and cannot be followed is said, never passed over."""

from dataclasses import replace

import pytest

from digest.model.mail import Finding
from digest.render.findings.reading import reading
from digest.render.findings.unread import unread
from tests.render.letters import letter, letters

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1


def found(body: str = "", css: str = "") -> list[Finding]:
    html = GOOD.html.replace("</body>", f"{body}</body>").replace("</style>", f"{css}</style>", 1)
    return list(unread(reading(replace(GOOD, html=html))))


@pytest.mark.parametrize("name", letters())
def test_every_colour_of_the_shipped_letters_can_be_followed(name: str) -> None:
    assert list(unread(reading(letters()[name]))) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "color: oklch(40% 0.2 0)",
        "color: var(--x)",
        "color: revert",
        "color: nonsense",
        "background-color: color(display-p3 1 0 0)",
        "background-color: inherit",
        "background: nonsense",
        "background: #ffffff url(a.png)",
        "background: linear-gradient(#ffffff, #000000)",
        "background-image: url(a.png)",
        "-webkit-text-fill-color: #ffffff",
        "filter: invert(1)",
        "mix-blend-mode: difference",
    ],
)
def test_what_we_cannot_reckon_with_is_a_warning_that_names_it(declaration: str) -> None:
    (inline,) = found(f'<p style="{declaration}">x</p>')
    (ruled,) = found(css=f".x {{ {declaration} }}")
    assert (inline.severity, inline.check, inline.where, inline.line) == ("warning", "contrast", "html", LAST)
    assert (ruled.severity, ruled.check, ruled.where) == ("warning", "contrast", "head")
    assert declaration in inline.what
    assert declaration in ruled.what


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p style="color:fuzzy">x</p><p style="color:fuzzy">y</p>', "color: fuzzy"),
        ('<font color="fuzzy">x</font>', "color: fuzzy"),
        ('<table><tr><td bgcolor="fuzzy">x</td></tr></table>', "background-color: fuzzy"),
        ('<table><tr><td background="https://a.example/b.png">x</td></tr></table>', "background-image: https:"),
    ],
)
def test_attributes_are_heard_and_everything_is_said_once(body: str, said: str) -> None:
    (finding,) = found(body)
    assert said in finding.what


@pytest.mark.parametrize(
    "declaration",
    [
        "color: rgb(10 20 30 / 50%)",
        "color: currentColor",
        "color: Inherit",
        "background: none",
        "background: #ffffff no-repeat",
        "background-color: transparent",
        "background-image: none",
        "-webkit-text-fill-color: currentcolor",
        "mix-blend-mode: normal",
        "margin: var(--x)",
    ],
)
def test_what_can_be_reckoned_with_is_not_named(declaration: str) -> None:
    assert found(f'<p style="{declaration}">x</p>', f".x {{ {declaration} }}") == []


def test_only_a_font_has_a_colour_of_its_own() -> None:
    assert found('<hr color="fuzzy">') == []


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p:first-child { color: #000000 }", "the selector 'p:first-child'"),
        ("p:first-child { background: #000000 }", "the selector 'p:first-child'"),
        ("p:first-child { opacity: 0.1 }", "the selector 'p:first-child'"),
        ("@media (hover) { p { color: #000000 } }", "the condition '(hover)'"),
        (
            "@media (max-width: 480px) and (hover) { p { color: #000000 } }",
            "the condition '(max-width: 480px) and (hover)'",
        ),
        ("@media (prefers-color-scheme: dark) and (hover) { p { color: #000000 } }", "the condition '(prefers"),
        ("p:first-child { margin: 0 }", ""),
        ("p:hover { color: #000000 }", ""),
        ("@media (hover) { p { margin: 0 } }", ""),
        ("@media print { p { color: #000000 } }", ""),
    ],
)
def test_a_colour_under_a_selector_or_condition_that_cannot_be_followed_is_a_warning(css: str, said: str) -> None:
    findings = found(css=css)
    assert [finding.severity for finding in findings] == (["warning"] if said else [])
    assert all(finding.what.startswith(said) for finding in findings)


@pytest.mark.parametrize(("media", "count"), [("", 0), ("screen", 0), ("print", 1), ("(max-width: 480px)", 1)])
def test_a_sheet_for_some_screens_only_is_read_as_one_for_all_and_said_to_be(media: str, count: int) -> None:
    html = GOOD.html.replace("</head>", f'<style media="{media}">.x {{ color: #000000 }}</style></head>')
    findings = list(unread(reading(replace(GOOD, html=html))))
    assert ["on a sheet is not reckoned with" in finding.what for finding in findings] == [True] * count
